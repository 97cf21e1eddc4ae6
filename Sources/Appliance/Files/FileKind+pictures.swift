/// Detection of image formats and sizes from their headers.
extension FileKind {
  static func picture(_ bytes: FileBytes) -> FileKind? {
    png(bytes) ?? jpeg(bytes) ?? gif(bytes) ?? webp(bytes)
  }

  private static func picture(_ type: String, _ width: Int?, _ height: Int?) -> FileKind? {
    guard let width, let height, width > 0, height > 0, width <= 1 << 24, height <= 1 << 24 else {
      return nil
    }
    return FileKind(type: type, isInline: true, width: width, height: height)
  }

  private static func png(_ bytes: FileBytes) -> FileKind? {
    guard bytes.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), bytes.big(8, 4) == 13,
      bytes.has("IHDR", at: 12), bytes.count > 33
    else { return nil }
    return picture("image/png", bytes.big(16, 4), bytes.big(20, 4))
  }

  private static func gif(_ bytes: FileBytes) -> FileKind? {
    guard bytes.has("GIF87a") || bytes.has("GIF89a"), bytes.count > 13 else { return nil }
    return picture("image/gif", bytes.little(6, 2), bytes.little(8, 2))
  }

  /// RFC 9649: a RIFF file whose first chunk determines the encoding.
  private static func webp(_ bytes: FileBytes) -> FileKind? {
    guard bytes.has("RIFF"), bytes.has("WEBP", at: 8) else { return nil }
    if bytes.has("VP8X", at: 12), let width = bytes.little(24, 3), let height = bytes.little(27, 3) {
      return picture("image/webp", width + 1, height + 1)
    }
    if bytes.has("VP8L", at: 12), bytes[20] == 0x2F, let sizes = bytes.little(21, 4) {
      return picture("image/webp", sizes & 0x3FFF + 1, sizes >> 14 & 0x3FFF + 1)
    }
    if bytes.has("VP8 ", at: 12), bytes.has([0x9D, 0x01, 0x2A], at: 23),
      let width = bytes.little(26, 2), let height = bytes.little(28, 2)
    {
      return picture("image/webp", width & 0x3FFF, height & 0x3FFF)
    }
    return nil
  }

  /// Segments of a marker and a length, up to the start of a frame.
  private static func jpeg(_ bytes: FileBytes) -> FileKind? {
    guard bytes.has([0xFF, 0xD8, 0xFF]) else { return nil }
    var place = 2
    var isTurned = false
    while bytes[place] == 0xFF, let marker = bytes[place + 1] {
      switch marker {
      case 0xFF: place += 1
      case 0x01, 0xD0...0xD7: place += 2
      case 0xD8, 0xD9, 0xDA: return nil
      // Start of frame: C0 to CF except DHT (C4), JPG (C8) and DAC (CC).
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        let height = bytes.big(place + 5, 2)
        let width = bytes.big(place + 7, 2)
        return isTurned ? picture("image/jpeg", height, width) : picture("image/jpeg", width, height)
      default:
        guard let length = bytes.big(place + 2, 2), length >= 2 else { return nil }
        if marker == 0xE1, let segment = bytes.part(place + 4, length - 2) {
          isTurned = Exif.isTurned(FileBytes(segment))
        }
        place += 2 + length
      }
    }
    return nil
  }
}

/// Exif metadata.
private enum Exif {
  /// Whether the orientation swaps width and height.
  static func isTurned(_ segment: FileBytes) -> Bool {
    guard segment.has("Exif"), segment.has([0, 0], at: 4) else { return false }
    let base = 6
    let isLittle = segment.has("II", at: base)
    guard isLittle || segment.has("MM", at: base) else { return false }
    let number = { (place: Int, length: Int) in
      isLittle ? segment.little(place, length) : segment.big(place, length)
    }
    guard let start = number(base + 4, 4), let entries = number(base + start, 2) else { return false }
    for entry in 0..<min(entries, 100) {
      let place = base + start + 2 + entry * 12
      guard let tag = number(place, 2) else { return false }
      if tag == 0x0112 { return number(place + 8, 2).map { (5...8).contains($0) } ?? false }
    }
    return false
  }
}
