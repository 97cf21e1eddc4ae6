/// Extracts single values from XML written by libvirt (well formed, no CDATA, no DTD).
struct XMLReader {
  private var bytes: ArraySlice<UInt8>
  private var path: [String] = []

  /// The attribute of the first element at `path`, such as `"network/ip"`; nil when there is none.
  static func attribute(_ name: String, of path: String, in xml: String) -> String? {
    attributes(name, of: path, in: xml).first
  }

  /// The attribute of every element at `path` that has it, in document order.
  static func attributes(_ name: String, of path: String, in xml: String) -> [String] {
    var found: [String] = []
    read(xml) { element, attributes, _ in
      if element == path, let value = attributes[name] { found.append(value) }
    }
    return found
  }

  /// The text directly after the first start tag at `path`.
  static func text(of path: String, in xml: String) -> String? {
    var found: String?
    read(xml) { element, _, text in
      if found == nil, element == path { found = text }
    }
    return found
  }

  /// Visits every element in document order with its path, attributes and the text before its first child.
  static func read(_ xml: String, visit: (String, [String: String], String) -> Void) {
    var reader = XMLReader(bytes: ArraySlice(xml.utf8))
    reader.run(visit)
  }

  private mutating func run(_ visit: (String, [String: String], String) -> Void) {
    while let open = bytes.firstIndex(of: UInt8(ascii: "<")) {
      bytes = bytes[(open + 1)...]
      if bytes.starts(with: "!--".utf8) {
        skipComment()
      } else if bytes.first == UInt8(ascii: "!") || bytes.first == UInt8(ascii: "?") {
        _ = take { $0 == UInt8(ascii: ">") }
      } else if bytes.first == UInt8(ascii: "/") {
        _ = path.popLast()
      } else {
        startTag(visit)
      }
    }
  }

  private mutating func startTag(_ visit: (String, [String: String], String) -> Void) {
    path.append(take { Self.isSpace($0) || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "/") })
    var attributes: [String: String] = [:]
    while true {
      bytes = bytes.drop(while: Self.isSpace)
      guard let first = bytes.first else { return }
      if first == UInt8(ascii: ">") || first == UInt8(ascii: "/") { break }
      let name = take { $0 == UInt8(ascii: "=") }
      guard let quote = bytes.dropFirst().first else { return }
      bytes = bytes.dropFirst(2)
      attributes[name] = Self.unescaped(take { $0 == quote })
      bytes = bytes.dropFirst()
    }
    let closesItself = bytes.first == UInt8(ascii: "/")
    bytes = bytes.dropFirst(closesItself ? 2 : 1)
    let text =
      closesItself
      ? "" : Self.unescaped(String(decoding: bytes.prefix { $0 != UInt8(ascii: "<") }, as: UTF8.self))
    visit(path.joined(separator: "/"), attributes, text)
    if closesItself { path.removeLast() }
  }

  private mutating func take(until end: (UInt8) -> Bool) -> String {
    let taken = bytes.prefix { !end($0) }
    bytes = bytes[taken.endIndex...]
    return String(decoding: taken, as: UTF8.self)
  }

  private mutating func skipComment() {
    while !bytes.isEmpty, !bytes.starts(with: "-->".utf8) { bytes = bytes.dropFirst() }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let ampersand = rest.firstIndex(of: "&") {
      result += rest[..<ampersand]
      rest = rest[ampersand...]
      guard let end = rest.firstIndex(of: ";"), let scalar = entity(Substring(rest[..<end].dropFirst()))
      else {
        break
      }
      result.append(scalar)
      rest = rest[rest.index(after: end)...]
    }
    return String(result + rest)
  }

  private static func entity(_ name: Substring) -> Unicode.Scalar? {
    switch name {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "apos": "'"
    case "quot": "\""
    default:
      if name.hasPrefix("#x") {
        UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
      } else if name.hasPrefix("#") {
        UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
      } else {
        nil
      }
    }
  }
}
