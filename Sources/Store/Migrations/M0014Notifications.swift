extension Migration {
  /// Notifications, and each person's preferences for them.
  ///
  /// Notifications on the same subject are one row while unread: the newest, with `count`; `mailed_count` is
  /// how many of them a mail has announced. `mail_due_at` is set while a mail is wanted and not yet written.
  /// A row that is not `on_page` exists only for its mail.
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
        mailed_count INTEGER NOT NULL DEFAULT 0,
        on_page INTEGER NOT NULL DEFAULT 1,
        created_at INTEGER NOT NULL,
        read_at INTEGER,
        mail_due_at INTEGER,
        mailed_at INTEGER
      ) STRICT;
      CREATE INDEX notifications_of_user ON notifications (user_id, id);
      CREATE INDEX notifications_by_actor ON notifications (actor_id);
      CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL AND on_page = 1;
      CREATE INDEX notifications_of_subject ON notifications (subject, user_id, kind) WHERE read_at IS NULL;
      CREATE INDEX notifications_to_mail ON notifications (user_id, mail_due_at)
        WHERE read_at IS NULL AND mail_due_at IS NOT NULL;

      CREATE TABLE notification_preferences (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        on_page INTEGER NOT NULL,
        in_browser INTEGER NOT NULL,
        by_mail INTEGER NOT NULL,
        PRIMARY KEY (user_id, kind)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE notification_digests (
        user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        written_at INTEGER NOT NULL
      ) STRICT;
      """)
}
