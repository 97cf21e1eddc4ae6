/// The central directory of a ZIP archive: what it says of its entries, none of which is proved by that.
struct ZipDirectory {
  struct Entry: Sendable, Equatable {
    let name: String
    /// Unpacked, in bytes.
    let size: Int
    let isEncrypted: Bool
    /// Whether its mode is that of a file or a folder, and not of a link or a device.
    let isOrdinary: Bool

    var isFolder: Bool { name.utf8.last == UInt8(ascii: "/") }
  }

  private static let endLength = 22
  private static let longestComment = 65_535

  /// The first ones, in the archive's order.
  private(set) var entries: [Entry] = []
  /// How many there are.
  let count: Int

  /// Reads `most` entries. Nil when there is no directory within the archive.
  init?(_ bytes: FileBytes, most: Int) {
    guard let end = Self.end(of: bytes), let count = bytes.little(end + 10, 2),
      var place = bytes.little(end + 16, 4), place < end || count == 0
    else { return nil }
    self.count = count
    for _ in 0..<min(count, most) {
      guard let (entry, length) = Self.entry(bytes, at: place) else { return nil }
      entries.append(entry)
      place += length
    }
  }

  /// An entry and its length in the directory.
  private static func entry(_ bytes: FileBytes, at place: Int) -> (Entry, length: Int)? {
    guard bytes.has([0x50, 0x4B, 0x01, 0x02], at: place), let flags = bytes.little(place + 8, 2),
      let size = bytes.little(place + 24, 4), let length = bytes.little(place + 28, 2),
      let extra = bytes.little(place + 30, 2), let comment = bytes.little(place + 32, 2),
      let attributes = bytes.little(place + 38, 4), let name = bytes.text(place + 46, length)
    else { return nil }
    // Unix keeps its mode in the upper half; other systems leave it at 0.
    let type = attributes >> 16 & 0o170000
    let entry = Entry(
      name: name, size: size, isEncrypted: flags & 0x2041 != 0,
      isOrdinary: type == 0 || type == 0o100000 || type == 0o040000)
    return (entry, 46 + length + extra + comment)
  }

  private static func end(of bytes: FileBytes) -> Int? {
    var place = bytes.count - endLength
    let last = max(0, place - longestComment)
    while place >= last {
      if bytes.has([0x50, 0x4B, 0x05, 0x06], at: place) { return place }
      place -= 1
    }
    return nil
  }
}
