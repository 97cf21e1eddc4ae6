extension Migration {
  /// The messages that an unread notification stands for, as a JSON array of ids, oldest first: one that is deleted,
  /// or names the person no more, is taken back. Only the newest of many are kept.
  static let calls = Migration(
    37, "calls of messages",
    sql: """
      ALTER TABLE notifications ADD COLUMN messages TEXT NOT NULL DEFAULT '[]';
      UPDATE notifications SET messages = json_array(CAST(details ->> 'message' AS INTEGER))
        WHERE read_at IS NULL AND details ->> 'message' IS NOT NULL;
      """)
}
