extension Migration {
  /// Mails to send, written in the transaction that causes them. `content` is encrypted.
  static let outbox = Migration(
    5, "outbox",
    sql: """
      CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        recipient TEXT NOT NULL,
        recipient_name TEXT NOT NULL DEFAULT '',
        subject TEXT NOT NULL,
        content BLOB,
        machine_id INTEGER,
        message_id TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'local')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL,
        error TEXT NOT NULL DEFAULT '',
        created_at INTEGER NOT NULL,
        sent_at INTEGER
      ) STRICT;
      CREATE INDEX outbox_due ON outbox (next_at) WHERE status IN ('queued', 'sending');
      CREATE INDEX outbox_of_user ON outbox (user_id, id);
      CREATE INDEX outbox_by_end ON outbox (created_at) WHERE status IN ('sent', 'failed', 'local');
      """)
}
