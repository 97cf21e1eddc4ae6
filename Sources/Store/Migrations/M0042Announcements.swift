extension Migration {
  /// Announcements; comments on rows of resources; who confirmed having read which edition of a row.
  static let announcements = Migration(
    42, "announcements",
    sql: """
      CREATE TABLE announcements (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        content TEXT NOT NULL,
        type TEXT NOT NULL,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        image_url TEXT NOT NULL,
        icon TEXT NOT NULL,
        is_important INTEGER NOT NULL,
        is_pinned INTEGER NOT NULL,
        is_public INTEGER NOT NULL,
        status TEXT NOT NULL,
        publish_at INTEGER,
        expires_at INTEGER,
        audience TEXT NOT NULL,
        requires_confirmation INTEGER NOT NULL,
        allows_comments INTEGER NOT NULL,
        edition INTEGER NOT NULL,
        announced_at INTEGER,
        deleted_at INTEGER,
        deleted_by INTEGER,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX announcements_by_author ON announcements (author_id);
      CREATE INDEX announcements_to_announce ON announcements (publish_at)
        WHERE announced_at IS NULL AND status = 'published';
      CREATE INDEX announcements_to_confirm ON announcements (id) WHERE requires_confirmation = 1;
      CREATE INDEX announcements_deleted ON announcements (deleted_at) WHERE deleted_at IS NOT NULL;
      \(searched("announcements", on: ["title", "content", "deleted_at"]))

      CREATE TABLE read_confirmations (
        resource TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        edition INTEGER NOT NULL,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        version TEXT NOT NULL,
        confirmed_at INTEGER NOT NULL,
        PRIMARY KEY (resource, row_id, edition, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX read_confirmations_by_user ON read_confirmations (user_id);

      CREATE TABLE comments (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        resource TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        text TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX comments_by_row ON comments (resource, row_id, id);
      CREATE INDEX comments_by_author ON comments (author_id);

      CREATE TRIGGER announcements_end AFTER DELETE ON announcements BEGIN
        DELETE FROM read_confirmations WHERE resource = 'announcements' AND row_id = OLD.id;
        DELETE FROM resource_files WHERE resource = 'announcements' AND row_id = OLD.id;
        DELETE FROM comments WHERE resource = 'announcements' AND row_id = OLD.id;
      END;
      """)
}
