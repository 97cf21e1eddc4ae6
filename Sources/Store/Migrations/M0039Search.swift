extension Migration {
  /// A full-text index of the rows of many tables. `search_changes` lists rows whose entry is outdated:
  /// triggers of their tables add them (`searched`), and `SearchIndex` removes them.
  ///
  /// `search_items` contains the text to display. The index contains only the words split off by the program;
  /// its row ids are those of the items.
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

  /// SQL of the triggers that mark changed rows of a table for the search index, under `kind` (by default the
  /// table's name). `row` is the column with the id of the result; `columns` are those whose change matters,
  /// by default all.
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
