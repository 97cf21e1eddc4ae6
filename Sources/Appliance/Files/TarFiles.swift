/// The files in a tar archive as `bsdtar` writes it in the format ustar, with their places in it.
struct TarFiles: Sendable {
  private static let block = 512

  private(set) var files: [(name: String, content: Range<Int>)] = []

  /// Nil for an archive that is cut off, or has anything but files and folders.
  init?(_ archive: [UInt8]) {
    let bytes = FileBytes(archive[...])
    var place = 0
    while let header = bytes.part(place, Self.block), header.contains(where: { $0 != 0 }) {
      guard bytes.has("ustar", at: place + 257), let size = Self.number(bytes.part(place + 124, 12)),
        let content = bytes.part(place + Self.block, size), let type = bytes[place + 156]
      else { return nil }
      switch type {
      case UInt8(ascii: "0"), 0: files.append((Self.name(bytes, at: place), content.indices))
      case UInt8(ascii: "5"): break
      default: return nil
      }
      place += Self.block + (size + Self.block - 1) / Self.block * Self.block
    }
    // It ends with empty blocks.
    guard bytes.part(place, Self.block) != nil else { return nil }
  }

  /// A name of more than 100 bytes has its folders apart.
  private static func name(_ bytes: FileBytes, at place: Int) -> String {
    let folders = text(bytes.part(place + 345, 155))
    return (folders.isEmpty ? "" : folders + "/") + text(bytes.part(place, 100))
  }

  private static func text(_ field: ArraySlice<UInt8>?) -> String {
    String(decoding: (field ?? []).prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Octal digits, up to a blank or a zero.
  private static func number(_ field: ArraySlice<UInt8>?) -> Int? {
    let digits = (field ?? []).prefix { $0 != 0 && $0 != 0x20 }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }
}
