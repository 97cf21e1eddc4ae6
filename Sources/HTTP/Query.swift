/// The parameters after the question mark, decoded on demand (`+` and `%20` are both a space).
public struct Query: Sendable {
  /// As it was sent.
  public let raw: String

  /// `q=a&limit=5`, without the question mark.
  public init(_ raw: String) { self.raw = raw }

  /// The first value of a name; "" when the name stands alone, nil when it is missing or badly encoded.
  public subscript(name: String) -> String? {
    guard !raw.isEmpty else { return nil }
    for pair in raw.utf8.split(separator: UInt8(ascii: "&")) {
      let (key, value) = Self.halves(pair)
      if PercentCoding.decode(key, plusIsSpace: true) == name {
        return PercentCoding.decode(value, plusIsSpace: true)
      }
    }
    return nil
  }

  /// All validly encoded pairs, in order.
  public var all: [(name: String, value: String)] {
    raw.utf8.split(separator: UInt8(ascii: "&")).compactMap { pair in
      let (key, value) = Self.halves(pair)
      guard let name = PercentCoding.decode(key, plusIsSpace: true),
        let value = PercentCoding.decode(value, plusIsSpace: true)
      else { return nil }
      return (name, value)
    }
  }

  private static func halves(_ pair: Substring.UTF8View) -> (Substring.UTF8View, Substring.UTF8View) {
    guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return (pair, pair.suffix(0)) }
    return (pair[..<equals], pair[pair.index(after: equals)...])
  }
}
