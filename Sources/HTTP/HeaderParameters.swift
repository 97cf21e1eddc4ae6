/// The parameters of a header value: `form-data; name="file"; filename="a b.png"`.
struct HeaderParameters {
  private var values: [String: String] = [:]

  /// Of parameters with the same name the first counts; malformed ones are skipped.
  init(_ header: String) {
    var rest = Array(header.utf8)[...]
    while let semicolon = rest.firstIndex(of: UInt8(ascii: ";")) {
      rest = rest[(semicolon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
      let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
      rest = rest.dropFirst(name.count)
      guard rest.first == UInt8(ascii: "=") else { continue }
      rest = rest.dropFirst()
      let value = rest.first == UInt8(ascii: "\"") ? Self.quoted(&rest) : Self.bare(&rest)
      let key = String(decoding: name, as: UTF8.self).lowercased()
      if values[key] == nil { values[key] = value }
    }
  }

  /// The value of the parameter, by its name in lower case.
  subscript(name: String) -> String? { values[name] }

  /// `filename*` (RFC 8187) if valid, else `filename` in the encoding that browsers use.
  var fileName: String? {
    if let extended = values["filename*"] {
      let parts = extended.split(byte: "'", maxSplits: 2, omittingEmptySubsequences: false)
      if parts.count == 3, parts[0].lowercased() == "utf-8",
        let name = PercentCoding.decode(Array(parts[2].utf8))
      {
        return name
      }
    }
    // Browsers escape only these three characters in a file name (HTML standard, multipart/form-data).
    return values["filename"].map(Self.unescaped)
  }

  private static func unescaped(_ name: String) -> String {
    var rest = Array(name.utf8)[...]
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch (byte, String(decoding: rest.prefix(2), as: UTF8.self)) {
      case (UInt8(ascii: "%"), "22"): bytes.append(UInt8(ascii: "\""))
      case (UInt8(ascii: "%"), "0D"): bytes.append(0x0D)
      case (UInt8(ascii: "%"), "0A"): bytes.append(0x0A)
      default:
        bytes.append(byte)
        continue
      }
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func bare(_ rest: inout ArraySlice<UInt8>) -> String {
    let value = rest.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }
    rest = rest.dropFirst(value.count)
    return String(decoding: value, as: UTF8.self)
  }

  /// A backslash escapes only a quote or a backslash: old browsers send paths with plain backslashes.
  private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String {
    var value: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\"), let next = rest.first,
        next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
      {
        value.append(next)
        rest = rest.dropFirst()
      } else {
        value.append(byte)
      }
    }
    return String(decoding: value, as: UTF8.self)
  }
}
