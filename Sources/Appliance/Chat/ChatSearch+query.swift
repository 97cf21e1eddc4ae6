/// The words that somebody looks for, as the index understands them; nothing in them is syntax.
struct ChatWords: Sendable {
  /// Further words are not looked at.
  private static let most = 16
  private static let longest = 500

  /// The expression behind `MATCH`: each word in quotes, all wanted, the last one perhaps unfinished.
  let expression: String

  /// Nil where there is no word to look for.
  init?(_ text: String?) {
    let text = String((text ?? "").prefix(Self.longest))
    let words = text.split {
      $0.isWhitespace || $0.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    .filter { $0.unicodeScalars.contains(where: Self.isIndexed) }
    guard !words.isEmpty else { return nil }
    let quoted = words.prefix(Self.most).map { word in
      "\"" + word.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
    }
    expression = quoted.joined(separator: " ") + "*"
  }

  /// Whether the tokenizer takes it for a part of a word: letters, numbers, private characters.
  private static func isIndexed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }
}
