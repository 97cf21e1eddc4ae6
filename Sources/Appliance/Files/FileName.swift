/// A sanitized file name: no path, no characters that are problematic for systems or readers.
struct FileName: Sendable, Equatable {
  static let limit = 200
  private static let nameless = "file"

  let text: String

  init(_ raw: String) {
    let last =
      raw.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last
      ?? Substring.UnicodeScalarView()
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: last.filter(Self.isAllowed))
    var name = String(scalars).trimmed().unicodeScalars.drop { $0 == "." }
    while name.last == "." || name.last == " " { name = name.dropLast() }
    let kept = String(name)
    text = kept.isInvisible ? Self.nameless : Self.shortened(kept)
  }

  /// `Content-Disposition` (RFC 6266): the name in ASCII, and in UTF-8 when that differs.
  func disposition(isInline: Bool) -> String {
    let plain = text.unicodeScalars.map { scalar in
      scalar.isASCII && !"\"\\%".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
    }
    let header = "\(isInline ? "inline" : "attachment"); filename=\"\(String(plain))\""
    return String(plain) == text ? header : header + "; filename*=UTF-8''\(Self.encoded(text))"
  }

  /// Excludes control characters and bidirectional formatting characters.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFD:
      false
    default: true
    }
  }

  /// Shortens the name and keeps a short extension.
  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > limit else { return name }
    var ending = ""
    if let dot = name.unicodeScalars.lastIndex(of: "."), name[dot...].utf8.count <= 16 {
      ending = String(name[dot...])
    }
    var kept = String.UnicodeScalarView()
    var length = ending.utf8.count
    for scalar in name.unicodeScalars {
      length += UTF8.width(scalar)
      if length > limit { break }
      kept.append(scalar)
    }
    return String(kept) + ending
  }

  /// Percent-encodes all but attr-char (RFC 8187).
  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
