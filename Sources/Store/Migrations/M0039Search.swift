extension Migration {
  /// One full-text index over the rows of many tables. `search_changes` names the rows whose entry is out of date:
  /// triggers of their tables fill it (`searched`), and `SearchIndex` empties it.
  ///
  /// `search_items` has the text that is shown. The index has the words that the program makes of it, and no text; its
  /// row ids are those of the items.
  static let search = Migration(
    39, "search",
    sql: """
      CREATE TABLE search_items (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        ref INTEGER NOT NULL,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (kind, ref)
      ) STRICT;
      CREATE VIRTUAL TABLE search_index USING fts5 (
        kind, title, body, content = '', columnsize = 0, prefix = '2 3', tokenize = 'ascii');
      CREATE TABLE search_changes (
        kind TEXT NOT NULL,
        ref INTEGER NOT NULL,
        PRIMARY KEY (kind, ref)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE search_version (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        version INTEGER NOT NULL
      ) STRICT;
      \(searched("users", as: "people", on: ["name", "username", "department", "position", "is_active", "is_approved"]))
      \(searched("machines", on: ["name", "os_type", "version"]))
      """)

  /// SQL: triggers that note the changed rows of a table for the search index, under `kind` (the table's name unless
  /// given). `row` is the column with the id of the row that is found; `columns` those whose change matters, all where
  /// none is named.
  static func searched(
    _ table: String, as kind: String? = nil, row: String = "id", on columns: [String] = []
  ) -> String {
    let kind = kind ?? table
    let of = columns.isEmpty ? "" : " OF " + columns.joined(separator: ", ")
    func note(_ version: String) -> String {
      "INSERT OR IGNORE INTO search_changes (kind, ref) VALUES ('\(kind)', \(version).\(row));"
    }
    return """
      CREATE TRIGGER search_of_new_\(table) AFTER INSERT ON \(table) BEGIN \(note("NEW")) END;
      CREATE TRIGGER search_of_changed_\(table) AFTER UPDATE\(of) ON \(table) BEGIN \(note("NEW")) END;
      CREATE TRIGGER search_of_gone_\(table) AFTER DELETE ON \(table) BEGIN \(note("OLD")) END;
      """
  }
}
