extension Migration {
  /// The audit log: who did what. Rows are only added; the retention job deletes those older than a year.
  static let audit = Migration(
    10, "audit",
    sql: """
      CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        actor_id INTEGER,
        actor_name TEXT NOT NULL DEFAULT '',
        action TEXT NOT NULL,
        subject_type TEXT NOT NULL DEFAULT '',
        subject_id INTEGER,
        subject_name TEXT NOT NULL DEFAULT '',
        address TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'refused')),
        code TEXT NOT NULL DEFAULT '',
        details TEXT NOT NULL DEFAULT ''
      ) STRICT;
      CREATE INDEX audit_by_actor ON audit (actor_id, id);
      CREATE INDEX audit_by_action ON audit (action, id);
      CREATE INDEX audit_by_time ON audit (at);

      CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;

      CREATE TRIGGER audit_is_kept_a_year BEFORE DELETE ON audit
      WHEN old.at > (SELECT max(at) FROM audit) - 31536000000
      BEGIN SELECT RAISE(ABORT, 'the audit log is kept for a year'); END;
      """)
}
