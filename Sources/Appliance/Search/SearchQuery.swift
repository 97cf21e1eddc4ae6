import HTTP
import Store

/// One search of the index for an account.
///
/// The newest matches of all sources are read together, a window at a time; a source with enough results is left out of
/// the next window. A source whose matches are mostly unreadable for the account is then searched alone.
struct SearchQuery {
  /// Number of matches in a window of all sources, and the most of one source that are examined in such windows.
  private static let window = 512
  /// The further windows of a source that is searched alone. They bound the time of a search: what is older than 42,000
  /// matches that the account may not read is not found.
  private static let windowsAlone = [2_000, 8_000, 32_000]
  /// Among so many readable rows of a source, those with the words in their title come first.
  private static let arranged = 128
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
    var rows: [Row] = []
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
    // Each window closes a source or examines 512 matches of the open ones.
    for number in 0..<2 * walks.count {
      let open = walks.filter { !$0.isClosed }.map(\.source)
      if open.isEmpty { return }
      let kinds = isEverything && number == 0 ? "" : Self.kinds(open)
      let entries = try candidates(matching: kinds + expression, before: before, most: Self.window)
      let byKind = try self.kinds(of: entries)
      before = entries.last ?? before
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
      let entries = try candidates(
        matching: Self.kinds([walk.source]) + expression, before: walk.last, most: window)
      try examine(entries, for: &walk, most: limit)
      guard let last = entries.last, entries.count == window else { return }
      walk.last = last
    }
  }

  private func examine(_ entries: [Int64], for walk: inout Walk, most: Int) throws {
    walk.examined += entries.count
    walk.rows += try readable(entries, of: walk.source, walk.scope, most: most - walk.rows.count)
  }

  /// The part of an expression that restricts it to some sources.
  private static func kinds(_ sources: [SearchSource]) -> String {
    "kind : (" + sources.map { "\"\($0.word)\"" }.joined(separator: " OR ") + ") AND "
  }

  static let candidatesSQL = """
    SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?
    """

  private func candidates(matching match: String, before: Int64, most: Int) throws -> [Int64] {
    try connection.query(Self.candidatesSQL, match, before, most) { $0.int64(0) }
  }

  static let kindsSQL = """
    SELECT i.id, i.kind FROM json_each(?) AS s CROSS JOIN search_items AS i ON i.id = s.value
    """

  private func kinds(of entries: [Int64]) throws -> [String: [Int64]] {
    var byKind: [String: [Int64]] = [:]
    try connection.forEach(Self.kindsSQL, Self.list(entries)) { row in
      byKind[row.text(1), default: []].append(row.int64(0))
    }
    return byKind
  }

  /// A row that the account may read.
  private struct Row {
    let entry: Int64
    let id: Int64
    let title: String
  }

  /// Those of a list of entries that somebody may read, in its order.
  static func readableSQL(_ table: String, _ scope: String) -> String {
    """
    SELECT i.id, i.ref, i.title FROM json_each(?) AS s CROSS JOIN search_items AS i ON i.id = s.value
    WHERE EXISTS (SELECT 1 FROM \(table) WHERE id = i.ref AND (\(scope))) LIMIT ?
    """
  }

  private func readable(
    _ entries: [Int64], of source: SearchSource, _ scope: (sql: String, arguments: [Value]), most: Int
  ) throws -> [Row] {
    if entries.isEmpty { return [] }
    return try connection.query(
      Self.readableSQL(source.table, scope.sql),
      arguments: [Self.list(entries).value] + scope.arguments + [Int64(most).value]
    ) { Row(entry: $0.int64(0), id: $0.int64(1), title: $0.text(2)) }
  }

  static let textSQL = "SELECT substr(body, 1, ?) FROM search_items WHERE id = ?"

  /// Matches in titles first, both newest first.
  private func arranged(_ rows: [Row], of source: SearchSource) throws -> [SearchHit] {
    let isInTitle = rows.map { words.stand(in: SearchTokens($0.title)) }
    let order = rows.indices.filter { isInTitle[$0] } + rows.indices.filter { !isInTitle[$0] }
    return try order.prefix(limit).map { index in
      let row = rows[index]
      return SearchHit(
        kind: source.kind, id: row.id, title: row.title, snippet: try snippet(of: row.entry),
        link: source.link(row.id))
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

  private static func list(_ entries: [Int64]) -> String {
    "[" + entries.map { String($0) }.joined(separator: ",") + "]"
  }
}
