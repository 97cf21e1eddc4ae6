extension Migration {
  /// What people are told, and how each wants to be told of what.
  static let notifications = Migration(
    14, "notifications",
    sql: """
      CREATE TABLE notifications (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        actor_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        details TEXT NOT NULL DEFAULT '{}',
        link TEXT NOT NULL DEFAULT '',
        count INTEGER NOT NULL DEFAULT 1,
        created_at INTEGER NOT NULL,
        read_at INTEGER,
        mailed_at INTEGER
      ) STRICT;
      CREATE INDEX notifications_of_user ON notifications (user_id, id);
      CREATE INDEX notifications_by_actor ON notifications (actor_id);
      CREATE INDEX notifications_unread ON notifications (user_id, kind, subject) WHERE read_at IS NULL;
      CREATE INDEX notifications_to_mail ON notifications (user_id, created_at)
        WHERE read_at IS NULL AND mailed_at IS NULL;
      CREATE INDEX notifications_by_age ON notifications (created_at);

      CREATE TABLE notification_preferences (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        on_page INTEGER NOT NULL,
        in_browser INTEGER NOT NULL,
        by_mail INTEGER NOT NULL,
        PRIMARY KEY (user_id, kind)
      ) STRICT, WITHOUT ROWID;
      """)
}
