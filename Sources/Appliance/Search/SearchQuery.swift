import HTTP
import Store

/// One search of the index for an account.
///
/// One query reads the newest matches of all sources. A source with too few of them is searched separately,
/// because a word that is common in one source may be rare in another.
struct SearchQuery {
  /// The newest matches that are read for all sources together.
  private static let newestOnes = 512
  /// Numbers of matches of one source that are examined, step by step. All steps together cover the newest
  /// 40,000, even if the account may read only few of them, and take a limited time.
  private static let windows = [128, 512, 2_000, 8_000, 32_000]
  /// Among this many readable rows of a source, title matches come first.
  private static let arranged = 128
  /// The index contains prefixes of two and three characters as words. A longer prefix is replaced by the
  /// indexed words that start with it, if they are at most `mostEndings`.
  private static let shortestBeginning = 4
  private static let mostEndings = 24
  /// Number of characters of a text from which an excerpt is made.
  private static let snippetText = 16_000

  let words: SearchWords
  let account: Account
  let now: Int64
  /// The most results of a source.
  let limit: Int
  let connection: Connection
  /// The FTS query for the words.
  private let expression: String

  /// Nil when no indexed word starts with the unfinished last word.
  init?(_ words: SearchWords, for account: Account, at now: Int64, limit: Int, in connection: Connection)
    throws
  {
    let endings = try words.endings(
      in: "search_vocabulary", from: Self.shortestBeginning, most: Self.mostEndings, connection)
    if endings?.isEmpty == true { return nil }
    expression = "{title body} : (\(words.expression(endings: endings)))"
    self.words = words
    self.account = account
    self.now = now
    self.limit = limit
    self.connection = connection
  }

  /// The matches of each source, in the order of the sources.
  func hits(of sources: [SearchSource]) throws -> [[SearchHit]] {
    let newest =
      sources.count > 1 ? try candidates(matching: expression, before: .max, most: Self.newestOnes) : []
    let byKind = try kinds(of: newest)
    return try sources.map { source in
      guard source.isOn(), let scope = source.scope(account, now) else { return [] }
      var rows = try readable(byKind[source.kind] ?? [], of: source, scope, most: max(limit, Self.arranged))
      if rows.count < max(limit, Self.arranged), sources.count == 1 || newest.count == Self.newestOnes {
        rows = try walk(source, scope)
      }
      return try arranged(rows, of: source)
    }
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

  /// SQL: the entries of a list that the account may read, in the order of the list.
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

  /// The newest readable matches of one source.
  private func walk(_ source: SearchSource, _ scope: (sql: String, arguments: [Value])) throws -> [Row] {
    var rows: [Row] = []
    var before = Int64.max
    for (number, window) in Self.windows.enumerated()
    where rows.count < (number < 2 ? max(limit, Self.arranged) : limit) {
      let entries = try candidates(
        matching: "kind : \(source.word) AND \(expression)", before: before, most: window)
      rows += try readable(entries, of: source, scope, most: max(limit, Self.arranged) - rows.count)
      guard let last = entries.last, entries.count == window else { break }
      before = last
    }
    return rows
  }

  static let textSQL = "SELECT substr(body, 1, \(snippetText)) FROM search_items WHERE id = ?"

  /// Matches in titles first; each group has the newest first.
  private func arranged(_ rows: [Row], of source: SearchSource) throws -> [SearchHit] {
    let isInTitle = rows.map { words.stand(in: SearchTokens($0.title)) }
    let order = rows.indices.filter { isInTitle[$0] } + rows.indices.filter { !isInTitle[$0] }
    return try order.prefix(limit).map { index in
      let row = rows[index]
      let text = try connection.first(Self.textSQL, row.entry) { $0.text(0) } ?? ""
      return SearchHit(
        kind: source.kind, id: row.id, title: row.title, snippet: SearchSnippet(of: text, words).string,
        link: source.link(row.id))
    }
  }

  private static func list(_ entries: [Int64]) -> String {
    "[" + entries.map { String($0) }.joined(separator: ",") + "]"
  }
}
