/// Writes a ZIP archive of files as they are, since pictures, sound and videos are compressed already: the same bytes for
/// the same files. Names are ASCII; an archive has at most 65,535 files and 4 GB.
struct ZipWriter: Sendable {
  private static let localHead = 30
  private static let centralHead = 46
  private static let endLength = 22

  private struct Entry {
    let name: [UInt8]
    let start: Int
    var size = 0
    var sum = CRC32()
  }

  private let file: ScratchFile
  private var entries: [Entry] = []
  private var place = 0

  init(to file: ScratchFile) {
    self.file = file
  }

  /// The length in bytes of an archive of files with these names and sizes.
  static func length(of files: [(name: String, size: Int)]) -> Int {
    files.reduce(endLength) { $0 + localHead + centralHead + 2 * $1.name.utf8.count + $1.size }
  }

  /// Begins a file.
  mutating func begin(_ name: String) {
    let entry = Entry(name: Array(name.utf8), start: place)
    entries.append(entry)
    place += Self.localHead + entry.name.count
  }

  /// Appends to the file that was begun last.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard var entry = entries.popLast() else { return }
    entry.size += bytes.count
    entry.sum.add(bytes)
    entries.append(entry)
    try file.write(bytes, at: place)
    place += bytes.count
  }

  /// Writes the heads and the directory; returns the length of the archive.
  mutating func end() throws -> Int {
    let start = place
    var directory: [UInt8] = []
    for entry in entries {
      let head = [0x50, 0x4B, 3, 4] + Self.facts(of: entry) + entry.name
      try head.withUnsafeBytes { try file.write($0, at: entry.start) }
      directory += [0x50, 0x4B, 1, 2] + Self.little(0x0314, 2) + Self.facts(of: entry)
      // No comment, disk 0, and a file that its owner may change.
      directory +=
        Self.little(0, 6) + Self.little(0o100644 << 16, 4) + Self.little(entry.start, 4) + entry.name
    }
    let count = Self.little(entries.count, 2)
    let length = Self.little(directory.count, 4) + Self.little(start, 4)
    directory += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + length + [0, 0]
    try directory.withUnsafeBytes { try file.write($0, at: start) }
    place += directory.count
    return place
  }

  /// What both heads have: version 2.0, stored, the first day that the format knows, sum, sizes, length of the name.
  private static func facts(of entry: Entry) -> [UInt8] {
    little(20, 2) + little(0, 6) + little(0x21, 2) + little(Int(entry.sum.value), 4) + little(entry.size, 4)
      + little(entry.size, 4) + little(entry.name.count, 2) + little(0, 2)
  }

  private static func little(_ number: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}
