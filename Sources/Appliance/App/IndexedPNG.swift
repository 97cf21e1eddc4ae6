/// A PNG file with a palette (RFC 2083), not compressed.
struct IndexedPNG {
  typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

  let width: Int
  let height: Int
  let palette: [Color]
  /// Each row begins with the byte of its filter.
  let rows: [UInt8]

  var bytes: [UInt8] {
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", Self.big(UInt32(width)) + Self.big(UInt32(height)) + [8, 3, 0, 0, 0])
      + chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
      + chunk("IDAT", [0x78, 0x01] + stored + Self.big(adler)) + chunk("IEND", [])
  }

  /// DEFLATE blocks without compression (RFC 1951).
  private var stored: [UInt8] {
    var blocks: [UInt8] = []
    var rest = rows[...]
    while !rest.isEmpty {
      let part = rest.prefix(65_535)
      rest = rest.dropFirst(part.count)
      let length = UInt16(part.count)
      blocks += [rest.isEmpty ? 1 : 0, UInt8(length & 255), UInt8(length >> 8)]
      blocks += [UInt8(~length & 255), UInt8(~length >> 8)] + part
    }
    return blocks
  }

  private var adler: UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in rows {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }

  private func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(type.utf8) + data
    return Self.big(UInt32(data.count)) + content + Self.big(Self.crc(content))
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }
}
