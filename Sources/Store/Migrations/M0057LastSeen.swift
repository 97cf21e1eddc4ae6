extension Migration {
  /// When a person was last seen in a session that has ended, in milliseconds since 1970.
  static let lastSeen = Migration(
    57, "last_seen",
    sql: """
      ALTER TABLE users ADD COLUMN last_seen_at INTEGER;
      CREATE TRIGGER last_seen_in_session BEFORE DELETE ON sessions BEGIN
        UPDATE users SET last_seen_at = max(coalesce(last_seen_at, 0), OLD.seen_at) WHERE id = OLD.user_id;
      END;
      """)
}
