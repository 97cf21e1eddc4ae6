import Store

/// Rows of one source that share words with a text. Each word is looked up by itself, among its newest rows only, so that
/// the cost does not depend on how common it is.
struct SearchSimilar {
  /// The words of a text that are looked up: the longest, of at least so many characters.
  private static let mostWords = 6
  private static let shortestWord = 3
  private static let mostMatches = 40
  /// Words that begin like one of the text count as that word.
  private static let mostEndings = 6
  /// A row is like a text only if it shares a word of so many characters.
  private static let shortestTelling = 4
  /// Words that say nothing of what a text is about.
  private static let empty: Set<String> = [
    "about", "alors", "and", "aux", "avec", "ces", "comment", "dans", "des", "does", "est", "est-ce", "for",
    "from", "have",
    "how", "les", "mais", "mes", "mon", "not", "par", "pas", "peut", "plus", "pour", "pourquoi", "quand",
    "que", "quel",
    "quelle", "quelqu", "qui", "sans", "ses", "some", "son", "sont", "sur", "that", "the", "this", "tous",
    "tout", "une",
    "vos", "votre", "what", "when", "where", "which", "why", "with", "you", "your",
  ]

  let source: SearchSource
  let account: Account
  let connection: Connection

  /// The ids of the readable rows, the best first. A rare word counts more than a common one.
  func rows(_ text: String, most: Int) throws -> [Int64] {
    guard source.isOn(), let scope = source.scope(account, 0) else { return [] }
    var scores: [Int64: Double] = [:]
    var telling: Set<Int64> = []
    for word in Self.words(of: text) {
      let rows = try matches(of: word)
      let isTelling = word.unicodeScalars.count >= Self.shortestTelling
      for row in rows {
        scores[row, default: 0] += 1 / Double(2 + rows.count)
        if isTelling { telling.insert(row) }
      }
    }
    let best = telling.sorted { (scores[$0] ?? 0, $0) > (scores[$1] ?? 0, $1) }
    let list = "[" + best.map(String.init).joined(separator: ",") + "]"
    return try connection.query(
      SearchQuery.readableSQL(source.table, scope.sql),
      arguments: [list.value] + scope.arguments + [Int64(most).value]
    ) { $0.int64(0) }
  }

  private static func words(of text: String) -> ArraySlice<String> {
    let words = SearchTokens(text.clipped(to: 300)).longWords(from: shortestWord).subtracting(empty)
    return words.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }.prefix(mostWords)
  }

  private func matches(of word: String) throws -> Set<Int64> {
    // Of a plural, the singular; its plural is one of the words that begin like it.
    let isPlural = word.hasSuffix("s") && word.unicodeScalars.count > SearchIndex.shortestWord
    let word = isPlural ? String(word.unicodeScalars.dropLast()) : word
    var words = [word]
    if word.unicodeScalars.count >= SearchIndex.shortestWord {
      words += try connection.query(
        SearchQuery.endingsSQL, word, word + "\u{10FFFF}", Self.mostEndings
      ) { $0.text(0) }.filter { $0 != word }
    }
    let any = words.map { "\"\($0)\"" }.joined(separator: " OR ")
    let expression = "kind : (\"\(source.word)\") AND {title body} : (\(any))"
    return Set(
      try connection.query(SearchQuery.entriesSQL, expression, Int64.max, Self.mostMatches) { $0.int64(2) })
  }
}
