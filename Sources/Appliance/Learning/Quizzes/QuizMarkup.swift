/// HTML in questions of other systems, as plain text.
enum QuizMarkup {
  /// Without tags, and with characters in place of their entities; paragraphs and line breaks are kept. What begins like
  /// a tag or an entity and does not end stays as it is. The time is linear in the length.
  static func plain(_ html: String) -> String {
    var plain = String.UnicodeScalarView()
    var rest = html.unicodeScalars[...]
    var mayEnd = true
    while let scalar = rest.popFirst() {
      if scalar == "<", mayEnd, let first = rest.first, first == "/" || first == "!" || isLetter(first) {
        guard let end = rest.firstIndex(of: ">") else {
          mayEnd = false
          plain.append(scalar)
          continue
        }
        let name = rest.drop { $0 == "/" }.prefix { isLetter($0) }
        if breaks.contains(String(name).lowercased()) { plain.append("\n") }
        rest = rest[rest.index(after: end)...]
      } else if scalar == "&", let (character, after) = entity(rest) {
        plain.append(character)
        rest = after
      } else {
        plain.append(scalar)
      }
    }
    let lines = String(plain).split(whereSeparator: \.isNewline).map { String($0).trimmed() }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static let breaks: Set<String> = ["br", "p", "div", "li", "tr", "h", "ul", "ol"]

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static let entities: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "eacute": "é", "egrave": "è",
    "agrave": "à", "ccedil": "ç", "ecirc": "ê", "rsquo": "’", "laquo": "«", "raquo": "»", "ndash": "–",
    "mdash": "—", "hellip": "…", "deg": "°", "times": "×", "euro": "€", "oelig": "œ",
  ]

  /// The character of an entity, and what follows its `;`.
  private static func entity(
    _ rest: Substring.UnicodeScalarView
  ) -> (Unicode.Scalar, Substring.UnicodeScalarView)? {
    let name = rest.prefix(10).prefix { $0 != ";" }
    let after = rest[name.endIndex...]
    guard after.first == ";" else { return nil }
    let word = String(name)
    let found: Unicode.Scalar?
    if word.hasPrefix("#x") || word.hasPrefix("#X") {
      found = UInt32(word.dropFirst(2), radix: 16).flatMap { Unicode.Scalar($0) }
    } else if word.hasPrefix("#") {
      found = UInt32(word.dropFirst()).flatMap { Unicode.Scalar($0) }
    } else {
      found = entities[word]
    }
    return found.map { ($0, after.dropFirst()) }
  }
}
