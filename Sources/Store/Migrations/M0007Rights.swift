extension Migration {
  /// Rights delegated to people, either individually or through their category.
  static let rights = Migration(
    7, "rights",
    sql: """
      CREATE TABLE permissions (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        permission TEXT NOT NULL,
        granted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, permission)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE employee_categories (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE,
        description TEXT NOT NULL DEFAULT '',
        color TEXT NOT NULL DEFAULT '#10B981',
        permissions TEXT NOT NULL DEFAULT '[]',
        is_active INTEGER NOT NULL DEFAULT 1,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;

      ALTER TABLE users ADD COLUMN category_id INTEGER REFERENCES employee_categories (id) ON DELETE SET NULL;
      ALTER TABLE users ADD COLUMN pending_email TEXT COLLATE NOCASE;
      CREATE INDEX users_by_category ON users (category_id) WHERE category_id IS NOT NULL;
      """)
}
