extension Migration {
  /// The organisation's links, and each person's own links and calendar.
  static let personalRecords = Migration(
    46, "personal records",
    sql: """
      CREATE TABLE links (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        url TEXT NOT NULL,
        description TEXT NOT NULL,
        icon TEXT NOT NULL,
        category TEXT NOT NULL,
        position INTEGER NOT NULL,
        audience TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX links_by_position ON links (position, id);
      \(searched("links"))

      CREATE TABLE shortcut_categories (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX shortcut_categories_by_user ON shortcut_categories (user_id, id);

      CREATE TABLE shortcuts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        category_id INTEGER NOT NULL REFERENCES shortcut_categories (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        url TEXT NOT NULL,
        position INTEGER NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX shortcuts_by_user ON shortcuts (user_id, position, id);
      CREATE INDEX shortcuts_by_category ON shortcuts (category_id);

      -- start_text and end_text: the time on the person's wall, as the client wrote it; start_at and end_at: the same in
      -- seconds since 1970 on that clock.
      CREATE TABLE agenda_events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        start_text TEXT NOT NULL,
        end_text TEXT NOT NULL,
        start_at INTEGER NOT NULL,
        end_at INTEGER NOT NULL,
        color TEXT NOT NULL,
        description TEXT NOT NULL,
        all_day INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX agenda_events_by_end ON agenda_events (user_id, end_at);
      """)
}
