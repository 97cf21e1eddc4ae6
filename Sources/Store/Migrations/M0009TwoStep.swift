extension Migration {
  /// Two-step sign-in: an encrypted secret for each person, and recovery codes.
  static let twoStep = Migration(
    9, "two-step sign-in",
    sql: """
      CREATE TABLE totp (
        user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        sealed_secret BLOB NOT NULL,
        confirmed_at INTEGER,
        last_step INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE recovery_codes (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        hash BLOB NOT NULL,
        used_at INTEGER,
        PRIMARY KEY (user_id, hash)
      ) STRICT, WITHOUT ROWID;
      """)
}
