/// The text of office documents, which are ZIP archives of XML.
enum OfficeText {
  private static let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  private static let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  private static let slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
  private static let openDocument = "application/vnd.oasis.opendocument."

  /// Patterns for the members of the archive that hold its text; nil for another type.
  static func parts(of type: String) -> [String]? {
    switch type {
    case word: ["word/document.xml", "word/footnotes.xml"]
    case sheet: ["xl/sharedStrings.xml"]
    case slides: ["ppt/slides/slide*.xml"]
    default: type.hasBytes(prefix: openDocument) ? ["content.xml"] : nil
    }
  }

  /// Elements whose end is a line break: of Word, PowerPoint, Excel and OpenDocument.
  private static let lines: Set<String> = ["p", "h", "si", "tr", "table-row"]
  private static let blanks: Set<String> = ["tab", "br", "cr", "s", "line-break", "tc", "table-cell"]

  /// The text of XML without tags. The letters of a word stay together even if several elements contain them.
  static func plain(_ xml: [UInt8], most: Int) -> String {
    var text: [UInt8] = []
    var place = 0
    while place < xml.count, text.count < most {
      switch xml[place] {
      case UInt8(ascii: "<"):
        let end = xml[place...].firstIndex(of: UInt8(ascii: ">")) ?? xml.count
        if let mark = mark(xml[(place + 1)..<max(place + 1, min(end, xml.count))]), text.last != mark {
          text.append(mark)
        }
        place = end + 1
      case UInt8(ascii: "&"):
        let rest = xml[(place + 1)..<min(place + 12, xml.count)]
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")), let scalar = scalar(rest[..<end]) else {
          place += 1
          continue
        }
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
        place = end + 1
      case let byte:
        text.append(byte)
        place += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The separator that replaces a tag, given the text between its brackets; nil for none.
  private static func mark(_ tag: ArraySlice<UInt8>) -> UInt8? {
    let isEnd = tag.first == UInt8(ascii: "/")
    let name = (isEnd ? tag.dropFirst() : tag).prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    let word = String(decoding: local.prefix(16), as: UTF8.self)
    if isEnd, lines.contains(word) { return UInt8(ascii: "\n") }
    return blanks.contains(word) ? UInt8(ascii: " ") : nil
  }

  private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    switch String(decoding: name, as: UTF8.self) {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    case let text where text.hasBytes(prefix: "#x"):
      return UInt32(text.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    case let text where text.hasBytes(prefix: "#"):
      return UInt32(text.dropFirst()).flatMap(Unicode.Scalar.init)
    default: return nil
    }
  }
}
