extension Migration {
  /// Small indexes for numbers that would otherwise read whole tables.
  static let countIndexes = Migration(
    53, "indexes for counts",
    sql: """
      CREATE INDEX outbox_failed ON outbox (id) WHERE status = 'failed';
      CREATE INDEX messages_deleted ON chat_messages (id) WHERE deleted_at IS NOT NULL;
      """)
}
