extension Migration {
  /// Uploaded files, stored in chunks in the database, so that a backup of it is complete.
  ///
  /// A file without `completed_at` is only partly written or partly deleted. `attached_at` is when it was
  /// first attached to a message or another object.
  static let uploads = Migration(
    13, "uploads",
    sql: """
      CREATE TABLE uploads (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        owner_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        size INTEGER NOT NULL,
        digest BLOB NOT NULL,
        width INTEGER NOT NULL DEFAULT 0,
        height INTEGER NOT NULL DEFAULT 0,
        is_inline INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        completed_at INTEGER,
        attached_at INTEGER
      ) STRICT;
      CREATE INDEX uploads_of_owner ON uploads (owner_id, size);
      CREATE INDEX uploads_under_way ON uploads (created_at) WHERE completed_at IS NULL;

      CREATE TABLE upload_chunks (
        upload_id INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        data BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX chunks_of_upload ON upload_chunks (upload_id, number);
      """)
}
