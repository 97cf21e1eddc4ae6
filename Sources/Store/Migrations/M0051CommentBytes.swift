extension Migration {
  /// Comments count among the bytes that their author stores.
  static let commentBytes = Migration(
    51, "bytes of comments",
    sql: """
      UPDATE stored_bytes SET bytes = bytes + coalesce((
        SELECT sum(100 + length(CAST(text AS BLOB))) FROM comments WHERE author_id = stored_bytes.user_id), 0);
      CREATE TRIGGER bytes_of_new_comments_on_rows AFTER INSERT ON comments BEGIN
        UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(NEW.text AS BLOB)) WHERE user_id = NEW.author_id;
      END;
      CREATE TRIGGER bytes_of_gone_comments_on_rows AFTER DELETE ON comments BEGIN
        UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(OLD.text AS BLOB)) WHERE user_id = OLD.author_id;
      END;
      """)
}
