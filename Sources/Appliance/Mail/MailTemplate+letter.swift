import HTTP

/// The content of a mail in order, independent of its layout.
struct MailLetter: Sendable {
  enum Part: Sendable {
    case paragraph(String)
    /// A text written by someone else, set apart.
    case quote(String)
    /// A line to copy into a terminal.
    case command(String)
    /// Pairs of label and value, one per row.
    case facts([(String, String)])
    /// Label and URL of the main action.
    case button(String, String)
    /// Texts with their URLs, and what is to be said below some of them.
    case links([(text: String, note: String?, link: String)])
    case note(String)
    /// Label and URL of an optional action at the end.
    case quietLink(String, String)
  }

  var subject: String
  var greeting: String
  var parts: [Part]
  var appliance = ""
  var footer = ""
  /// The colon in the language's typography.
  var colon = ":"

  /// The plain-text version; paragraphs are not wrapped.
  func plainText() -> String {
    let body = parts.map { part in
      switch part {
      case .paragraph(let text), .note(let text): text
      case .quote(let text): "> \(text)"
      case .command(let line): "    \(line)"
      case .facts(let rows): Self.columns(rows)
      case .button(let label, let link), .quietLink(let label, let link): "\(label)\(colon)\n\(link)"
      case .links(let lines):
        lines.map { line in "- \(line.text)\n" + (line.note.map { "  \($0)\n" } ?? "") + "  \(line.link)" }
          .joined(separator: "\n")
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

  /// Replaces control characters other than line feeds by spaces.
  static func withoutControls(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
      let isDirection = (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      return (isControl && scalar != "\n") || isDirection ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
