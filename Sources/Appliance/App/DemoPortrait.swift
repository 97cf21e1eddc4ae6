/// A drawn portrait as a PNG file: head, hair and shoulders before a plain background, 96 × 96 pixels.
struct DemoPortrait {
  typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

  private static let size = 96
  private static let skins: [Color] = [(255, 219, 190), (241, 194, 155), (198, 134, 92), (120, 76, 50)]
  private static let hairs: [Color] = [
    (58, 40, 30), (28, 26, 30), (140, 92, 48), (214, 172, 96), (150, 62, 40),
  ]
  private static let clothes: [Color] = [
    (46, 92, 138), (150, 66, 84), (58, 120, 92), (94, 78, 146), (196, 122, 52),
  ]
  private static let backgrounds: [Color] = [
    (222, 234, 244), (244, 230, 222), (226, 240, 228), (236, 228, 244),
  ]

  let skin: Int
  let hair: Int
  let isLong: Bool
  /// Chooses the clothes and the background.
  let number: Int

  /// The picture as a PNG file.
  var png: [UInt8] {
    let palette = [
      Self.pick(Self.backgrounds, number), Self.pick(Self.clothes, number), Self.pick(Self.hairs, hair),
      Self.pick(Self.skins, skin), (52, 40, 38),
    ]
    var rows: [UInt8] = []
    for y in 0..<Self.size {
      rows.append(0)  // no filter
      for x in 0..<Self.size { rows.append(index(x, y)) }
    }
    return IndexedPNG(size: Self.size, palette: palette, rows: rows).bytes
  }

  private static func pick(_ colors: [Color], _ number: Int) -> Color {
    colors[abs(number % colors.count)]
  }

  /// The palette index of a pixel, from front to back.
  private func index(_ x: Int, _ y: Int) -> UInt8 {
    func isIn(_ centerX: Int, _ centerY: Int, _ width: Int, _ height: Int) -> Bool {
      let (dx, dy) = ((x - centerX) * height, (y - centerY) * width)
      return dx * dx + dy * dy <= width * width * height * height
    }
    if isIn(40, 46, 2, 3) || isIn(56, 46, 2, 3) { return 4 }
    if isIn(48, 58, 7, 4) && y > 58 { return 4 }
    if isIn(48, 34, 21, 16) && y < 36 { return 2 }
    if isIn(48, 46, 18, 22) || (abs(x - 48) < 7 && (60..<74).contains(y)) { return 3 }
    if isLong && isIn(48, 46, 25, 30) && y > 26 { return 2 }
    if isIn(48, 98, 34, 28) { return 1 }
    return 0
  }
}

/// A PNG file with a palette (RFC 2083), not compressed.
private struct IndexedPNG {
  let size: Int
  let palette: [DemoPortrait.Color]
  /// Each row begins with the byte of its filter.
  let rows: [UInt8]

  var bytes: [UInt8] {
    let side = Self.big(UInt32(size))
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", side + side + [8, 3, 0, 0, 0])
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
