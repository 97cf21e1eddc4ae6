/// The check sum of ZIP archives (ISO 3309, reflected), of bytes that come in pieces.
struct CRC32: Sendable {
  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }

  private var sum: UInt32 = .max

  var value: UInt32 { ~sum }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    sum = Self.table.withUnsafeBufferPointer { table in
      bytes.reduce(sum) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8) }
    }
  }
}
