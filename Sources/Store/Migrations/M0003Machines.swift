extension Migration {
  /// Virtual machines and their owners.
  static let machines = Migration(
    3, "machines",
    sql: """
      CREATE TABLE machines (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL REFERENCES users (id),
        name TEXT NOT NULL COLLATE NOCASE,
        os_type TEXT NOT NULL,
        version TEXT NOT NULL,
        vcpu INTEGER NOT NULL,
        memory INTEGER NOT NULL,
        disk_size INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN
          ('pending', 'creating', 'running', 'stopped', 'paused', 'updating', 'deleting', 'error')),
        error_code TEXT,
        uuid TEXT NOT NULL UNIQUE,
        mac TEXT NOT NULL UNIQUE,
        image_volume TEXT,
        internal_ip TEXT,
        port INTEGER UNIQUE,
        ssh_user TEXT NOT NULL,
        public_key TEXT NOT NULL DEFAULT '',
        sealed_key BLOB,
        seed_present INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        UNIQUE (user_id, name)
      ) STRICT;
      """)
}
