extension Migration {
  /// The media library, recommended resources, and the views of the older front end.
  static let media = Migration(
    41, "media",
    sql: """
      CREATE TABLE contents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        type TEXT NOT NULL,
        category TEXT NOT NULL,
        description TEXT NOT NULL,
        file_url TEXT NOT NULL,
        thumbnail_url TEXT NOT NULL,
        duration INTEGER NOT NULL,
        view_count INTEGER NOT NULL,
        rating INTEGER NOT NULL,
        tags TEXT NOT NULL,
        is_popular INTEGER NOT NULL,
        is_featured INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      \(searched("contents"))

      CREATE TABLE resources (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        type TEXT NOT NULL,
        category TEXT NOT NULL,
        url TEXT NOT NULL,
        download_url TEXT NOT NULL,
        thumbnail_url TEXT NOT NULL,
        tags TEXT NOT NULL,
        is_public INTEGER NOT NULL,
        required_role TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      \(searched("resources"))

      CREATE TABLE views_config (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        view_id TEXT NOT NULL,
        view_id_key TEXT NOT NULL DEFAULT '' UNIQUE,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        layout TEXT NOT NULL,
        is_visible INTEGER NOT NULL,
        allowed_roles TEXT NOT NULL,
        custom_settings TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE TRIGGER views_get_their_key AFTER INSERT ON views_config BEGIN
        UPDATE views_config SET view_id_key = fold(NEW.view_id) WHERE id = NEW.id;
      END;
      CREATE TRIGGER views_change_their_key AFTER UPDATE OF view_id ON views_config BEGIN
        UPDATE views_config SET view_id_key = fold(NEW.view_id) WHERE id = NEW.id;
      END;
      """)
}
