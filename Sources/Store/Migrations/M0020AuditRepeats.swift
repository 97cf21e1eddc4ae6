extension Migration {
  /// A repeated audit entry is counted in the first one's row, with the time of the last repetition. `mixed`
  /// is set when the repetitions differ in subject or details. The other columns keep the first entry's
  /// values.
  static let auditRepeats = Migration(
    20, "audit repeats",
    sql: """
      ALTER TABLE audit ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE audit ADD COLUMN last_at INTEGER;
      ALTER TABLE audit ADD COLUMN mixed INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX audit_by_actor_and_action ON audit (actor_id, action, id);

      DROP TRIGGER audit_is_never_changed;
      CREATE TRIGGER audit_only_counts BEFORE UPDATE ON audit
      WHEN new.count <> old.count + 1 OR new.last_at IS NULL OR new.last_at < coalesce(old.last_at, old.at)
        OR new.mixed < old.mixed OR new.id <> old.id OR new.at <> old.at OR new.actor_id IS NOT old.actor_id
        OR new.actor_name <> old.actor_name OR new.action <> old.action
        OR new.subject_type <> old.subject_type OR new.subject_id IS NOT old.subject_id
        OR new.subject_name <> old.subject_name OR new.address <> old.address OR new.outcome <> old.outcome
        OR new.code <> old.code OR new.details <> old.details
      BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
      """)
}
