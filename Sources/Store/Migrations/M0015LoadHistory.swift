extension Migration {
  /// Load of the last day in percent. `machine_id` 0 is the host; `grain` is the number of seconds that a row
  /// covers.
  static let loadHistory = Migration(
    15, "load history",
    sql: """
      CREATE TABLE load_history (
        machine_id INTEGER NOT NULL,
        grain INTEGER NOT NULL,
        at INTEGER NOT NULL,
        cpu REAL NOT NULL,
        ram REAL NOT NULL,
        disk REAL NOT NULL,
        PRIMARY KEY (machine_id, grain, at)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX load_by_age ON load_history (grain, at);
      CREATE TRIGGER load_goes_with_its_machine AFTER DELETE ON machines BEGIN
        DELETE FROM load_history WHERE machine_id = OLD.id;
      END;
      """)
}
