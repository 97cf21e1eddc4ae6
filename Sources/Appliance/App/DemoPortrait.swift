/// A drawn portrait as a PNG file: head, hair and shoulders before a plain background, 96 × 96 pixels.
struct DemoPortrait {
  typealias Color = IndexedPNG.Color

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
    return IndexedPNG(width: Self.size, height: Self.size, palette: palette, rows: rows).bytes
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
