extension Migration {
  /// An e-mail address that waits to be proven, and the workstations where a person has signed in before.
  static let selfService = Migration(
    11, "self-service",
    sql: """
      ALTER TABLE users ADD COLUMN pending_email TEXT COLLATE NOCASE;

      CREATE TABLE known_workstations (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        workstation_id INTEGER NOT NULL REFERENCES workstations (id) ON DELETE CASCADE,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, workstation_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX known_workstations_by_place ON known_workstations (workstation_id);
      """)
}
