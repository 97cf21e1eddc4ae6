extension Migration {
  /// The workstations where a person has signed in before.
  static let knownWorkstations = Migration(
    11, "known workstations",
    sql: """
      CREATE TABLE known_workstations (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        workstation_id INTEGER NOT NULL REFERENCES workstations (id) ON DELETE CASCADE,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, workstation_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX known_workstations_by_place ON known_workstations (workstation_id);
      """)
}
