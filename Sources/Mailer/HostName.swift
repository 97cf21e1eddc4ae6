/// Validation of host names, so that nothing else can get into a URL or a command.
enum HostName {
  /// Letters, digits, hyphens and underscores in labels of 1 to 63 characters, separated by dots; at most 253
  /// in all.
  static func isValid(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    guard (1...253).contains(name.count) else { return false }
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
        && label.last != UInt8(ascii: "-")
        && label.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }
  }

  /// Whether the text has only the characters of an IPv6 address; libcurl parses it afterwards.
  static func isIPv6(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    (2...45).contains(text.count) && text.contains(UInt8(ascii: ":"))
      && text.allSatisfy { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") || $0.isHexDigit }
  }
}

extension UInt8 {
  var isLetterOrDigit: Bool { isDigit || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) }
  var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self) }
  private var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension Unicode.Scalar {
  /// C0, DEL and C1, and the Unicode line and paragraph separators, which some programs treat as line breaks.
  var isControl: Bool {
    value < 0x20 || (0x7f...0x9f).contains(value) || value == 0x2028 || value == 0x2029
  }
}
