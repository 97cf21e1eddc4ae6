extension Migration {
  /// API tokens for programs, each with rights and an expiry time.
  static let apiTokens = Migration(
    8, "api tokens",
    sql: """
      CREATE TABLE api_tokens (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        rights TEXT NOT NULL,
        hash BLOB NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        seen_at INTEGER
      ) STRICT;
      CREATE INDEX api_tokens_of_user ON api_tokens (user_id, id);
      """)
}
