extension Migration {
  /// Settings by an administrator for everyone, and uploads attached to rows of resources.
  static let intranet = Migration(
    40, "intranet",
    sql: """
      CREATE TABLE system_settings (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE resource_files (
        resource TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        field TEXT NOT NULL,
        upload_id INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
        PRIMARY KEY (resource, row_id, field)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX resource_files_by_upload ON resource_files (upload_id);
      """)
}
