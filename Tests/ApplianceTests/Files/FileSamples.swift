/// Hand-made beginnings of files.
enum FileSamples {
  static func png(_ width: Int, _ height: Int, padding: Int = 40) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + big(width, 4)
      + big(height, 4) + [8, 6, 0, 0, 0] + zeros(padding)
  }

  static func gif(_ width: Int, _ height: Int) -> [UInt8] {
    Array("GIF89a".utf8) + little(width, 2) + little(height, 2) + zeros(10)
  }

  /// `isTurned` adds an Exif orientation of a quarter turn.
  static func jpeg(_ width: Int, _ height: Int, isTurned: Bool = false) -> [UInt8] {
    let exif =
      Array("Exif".utf8) + [0, 0] + Array("II".utf8) + little(42, 2) + little(8, 4) + little(1, 2)
      + little(0x0112, 2) + little(3, 2) + little(1, 4) + little(6, 2) + [0, 0]
    let segment = isTurned ? [0xFF, 0xE1] + big(exif.count + 2, 2) + exif : []
    return [0xFF, 0xD8] + segment + [0xFF, 0xDB, 0, 4, 1, 2, 0xFF, 0xFF, 0xC2, 0, 11, 8] + big(height, 2)
      + big(width, 2) + zeros(10)
  }

  static func webp(_ chunk: String, _ head: [UInt8]) -> [UInt8] {
    Array("RIFF".utf8) + zeros(4) + Array("WEBP".utf8) + Array(chunk.utf8) + zeros(4) + head + zeros(8)
  }

  static func mp4(_ brand: String) -> [UInt8] {
    big(20, 4) + Array(("ftyp" + brand).utf8) + zeros(8) + big(8, 4) + Array("mdat".utf8)
  }

  static func webm(_ kind: String) -> [UInt8] {
    [0x1A, 0x45, 0xDF, 0xA3, 0x8F, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84] + Array(kind.utf8) + zeros(8)
  }

  static func ogg(_ packet: [UInt8]) -> [UInt8] {
    Array("OggS".utf8) + zeros(22) + [1, 30] + packet + zeros(20)
  }

  /// Two frames at 128 kbit/s and 44.1 kHz, 417 bytes each.
  static func mp3(tag: Int? = nil) -> [UInt8] {
    let frame = [0xFF, 0xFB, 0x90, 0] + zeros(413)
    guard let tag else { return frame + frame }
    return Array("ID3".utf8) + [4, 0, 0, 0, 0, UInt8(tag >> 7), UInt8(tag & 127)] + zeros(tag) + frame + frame
  }

  static let wav = Array("RIFF".utf8) + zeros(4) + Array("WAVEfmt ".utf8) + zeros(20)

  static let pdf = Array("%PDF-1.7\n%%EOF\n".utf8)

  static let gzip = [0x1F, 0x8B, 8] + zeros(20)

  /// An archive with uncompressed files.
  static func zip(_ files: [(name: String, content: String)]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in files {
      let sizes = little(content.utf8.count, 4) + little(content.utf8.count, 4) + little(name.utf8.count, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + zeros(16) + sizes + zeros(12) + little(bytes.count, 4) + Array(name.utf8)
      bytes += [0x50, 0x4B, 3, 4] + zeros(14) + sizes + zeros(2) + Array((name + content).utf8)
    }
    let end =
      [0x50, 0x4B, 5, 6] + zeros(4) + little(files.count, 2) + little(files.count, 2)
      + little(directory.count, 4) + little(bytes.count, 4) + zeros(2)
    return bytes + directory + end
  }

  static func office(_ part: String) -> [UInt8] { zip([("[Content_Types].xml", "<a/>"), (part, "<b/>")]) }

  static func big(_ number: Int, _ length: Int) -> [UInt8] {
    (0..<length).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  static func little(_ number: Int, _ length: Int) -> [UInt8] { big(number, length).reversed() }

  static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}
