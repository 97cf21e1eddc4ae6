/// Writes XML for libvirt; escapes every text and attribute.
struct XMLWriter {
  private(set) var text = ""

  /// Attributes that are `nil` are omitted; an element without a body is self-closing.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:],
    body: ((inout XMLWriter) -> Void)? = nil
  ) {
    text += "<\(name)"
    for case (let key, let value?) in attributes {
      text += " \(key)='"
      write(escaped: value)
      text += "'"
    }
    guard let body else {
      text += "/>"
      return
    }
    text += ">"
    body(&self)
    text += "</\(name)>"
  }

  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], text content: String
  ) {
    element(name, attributes) { $0.write(escaped: content) }
  }

  static func document(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:],
    body: (inout XMLWriter) -> Void
  ) -> String {
    var writer = XMLWriter()
    withoutActuallyEscaping(body) { writer.element(name, attributes, body: $0) }
    return writer.text
  }

  private mutating func write(escaped value: String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "'": text += "&apos;"
      case "\"": text += "&quot;"
      case "\t", "\n", "\r": text += "&#\(scalar.value);"
      // XML 1.0 cannot represent these characters at all.
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
