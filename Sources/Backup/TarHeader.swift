/// The header of a file in a tar archive (POSIX ustar; GNU's binary numbers from 8 GiB).
struct TarHeader {
  static let block = 512
  private static let octalDigits = 11

  let name: String
  let size: Int64

  init(name: String, size: Int64) {
    self.name = name
    self.size = size
  }

  /// Nil for a block that is no header of a file.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.block, bytes[257..<262].elementsEqual("ustar".utf8),
      bytes[156] == UInt8(ascii: "0"), let size = Self.number(bytes[124..<136])
    else { return nil }
    name = String(decoding: bytes.prefix(100).prefix { $0 != 0 }, as: UTF8.self)
    self.size = size
  }

  /// The name has at most 100 bytes; `time` is in seconds since 1970.
  func bytes(time: Int64) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: Self.block)
    func put(_ text: some Sequence<UInt8>, _ place: Int) {
      for (offset, byte) in text.prefix(Self.block - place).enumerated() { block[place + offset] = byte }
    }
    put(name.utf8.prefix(100), 0)
    put("0000600".utf8, 100)
    put("0000000".utf8, 108)
    put("0000000".utf8, 116)
    put(Self.field(size), 124)
    put(Self.field(max(0, time)), 136)
    put("        ".utf8, 148)
    put("0".utf8, 156)
    put("ustar".utf8, 257)
    put("00".utf8, 263)
    let sum = block.reduce(0) { $0 + Int64($1) }
    put(Self.octal(sum, 6) + [0, 0x20], 148)
    return block
  }

  /// The zeros after a content of this size, up to a whole block.
  static func padding(_ size: Int64) -> Int {
    let rest = Int(size % Int64(block))
    return rest == 0 ? 0 : block - rest
  }

  private static func field(_ number: Int64) -> [UInt8] {
    if number < 1 << 33 { return octal(number, octalDigits) }
    return [0x80, 0, 0, 0] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }
  }

  private static func octal(_ number: Int64, _ digits: Int) -> [UInt8] {
    (0..<digits).reversed().map { 0x30 + UInt8(number >> (3 * Int64($0)) & 7) }
  }

  private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
    if field.first == 0x80 {
      let number = field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int64(exactly: number).flatMap { $0 < 1 << 50 ? $0 : nil }
    }
    let digits = field.prefix { $0 != 0 && $0 != 0x20 }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 << 3 | Int64($1 - 0x30) }
  }
}
