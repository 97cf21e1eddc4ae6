import Store

extension SearchWords {
  /// Skips from word to word of a vocabulary (`fts5vocab`, instance), at a cost independent of the number of
  /// rows that contain each.
  static func endingsSQL(_ vocabulary: String) -> String {
    """
    WITH RECURSIVE words (word) AS (
      SELECT (SELECT term FROM \(vocabulary) WHERE term >= ?1 LIMIT 1)
      UNION ALL
      SELECT (SELECT v.term FROM \(vocabulary) AS v WHERE v.term >= words.word || char(1) LIMIT 1)
      FROM words WHERE words.word < ?2)
    SELECT word FROM words WHERE word < ?2 LIMIT ?3
    """
  }

  /// The indexed words that start with the last word, when it has at least `shortest` characters; nil when there are
  /// more than `most`, or the last word is complete. `sql` selects the words from `?1` to below `?2`, at most `?3`.
  ///
  /// A query for each of them reads only the newest matches. One for the prefix collects all of them first.
  func endings(
    _ sql: String, from shortest: Int, most: Int, _ connection: Connection
  ) throws -> [String]? {
    guard let beginning, beginning.unicodeScalars.count >= shortest else { return nil }
    let words = try connection.query(sql, beginning, beginning + "\u{10FFFF}", most + 1) { $0.text(0) }
    return words.count > most ? nil : words
  }
}
