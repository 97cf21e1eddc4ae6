import Store

/// The full-text index of the rows of all sources.
///
/// `search_changes` lists the rows to be indexed. A row's entry and its mark change in one transaction, so
/// that nothing is lost when the program is killed.
struct SearchIndex: Sendable {
  let sources: [SearchSource]

  /// Maximum bytes of a row's text that are indexed.
  static let longestText = 1 << 20
  /// Raise it when sources or `rowSQL` change, so that the index is built again.
  static let version: Int64 = SearchTokens.version * 1000 + 3
  /// `search_words` lists the indexed words of at least this many characters.
  static let shortestWord = 4

  static let changesSQL = "SELECT kind, ref FROM search_changes LIMIT ?"
  static let versionSQL = "SELECT version FROM search_version WHERE id = 1"

  func isBehind(in connection: Connection) throws -> Bool {
    try connection.scalar(Self.versionSQL) != Self.version
      || connection.first(Self.changesSQL, 1, map: { _ in true }) != nil
  }

  /// Approximate bytes of text that one transaction indexes, because other writes wait for it.
  private static let mostBytes = 256 << 10

  /// Updates the entries of at most `most` rows, fewer if their texts are long. Returns whether more are
  /// left.
  func advance(by most: Int, in tx: Transaction) throws -> Bool {
    try renew(in: tx)
    let changes = try tx.query(Self.changesSQL, most) { (kind: $0.text(0), id: $0.int64(1)) }
    var bytes = 0
    for change in changes {
      if bytes > Self.mostBytes { return true }
      let source = sources.first { $0.kind == change.kind }
      let old = try remove(change.kind, change.id, of: source, in: tx)
      let new = try source.map { try add(change.id, of: $0, in: tx) } ?? Indexed()
      bytes += old.bytes + new.bytes
      try forget(old.words.subtracting(new.words), in: tx)
      try tx.execute("DELETE FROM search_changes WHERE kind = ? AND ref = ?", change.kind, change.id)
    }
    return changes.count == most
  }

  /// What an entry consists of: the bytes of its text, and its words that `search_words` lists.
  private struct Indexed {
    var bytes = 0
    var words: Set<String> = []
  }

  /// Adds the entry of a row.
  private func add(_ id: Int64, of source: SearchSource, in tx: Transaction) throws -> Indexed {
    let found = try tx.first(source.rowSQL, id) { row in
      (title: row.text(0), text: row.text(1).prefix(utf8: Self.longestText))
    }
    guard let found else { return Indexed() }
    try tx.execute(
      "INSERT INTO search_items (kind, ref, title, body) VALUES (?, ?, ?, ?)", source.kind, id, found.title,
      found.text)
    let (title, text) = (source.tokens(ofTitle: found.title), SearchTokens(found.text))
    try tx.execute(
      "INSERT INTO search_index (rowid, kind, title, body) VALUES (?, ?, ?, ?)", tx.lastInsertedID,
      source.word, title.document, text.document)
    let indexed = Self.indexed(title, text)
    for word in indexed.words {
      try tx.execute("INSERT OR IGNORE INTO search_words (word) VALUES (?)", word)
    }
    return indexed
  }

  private static func indexed(_ title: SearchTokens, _ text: SearchTokens) -> Indexed {
    Indexed(
      bytes: text.source.utf8.count,
      words: title.longWords(from: shortestWord).union(text.longWords(from: shortestWord)))
  }

  /// Removes the words that no row has any more from `search_words`: nothing of a deleted text is kept.
  private func forget(_ words: Set<String>, in tx: Transaction) throws {
    for word in words {
      try tx.execute(
        """
        DELETE FROM search_words WHERE word = ?1 AND NOT EXISTS (
          SELECT 1 FROM search_index WHERE search_index MATCH '{title body} : "' || ?1 || '"')
        """, word)
    }
  }

  /// Pages of 4 KiB that one step of merging writes, about: other writes wait that long.
  private static let mergedPages = 100

  /// Merges parts of the index, since a search looks in each of them; false when nothing is left to merge.
  func merge(in tx: Transaction) throws -> Bool {
    // A step that merged nothing counts as one change at most: https://www.sqlite.org/fts5.html#the_merge_command
    let before = try tx.scalar("SELECT total_changes()") ?? 0
    try tx.execute("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)", Self.mergedPages)
    return (try tx.scalar("SELECT total_changes()") ?? 0) - before > 1
  }

  /// Removes the entry of a row, which needs its indexed text: the index stores none. Returns what it consisted
  /// of.
  private func remove(
    _ kind: String, _ id: Int64, of source: SearchSource?, in tx: Transaction
  ) throws -> Indexed {
    let old = try tx.first("SELECT id, title, body FROM search_items WHERE kind = ? AND ref = ?", kind, id) {
      (item: $0.int64(0), title: $0.text(1), text: $0.text(2))
    }
    guard let old else { return Indexed() }
    let title = source?.tokens(ofTitle: old.title) ?? SearchTokens(old.title)
    let text = SearchTokens(old.text)
    try tx.execute(
      """
      INSERT INTO search_index (search_index, rowid, kind, title, body) VALUES ('delete', ?, ?, ?, ?)
      """, old.item, kind.filter { $0 != "-" }, title.document, text.document)
    try tx.execute("DELETE FROM search_items WHERE id = ?", old.item)
    return Self.indexed(title, text)
  }

  /// Clears an index built by another version, and marks every row to be indexed.
  private func renew(in tx: Transaction) throws {
    guard try tx.scalar(Self.versionSQL) != Self.version else { return }
    try tx.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    try tx.execute("DELETE FROM search_items")
    try tx.execute("DELETE FROM search_words")
    try tx.execute("DELETE FROM search_changes")
    for source in sources {
      try tx.execute(
        "INSERT INTO search_changes (kind, ref) SELECT '\(source.kind)', id FROM \(source.table)")
    }
    try tx.execute("INSERT OR REPLACE INTO search_version (id, version) VALUES (1, ?)", Self.version)
  }
}
