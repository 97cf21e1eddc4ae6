import Store

/// The words that somebody looks for, as the index has them; nothing in them is syntax.
struct SearchWords: Sendable {
  /// Further words and letters are not looked at.
  private static let most = 16
  private static let longest = 500
  private static let mostTokens = 64

  /// Words that follow each other in a message; more than one where letters are written without spaces, or a sign
  /// stands in between.
  let phrases: [[[UInt8]]]
  /// The last word may go on.
  let isUnfinished: Bool

  /// Nil where there is no word to look for.
  init?(_ text: String?) {
    var phrases: [[[UInt8]]] = []
    var left = Self.mostTokens
    var isUnfinished = false
    let scalars = (text ?? "").unicodeScalars.prefix(Self.longest)
    for chunk in scalars.split(whereSeparator: Self.separates) where phrases.count < Self.most && left > 0 {
      let tokens = SearchTokens(String(chunk))
      guard let last = tokens.tokens.prefix(left).last else { continue }
      phrases.append(tokens.tokens.prefix(left).map { Array(tokens.word($0)) })
      isUnfinished = !last.isAlone
      left -= tokens.tokens.count
    }
    guard !phrases.isEmpty else { return nil }
    self.phrases = phrases
    self.isUnfinished = isUnfinished
  }

  private static func separates(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }

  /// The word that may go on; nil where none may.
  var beginning: String? {
    guard isUnfinished, let last = phrases.last?.last else { return nil }
    return String(decoding: last, as: UTF8.self)
  }

  /// What stands behind `MATCH`: every phrase is wanted, the last with one of `endings` in place of its last word, or
  /// with any word that begins like it.
  func expression(endings: [String]?) -> String {
    var parts = phrases.map(Self.quoted)
    guard isUnfinished, let last = parts.popLast() else { return parts.joined(separator: " AND ") }
    if let endings, let start = phrases.last?.dropLast() {
      let ends = endings.map { Self.quoted(start + [Array($0.utf8)]) }
      parts.append("(" + ends.joined(separator: " OR ") + ")")
    } else {
      parts.append(last + "*")
    }
    return parts.joined(separator: " AND ")
  }

  private static func quoted(_ words: some Sequence<[UInt8]>) -> String {
    "\"" + words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") + "\""
  }
}

/// The same words in a text.
extension SearchWords {
  /// Whether a text has them all.
  func stand(in text: SearchTokens) -> Bool {
    phrases.indices.allSatisfy { text.place(of: phrases[$0], isPrefix: mayGoOn($0)) != nil }
  }

  /// Where they are, as ranges of tokens, in order, each with the number of its phrase.
  func places(in text: SearchTokens) -> [(tokens: Range<Int>, phrase: Int)] {
    phrases.indices.flatMap { phrase in
      text.places(of: phrases[phrase], isPrefix: mayGoOn(phrase)).map { (tokens: $0, phrase: phrase) }
    }
    .sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  private func mayGoOn(_ phrase: Int) -> Bool { isUnfinished && phrase == phrases.count - 1 }
}
