extension Migration {
  /// The durable job queue. An unfinished job is `queued`, `waiting` or `running`.
  static let jobs = Migration(
    4, "jobs",
    sql: """
      CREATE TABLE jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        machine_id INTEGER,
        user_id INTEGER,
        arguments TEXT NOT NULL DEFAULT '{}',
        priority INTEGER NOT NULL DEFAULT 500,
        status TEXT NOT NULL DEFAULT 'queued'
          CHECK (status IN ('queued', 'waiting', 'running', 'succeeded', 'failed')),
        step TEXT NOT NULL DEFAULT '',
        step_progress INTEGER NOT NULL DEFAULT 0,
        progress INTEGER NOT NULL DEFAULT 0,
        undoing INTEGER NOT NULL DEFAULT 0,
        cancelled INTEGER NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0,
        run_at INTEGER NOT NULL,
        lease_until INTEGER,
        period_key TEXT,
        error_code TEXT,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        finished_at INTEGER
      ) STRICT;
      CREATE INDEX jobs_unfinished ON jobs (priority, id)
        WHERE status IN ('queued', 'waiting', 'running');
      CREATE INDEX jobs_of_machine ON jobs (machine_id, id);
      CREATE INDEX jobs_by_end ON jobs (finished_at) WHERE finished_at IS NOT NULL;
      CREATE UNIQUE INDEX jobs_one_per_period ON jobs (kind, period_key) WHERE period_key IS NOT NULL;
      """)
}
