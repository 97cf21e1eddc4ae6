extension Migration {
  /// The last backup and the last verification, and what verifications found. Backups are files outside the database.
  static let backups = Migration(
    77, "backups",
    sql: """
      CREATE TABLE backup_runs (
        kind TEXT PRIMARY KEY CHECK (kind IN ('create', 'verify')),
        at INTEGER NOT NULL,
        job_id INTEGER NOT NULL,
        succeeded_at INTEGER,
        error_code TEXT,
        name TEXT
      ) STRICT;
      -- Deleted with the backup.
      CREATE TABLE backup_verdicts (name TEXT PRIMARY KEY, at INTEGER NOT NULL, error_code TEXT) STRICT;
      """)
}
