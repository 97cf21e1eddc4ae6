import Encoding

/// Text as mail headers carry it: ASCII, folded, with no line end that the text itself brought along.
enum HeaderText {
  /// Unstructured text such as a subject: unchanged when short printable ASCII, else encoded by RFC 2047.
  static func unstructured(_ text: String) -> String {
    let clean = withoutControls(text)
    let isPlain = clean.utf8.allSatisfy { (0x20...0x7e).contains($0) }
    // Text that looks like an encoded word would be decoded by the reader.
    return isPlain && clean.utf8.count <= 60 && !hasEncodedWord(clean) ? clean : encodedWords(clean)
  }

  /// `<ada@example.org>` preceded by the name, quoted or encoded when necessary.
  static func address(_ address: Address) -> String {
    guard let name = address.name else { return "<\(address.email)>" }
    guard name.utf8.allSatisfy({ (0x20...0x7e).contains($0) }), name.utf8.count <= 60, !hasEncodedWord(name)
    else { return "\(encodedWords(name))\r\n <\(address.email)>" }
    var quoted = ""
    for scalar in name.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return "\"\(quoted)\" <\(address.email)>"
  }

  /// A file name for Content-Disposition, without folders; encoded by RFC 2231 unless it is ASCII.
  static func fileName(_ name: String) -> String {
    let clean = withoutControls(name).unicodeScalars
      .map { $0 == "/" || $0 == "\\" || $0 == "\"" ? "_" : $0 }.prefix(120)
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: clean)
    let isASCII = clean.allSatisfy(\.isASCII)
    return isASCII ? "filename=\"\(String(kept))\"" : "filename*=UTF-8''\(percentEncoded(String(kept)))"
  }

  /// Base64 encoded words of at most 75 characters, split at character boundaries, one per line.
  private static func encodedWords(_ text: String) -> String {
    var words: [String] = []
    var chunk: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if chunk.count + bytes.count > 45 {
        words.append("=?UTF-8?B?\(Base64.encode(chunk))?=")
        chunk = []
      }
      chunk += bytes
    }
    if !chunk.isEmpty { words.append("=?UTF-8?B?\(Base64.encode(chunk))?=") }
    return words.joined(separator: "\r\n ")
  }

  private static func hasEncodedWord(_ text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if previous == UInt8(ascii: "="), byte == UInt8(ascii: "?") { return true }
      previous = byte
    }
    return false
  }

  private static func withoutControls(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isControl ? " " : $0 }))
  }

  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      if byte.isLetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
