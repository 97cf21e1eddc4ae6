/// The part of a content requested by a `Range` header (RFC 9110, 14.1).
enum ByteRange: Equatable {
  /// All of it: no header, or one that may be ignored.
  case whole
  case part(Range<Int>)
  /// Not satisfiable: 416.
  case outside

  init(_ header: String?, of length: Int) {
    self = .whole
    guard let header, header.utf8.count <= 100, header.lowercased().hasBytes(prefix: "bytes=") else { return }
    let parts = Substring(header.utf8.dropFirst(6)).split(byte: "-", omittingEmptySubsequences: false)
      .map(\.trimmed)
    // No browser reads multiple ranges, so the whole content is sent.
    guard parts.count == 2, let first = Self.number(parts[0]), let last = Self.number(parts[1]) else {
      return
    }
    switch (first, last) {
    case (nil, nil): break
    case (nil, let count?): self = count > 0 && length > 0 ? .part(max(0, length - count)..<length) : .outside
    case (let start?, nil): self = start < length ? .part(start..<length) : .outside
    case (let start?, let end?):
      guard start <= end else { return }
      self = start < length ? .part(start..<min(length, end == .max ? end : end + 1)) : .outside
    }
  }

  /// Parses digits; `.some(nil)` when empty, nil when invalid.
  private static func number(_ text: Substring) -> Int?? {
    guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return .some(text.isEmpty ? nil : Int(text) ?? Int.max)
  }
}
