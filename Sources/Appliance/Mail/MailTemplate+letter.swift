import HTTP

/// A mail before it is laid out: what it says, in order, without any markup.
struct MailLetter: Sendable {
  enum Part: Sendable {
    case paragraph(String)
    /// Somebody else's sentence, set apart.
    case quote(String)
    /// A line to copy into a terminal.
    case command(String)
    /// Label and value, one to a row.
    case facts([(String, String)])
    /// Label and link: the one thing to do.
    case button(String, String)
    /// Words and where they lead, one to a line.
    case links([(String, String)])
    case note(String)
    /// Label and link of something that one may do, below the rest.
    case quietLink(String, String)
  }

  var subject: String
  var greeting: String
  var parts: [Part]
  var appliance = ""
  var footer = ""
  /// The language's way of announcing what follows.
  var colon = ":"

  /// The letter for readers without HTML; paragraphs are left to the reader's program to wrap.
  func plainText() -> String {
    let body = parts.map { part in
      switch part {
      case .paragraph(let text), .note(let text): text
      case .quote(let text): "> \(text)"
      case .command(let line): "    \(line)"
      case .facts(let rows): Self.columns(rows)
      case .button(let label, let link), .quietLink(let label, let link): "\(label)\(colon)\n\(link)"
      case .links(let lines): lines.map { "- \($0)\n  \($1)" }.joined(separator: "\n")
      }
    }
    let blocks = [greeting] + body + ["-- \n\(footer)"]
    return blocks.map(Self.withoutControls).joined(separator: "\n\n") + "\n"
  }

  private static func columns(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { label, value in
      "  \(label)\(String(repeating: " ", count: width - label.count + 2))\(value)"
    }.joined(separator: "\n")
  }

  /// Everything but a line feed that a terminal or a mail program might act upon becomes a space.
  static func withoutControls(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
      let isDirection = (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      return (isControl && scalar != "\n") || isDirection ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
