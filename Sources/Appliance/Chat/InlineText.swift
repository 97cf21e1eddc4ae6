/// Parses inline markup of a message (code, links, mentions) in the same way as `lib/chat/inline.js`.
struct InlineText {
  private let text: [Unicode.Scalar]
  private var index = 0
  /// The start positions of backtick runs not passed yet, by length of the run, the next one last.
  private var fences: [Int: [Int]] = [:]
  /// Cache: the end of the run of characters at which the local part of a mail address was last looked for.
  private var localEnd = 0

  private init(_ text: [Unicode.Scalar]) {
    self.text = text
    var end = text.count
    while end > 0 {
      guard text[end - 1] == "`" else {
        end -= 1
        continue
      }
      var start = end - 1
      while start > 0, text[start - 1] == "`" { start -= 1 }
      fences[end - start, default: []].append(start)
      end = start
    }
  }

  static func names(in text: [Unicode.Scalar], _ names: inout [String]) {
    var inline = InlineText(text)
    while inline.index < text.count { inline.step(&names) }
  }

  private mutating func step(_ names: inout [String]) {
    let scalar = text[index]
    switch scalar {
    case "\\": index += isEscapable(at: index + 1) ? 2 : 1
    case "`": code()
    case "[": index = linkEnd(from: index) ?? index + 1
    case "@":
      if let name = name(at: index) {
        names.append(String(String.UnicodeScalarView(text[(index + 1)..<name])))
        index = name
      } else {
        index += 1
      }
    default: index = webEnd(from: index) ?? mailEnd(from: index) ?? index + 1
    }
  }

  private func scalar(_ index: Int) -> Unicode.Scalar? { text.indices.contains(index) ? text[index] : nil }

  private func isEscapable(at index: Int) -> Bool {
    scalar(index).map { "\\`*_~[]@>#()-".unicodeScalars.contains($0) } ?? false
  }

  /// Skips a code span, or the backticks when they are not closed.
  private mutating func code() {
    let start = index
    while scalar(index) == "`" { index += 1 }
    let length = index - start
    while let next = fences[length]?.last {
      fences[length]?.removeLast()
      if next >= index {
        index = next + length
        return
      }
    }
  }

  /// The end of a name after `@`; nil in a mail address such as `marie@example.org`.
  private func name(at sign: Int) -> Int? {
    if let before = scalar(sign - 1), before.isNamePart || !before.isASCII { return nil }
    var end = sign + 1
    while let next = scalar(end), next.isNamePart { end += 1 }
    while end > sign + 1, !(text[end - 1].isScriptWord && text[end - 1] != "_") { end -= 1 }
    return end > sign + 1 ? end : nil
  }

  /// The end of `https://…`, `http://…` or `www.…`: the next white space or angle bracket.
  private func webEnd(from start: Int) -> Int? {
    guard text[start] == "h" || text[start] == "w" else { return nil }
    let begins = ["https://", "http://", "www."].first { text[start...].starts(with: $0.unicodeScalars) }
    guard let begins else { return nil }
    var end = start + begins.unicodeScalars.count
    let least = end
    while let next = scalar(end), !next.isScriptSpace, next != "<", next != ">" { end += 1 }
    return end > least ? end : nil
  }
}

/// Web and mail addresses.
extension InlineText {
  /// The end of `name@example.org`: a local part of at most 64 characters, and labels of at most 63.
  private mutating func mailEnd(from start: Int) -> Int? {
    guard text[start].isMailPart else { return nil }
    if localEnd <= start {
      localEnd = start + 1
      while let next = scalar(localEnd), next.isMailPart { localEnd += 1 }
    }
    guard localEnd - start <= 64, scalar(localEnd) == "@" else { return nil }
    var end = labelEnd(from: localEnd + 1)
    guard end > localEnd + 1 else { return nil }
    var labels = 0
    while labels < 6, scalar(end) == "." {
      let next = labelEnd(from: end + 1)
      if next == end + 1 { break }
      end = next
      labels += 1
    }
    return labels > 0 ? end : nil
  }

  private func labelEnd(from start: Int) -> Int {
    var end = start
    while end < start + 63, let next = scalar(end), next == "-" || next.isLetterOrNumber { end += 1 }
    return end
  }

  /// The end of `[words](address)`.
  private func linkEnd(from start: Int) -> Int? {
    var end = start + 1
    while end <= start + 301, let next = scalar(end), !"[]\n".unicodeScalars.contains(next) { end += 1 }
    guard (2...301).contains(end - start), scalar(end) == "]", scalar(end + 1) == "(" else { return nil }
    let address = afterBlanks(end + 2)
    var close = addressEnd(address, most: 2000)
    guard close > address, isFollowed(text[address..<close]) else { return nil }
    if scalar(close) == "(" {
      let inner = addressEnd(close + 1, most: 500)
      guard scalar(inner) == ")" else { return nil }
      // The second parenthesis may also be the end of the link itself; the first possible end counts.
      close = addressEnd(inner + 1, most: 500)
    }
    close = afterBlanks(close)
    return scalar(close) == ")" ? close + 1 : nil
  }

  private func afterBlanks(_ start: Int) -> Int {
    var end = start
    while end < start + 3, scalar(end)?.isScriptSpace == true { end += 1 }
    return end
  }

  private func addressEnd(_ start: Int, most: Int) -> Int {
    var end = start
    while end < start + most, let next = scalar(end), !next.isScriptSpace,
      !"()<>".unicodeScalars.contains(next)
    {
      end += 1
    }
    return end
  }

  /// Whether the address is a web or mail address; others are not links.
  private func isFollowed(_ address: ArraySlice<Unicode.Scalar>) -> Bool {
    let beginning = String(String.UnicodeScalarView(address.prefix(8))).lowercased().utf8
    return ["https://", "http://", "mailto:", "www."].contains { beginning.starts(with: $0.utf8) }
  }
}

extension Unicode.Scalar {
  /// Whether the character may be part of a username.
  fileprivate var isNamePart: Bool { isScriptWord || self == "." || self == "-" }

  /// Whether the character may be in the local part of a mail address.
  fileprivate var isMailPart: Bool { isLetterOrNumber || "._%+-".unicodeScalars.contains(self) }
}
