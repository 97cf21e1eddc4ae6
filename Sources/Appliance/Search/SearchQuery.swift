import HTTP
import Store

/// One search of the index for an account.
///
/// The newest matches of all sources are read together, a window at a time; a source with enough results is left out of
/// the next window. A source whose matches are mostly unreadable for the account is then searched alone.
struct SearchQuery {
  /// Number of matches in a window of all sources, and the most of one source that are examined in such windows.
  private static let window = 128
  /// The further windows of a source that is searched alone. They bound the time of a search: what is older than 42,000
  /// matches that the account may not read is not found.
  private static let windowsAlone = [2_000, 8_000, 32_000]
  /// Among so many readable rows of a source, those with the words in their title come first.
  private static let arranged = 64
  /// The index has prefixes of two and three characters. A longer one is replaced by the words that begin with it, if
  /// there are at most this many.
  private static let shortestBeginning = SearchIndex.shortestWord
  private static let mostEndings = 24
  /// Numbers of characters of a text from which an excerpt is made: the second if the first contain no match.
  private static let snippetTexts = [2_000, 16_000]

  let words: SearchWords
  let account: Account
  let now: Int64
  /// The most results of a source.
  let limit: Int
  let connection: Connection
  /// The FTS query for the words.
  private let expression: String

  /// Nil when no word of the index begins with the last one.
  init?(_ words: SearchWords, for account: Account, at now: Int64, limit: Int, in connection: Connection)
    throws
  {
    let endings = try words.endings(
      Self.endingsSQL, from: Self.shortestBeginning, most: Self.mostEndings, connection)
    if endings?.isEmpty == true { return nil }
    expression = "{title body} : (\(words.expression(endings: endings)))"
    self.words = words
    self.account = account
    self.now = now
    self.limit = limit
    self.connection = connection
  }

  static let endingsSQL = "SELECT word FROM search_words WHERE word >= ? AND word < ? LIMIT ?"

  /// The results of one source so far.
  private struct Walk {
    let source: SearchSource
    let scope: (sql: String, arguments: [Value])
    var rows: [Entry] = []
    var examined = 0
    /// Matches of this entry and newer ones were examined.
    var last = Int64.max
    /// Whether it is left out of the next windows.
    var isClosed = false
  }

  /// The matches of each source, in the order of the sources.
  func hits(of sources: [SearchSource]) throws -> [[SearchHit]] {
    var walks = sources.compactMap { source in
      source.isOn() ? source.scope(account, now).map { Walk(source: source, scope: $0) } : nil
    }
    try walkTogether(&walks, isEverything: walks.count == sources.count && sources.count > 1)
    for index in walks.indices where walks[index].examined >= Self.window { try walkAlone(&walks[index]) }
    let hits = Dictionary(
      try walks.map { ($0.source.kind, try arranged($0.rows, of: $0.source)) }, uniquingKeysWith: +)
    return sources.map { hits[$0.kind] ?? [] }
  }

  private func walkTogether(_ walks: inout [Walk], isEverything: Bool) throws {
    var before = Int64.max
    // Each window closes a source or examines 128 matches of the open ones.
    for number in 0..<2 * walks.count {
      let open = walks.filter { !$0.isClosed }.map(\.source)
      if open.isEmpty { return }
      let kinds = isEverything && number == 0 ? "" : Self.kinds(open)
      let entries = try entries(matching: kinds + expression, before: before, most: Self.window)
      before = entries.last?.id ?? before
      let byKind = Dictionary(grouping: entries, by: \.kind)
      for index in walks.indices where !walks[index].isClosed {
        try examine(byKind[walks[index].source.kind] ?? [], for: &walks[index], most: most)
        walks[index].last = before
        walks[index].isClosed = walks[index].rows.count >= most || walks[index].examined >= Self.window
      }
      if entries.count < Self.window { return }
    }
  }

  /// The number of readable rows after which a source has enough.
  private var most: Int { max(limit, Self.arranged) }

  private func walkAlone(_ walk: inout Walk) throws {
    for window in Self.windowsAlone where walk.rows.count < limit {
      let entries = try entries(
        matching: Self.kinds([walk.source]) + expression, before: walk.last, most: window)
      try examine(entries, for: &walk, most: limit)
      guard let last = entries.last?.id, entries.count == window else { return }
      walk.last = last
    }
  }

  /// Adds the entries that the account may read, until the walk has `most` rows.
  private func examine(_ entries: [Entry], for walk: inout Walk, most: Int) throws {
    walk.examined += entries.count
    guard !entries.isEmpty else { return }
    let ids = "[" + entries.map { String($0.row) }.joined(separator: ",") + "]"
    var entry = entries.startIndex
    // In the order of the list.
    try connection.forEach(
      Self.readableSQL(walk.source.table, walk.scope.sql),
      arguments: [ids.value] + walk.scope.arguments + [Int64(most - walk.rows.count).value]
    ) { (row: Row) -> Void in
      while entry < entries.endIndex, entries[entry].row != row.int64(0) { entry += 1 }
      if entry < entries.endIndex { walk.rows.append(entries[entry]) }
    }
  }

  /// The part of an expression that restricts it to some sources.
  private static func kinds(_ sources: [SearchSource]) -> String {
    "kind : (" + sources.map { "\"\($0.word)\"" }.joined(separator: " OR ") + ") AND "
  }

  /// A row that matches.
  private struct Entry {
    /// Its id in the index.
    let id: Int64
    let kind: String
    /// Its id in its own table.
    let row: Int64
    let title: String
  }

  static let entriesSQL = """
    SELECT i.id, i.kind, i.ref, i.title FROM search_index AS s CROSS JOIN search_items AS i ON i.id = s.rowid
    WHERE search_index MATCH ? AND s.rowid < ? ORDER BY s.rowid DESC LIMIT ?
    """

  private func entries(matching match: String, before: Int64, most: Int) throws -> [Entry] {
    try connection.query(Self.entriesSQL, match, before, most) {
      Entry(id: $0.int64(0), kind: $0.text(1), row: $0.int64(2), title: $0.text(3))
    }
  }

  /// SQL: the rows of a list that the account may read, in the order of the list.
  static func readableSQL(_ table: String, _ scope: String) -> String {
    """
    SELECT s.value FROM json_each(?) AS s
    WHERE EXISTS (SELECT 1 FROM \(table) WHERE id = s.value AND (\(scope))) LIMIT ?
    """
  }

  static let textSQL = "SELECT substr(body, 1, ?) FROM search_items WHERE id = ?"

  /// Title matches first; each group has the newest first.
  private func arranged(_ rows: [Entry], of source: SearchSource) throws -> [SearchHit] {
    let isInTitle = rows.map { words.stand(in: SearchTokens($0.title)) }
    let order = rows.indices.filter { isInTitle[$0] } + rows.indices.filter { !isInTitle[$0] }
    return try order.prefix(limit).map { index in
      let row = rows[index]
      return SearchHit(
        kind: source.kind, id: row.row, title: row.title, snippet: try snippet(of: row.id),
        link: source.link(row.row))
    }
  }

  private func snippet(of entry: Int64) throws -> String {
    var snippet = ""
    for length in Self.snippetTexts {
      let text = try connection.first(Self.textSQL, length, entry) { $0.text(0) } ?? ""
      let made = SearchSnippet(of: text, words)
      snippet = made.string
      if made.hasMatch || text.unicodeScalars.count < length { break }
    }
    return snippet
  }
}
