extension Migration {
  /// Content categories. `name_key` is the folded name, kept by triggers.
  static let categories = Migration(
    38, "categories",
    sql: """
      CREATE TABLE categories (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL DEFAULT '' UNIQUE,
        description TEXT NOT NULL,
        icon TEXT NOT NULL,
        color TEXT NOT NULL,
        is_visible INTEGER NOT NULL,
        sort_order INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX categories_in_order ON categories (sort_order, id);
      CREATE TRIGGER content_categories_get_their_key AFTER INSERT ON categories BEGIN
        UPDATE categories SET name_key = fold(NEW.name) WHERE id = NEW.id;
      END;
      CREATE TRIGGER content_categories_change_their_key AFTER UPDATE OF name ON categories BEGIN
        UPDATE categories SET name_key = fold(NEW.name) WHERE id = NEW.id;
      END;
      """)
}
