/// The headers of a request, copied into one block of bytes and searched on demand.
public struct Headers: Sendable {
  /// name, NUL, value, NUL, …: as C strings, neither contains a NUL.
  private var storage: [UInt8] = []

  public init() {}

  public init(_ pairs: [(String, String)]) {
    for (name, value) in pairs { append(name: name, value: value) }
  }

  /// The first value of a header; names are case-insensitive.
  public subscript(name: String) -> String? {
    var name = name
    return name.withUTF8 { wanted in
      withFirst(wanted) { value in value.map { String(decoding: $0, as: UTF8.self) } }
    }
  }

  /// Every value of a header, in order.
  public func all(_ name: String) -> [String] {
    pairs().filter { Self.equal($0.name.utf8, name.utf8) }.map(\.value)
  }

  /// All headers in the order received.
  public func pairs() -> [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    storage.withUnsafeBufferPointer { bytes in
      Self.forEach(bytes) { name, value in
        found.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        return true
      }
    }
    return found
  }

  mutating func reserve(_ bytes: Int) { storage.reserveCapacity(bytes) }

  mutating func append(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
    storage.append(contentsOf: name)
    storage.append(0)
    storage.append(contentsOf: value)
    storage.append(0)
  }

  /// Passes the first value of a header to `body` without copying it.
  func withFirst<R>(
    _ wanted: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>?) -> R
  ) -> R {
    storage.withUnsafeBufferPointer { bytes in
      var found: UnsafeBufferPointer<UInt8>?
      Self.forEach(bytes) { name, value in
        guard name.count == wanted.count, Self.equal(name, wanted) else { return true }
        found = value
        return false
      }
      return body(found)
    }
  }

  private mutating func append(name: String, value: String) {
    storage.append(contentsOf: name.utf8.filter { $0 != 0 })
    storage.append(0)
    storage.append(contentsOf: value.utf8.filter { $0 != 0 })
    storage.append(0)
  }

  private static func forEach(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    var start = 0
    while start < bytes.count {
      let nameEnd = end(of: bytes, from: start)
      let valueEnd = end(of: bytes, from: nameEnd + 1)
      let name = UnsafeBufferPointer(rebasing: bytes[start..<nameEnd])
      let value = UnsafeBufferPointer(rebasing: bytes[min(nameEnd + 1, valueEnd)..<valueEnd])
      guard body(name, value) else { return }
      start = valueEnd + 1
    }
  }

  private static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != 0 { index += 1 }
    return min(index, bytes.count)
  }

  /// Compares ASCII letters without case, other bytes exactly.
  static func equal(_ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>) -> Bool {
    var other = b.makeIterator()
    for byte in a {
      guard let against = other.next(), lowered(byte) == lowered(against) else { return false }
    }
    return other.next() == nil
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
