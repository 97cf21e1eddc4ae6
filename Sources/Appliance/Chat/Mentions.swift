/// Finds the usernames mentioned in a text: `@marie`, also before punctuation.
///
/// Code and links are recognized as on the page (`lib/chat/markdown.js`, `lib/chat/inline.js`); the cases in
/// Tests/Web/mentions.json test both. Names in code, in addresses and in link texts do not count. Runs in
/// linear time.
enum Mentions {
  static func names(in text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return [] }
    var names: [String] = []
    blocks(Array(text.unicodeScalars), depth: 0, &names)
    return names
  }

  /// Quotes deeper than this are text, as on the page.
  private static let deepestQuote = 4

  private static func blocks(_ text: [Unicode.Scalar], depth: Int, _ names: inout [String]) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var paragraph: [Unicode.Scalar] = []
    var index = 0
    func end(_ names: inout [String]) {
      if !paragraph.isEmpty { InlineText.names(in: paragraph, &names) }
      paragraph = []
    }
    while index < lines.count {
      let line = lines[index]
      if let fence = MessageLine.fence(line) {
        end(&names)
        index += 1
        while index < lines.count, !MessageLine.closes(lines[index], fence) { index += 1 }
        index += 1
      } else if depth < deepestQuote, MessageLine.quoted(line) != nil {
        end(&names)
        var inside: [Unicode.Scalar] = []
        while index < lines.count, let rest = MessageLine.quoted(lines[index]) {
          inside += rest + ["\n"]
          index += 1
        }
        blocks(inside, depth: depth + 1, &names)
      } else if let item = MessageLine.item(line) {
        end(&names)
        InlineText.names(in: Array(item), &names)
        index += 1
      } else if line.allSatisfy(\.isScriptSpace) {
        end(&names)
        index += 1
      } else {
        paragraph += line + ["\n"]
        index += 1
      }
    }
    end(&names)
  }
}

/// Recognizes the start of a line of a message.
enum MessageLine {
  typealias Line = ArraySlice<Unicode.Scalar>

  /// The length of a fence that opens a code block; nil otherwise.
  static func fence(_ line: Line) -> Int? {
    let rest = indented(line)
    let mark = rest.prefix { $0 == "`" }.count
    guard mark >= 3 else { return nil }
    let words = rest.dropFirst(mark).drop(while: \.isScriptSpace)
    let language = words.prefix { $0.isScriptWord || "+#.-".unicodeScalars.contains($0) }
    guard language.count <= 30, words.dropFirst(language.count).allSatisfy(\.isScriptSpace) else {
      return nil
    }
    return mark
  }

  static func closes(_ line: Line, _ fence: Int) -> Bool {
    let rest = indented(line)
    let mark = rest.prefix { $0 == "`" }.count
    return mark >= fence && rest.dropFirst(mark).allSatisfy(\.isScriptSpace)
  }

  /// The line after `>`; nil otherwise.
  static func quoted(_ line: Line) -> Line? {
    let rest = indented(line)
    guard rest.first == ">" else { return nil }
    let behind = rest.dropFirst()
    return behind.first?.isScriptSpace == true ? behind.dropFirst() : behind
  }

  /// The line after `-`, `*`, `•`, `1.` or `1)`; nil otherwise.
  static func item(_ line: Line) -> Line? {
    let rest = indented(line)
    var behind = rest.dropFirst()
    if rest.first.map({ "-*•".unicodeScalars.contains($0) }) != true {
      let digits = rest.prefix { ("0"..."9").contains($0) }.count
      behind = rest.dropFirst(digits)
      guard (1...9).contains(digits), behind.first == "." || behind.first == ")" else { return nil }
      behind = behind.dropFirst()
    }
    let words = behind.drop(while: \.isScriptSpace)
    return words.count < behind.count && !words.isEmpty ? words : nil
  }

  /// Removes up to three spaces of indentation; a line with more is plain text.
  private static func indented(_ line: Line) -> Line {
    line.dropFirst(line.prefix(3).prefix(while: \.isScriptSpace).count)
  }
}

extension Unicode.Scalar {
  /// As `\s` in JavaScript's regular expressions.
  var isScriptSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// As `\w` in JavaScript's regular expressions.
  var isScriptWord: Bool {
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  /// As `\p{L}` or `\p{N}`.
  var isLetterOrNumber: Bool {
    if isASCII { return isScriptWord && self != "_" }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }
}
