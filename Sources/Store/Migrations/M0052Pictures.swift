extension Migration {
  /// People with a picture are found without reading the others, and pictures of a deleted account are given up.
  static let pictures = Migration(
    52, "pictures of people",
    sql: """
      CREATE INDEX users_with_picture ON users (id) WHERE avatar <> '';
      CREATE TRIGGER picture_of_gone_user AFTER DELETE ON users BEGIN
        DELETE FROM resource_files WHERE resource = 'users' AND row_id = OLD.id;
      END;
      """)
}
