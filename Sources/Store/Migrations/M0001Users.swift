extension Migration {
  /// Users, their preferences, and the settings of the installation.
  static let users = Migration(
    1, "users",
    sql: """
      CREATE TABLE users (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        username TEXT NOT NULL COLLATE NOCASE UNIQUE,
        name TEXT NOT NULL,
        email TEXT COLLATE NOCASE UNIQUE,
        password_hash TEXT,
        role TEXT NOT NULL DEFAULT 'employee' CHECK (role IN ('employee', 'moderator', 'admin')),
        avatar TEXT NOT NULL DEFAULT '',
        employee_id TEXT NOT NULL DEFAULT '',
        department TEXT NOT NULL DEFAULT '',
        position TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
        is_active INTEGER NOT NULL DEFAULT 1,
        is_verified INTEGER NOT NULL DEFAULT 0,
        is_approved INTEGER NOT NULL DEFAULT 1,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX users_by_role ON users (role);

      CREATE TABLE user_settings (
        user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        settings TEXT NOT NULL
      ) STRICT;

      CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
}
