extension Migration {
  /// Errors reported by older clients. The number of rows is bounded by the code that writes them;
  /// repetitions share a row.
  static let clientErrors = Migration(
    30, "client errors",
    sql: """
      CREATE TABLE client_errors (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        fingerprint BLOB NOT NULL UNIQUE,
        count INTEGER NOT NULL DEFAULT 1,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        address TEXT NOT NULL,
        client_id TEXT NOT NULL,
        client_version TEXT NOT NULL,
        platform TEXT NOT NULL,
        type TEXT NOT NULL,
        message TEXT NOT NULL,
        context TEXT NOT NULL,
        user_message TEXT NOT NULL
      ) STRICT;
      CREATE INDEX client_errors_by_user ON client_errors (user_id) WHERE user_id IS NOT NULL;
      """)
}
