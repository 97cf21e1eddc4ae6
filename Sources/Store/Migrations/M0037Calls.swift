extension Migration {
  /// The ids of the messages that an unread notification stands for, as a JSON array, oldest first: a message
  /// that is deleted or no longer mentions the person is removed from it. Only the newest ids are kept.
  static let calls = Migration(
    37, "calls of messages",
    sql: """
      ALTER TABLE notifications ADD COLUMN messages TEXT NOT NULL DEFAULT '[]';
      UPDATE notifications SET messages = json_array(CAST(details ->> 'message' AS INTEGER))
        WHERE read_at IS NULL AND details ->> 'message' IS NOT NULL;
      """)
}
