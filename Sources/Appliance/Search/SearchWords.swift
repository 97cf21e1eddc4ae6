import Store

/// The words of a search, split as in the index; none of them is interpreted as query syntax.
struct SearchWords: Sendable {
  /// Limits; further words and characters are ignored.
  private static let most = 16
  private static let longest = 500
  private static let mostTokens = 64

  /// Phrases of consecutive words. A phrase has several words in scripts without spaces, or around
  /// punctuation.
  let phrases: [[[UInt8]]]
  /// Whether the last word may be a prefix.
  let isUnfinished: Bool

  /// Nil when the text contains no words.
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

  /// The last word if it may be a prefix, else nil.
  var beginning: String? {
    guard isUnfinished, let last = phrases.last?.last else { return nil }
    return String(decoding: last, as: UTF8.self)
  }

  /// The expression for `MATCH`: all phrases must occur, the last one ending in any of `endings` or, if nil,
  /// in any word with that prefix.
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

/// Matching these words against a text.
extension SearchWords {
  /// Whether the text contains all phrases.
  func stand(in text: SearchTokens) -> Bool {
    phrases.indices.allSatisfy { text.place(of: phrases[$0], isPrefix: mayGoOn($0)) != nil }
  }

  /// The matches as ranges of tokens, in order, each with the index of its phrase.
  func places(in text: SearchTokens) -> [(tokens: Range<Int>, phrase: Int)] {
    phrases.indices.flatMap { phrase in
      text.places(of: phrases[phrase], isPrefix: mayGoOn(phrase)).map { (tokens: $0, phrase: phrase) }
    }
    .sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  private func mayGoOn(_ phrase: Int) -> Bool { isUnfinished && phrase == phrases.count - 1 }
}
