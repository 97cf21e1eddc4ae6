extension Migration {
  /// The workstations that people sign in at. Their identifiers are stored as hashes only.
  static let workstations = Migration(
    6, "workstations",
    sql: """
      CREATE TABLE workstations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        token_hash BLOB NOT NULL UNIQUE,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX workstations_by_use ON workstations (seen_at);

      ALTER TABLE sessions ADD COLUMN workstation_id INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX sessions_by_workstation ON sessions (workstation_id);
      """)
}
