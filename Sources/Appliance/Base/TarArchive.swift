/// Writes files into a tar archive (POSIX ustar), in memory.
enum TarArchive {
  private static let block = 512

  /// `time` is in milliseconds since 1970. Names are ours: at most 100 bytes of ASCII.
  static func bytes(of files: [(name: String, bytes: [UInt8])], time: Int64) -> [UInt8] {
    var archive: [UInt8] = []
    for file in files {
      archive += header(file.name, size: file.bytes.count, time: time)
      archive += file.bytes
      archive += [UInt8](repeating: 0, count: (block - file.bytes.count % block) % block)
    }
    return archive + [UInt8](repeating: 0, count: 2 * block)
  }

  private static func header(_ name: String, size: Int, time: Int64) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: block)
    func put(_ text: String, at place: Int, _ most: Int) {
      for (index, byte) in text.utf8.prefix(most).enumerated() { header[place + index] = byte }
    }
    put(name, at: 0, 100)
    put(octal(0o600, 7), at: 100, 7)
    put(octal(0, 7), at: 108, 7)
    put(octal(0, 7), at: 116, 7)
    put(octal(size, 11), at: 124, 11)
    put(octal(Int(max(0, time) / 1000), 11), at: 136, 11)
    // The checksum is computed as if its own field held spaces.
    put("        0", at: 148, 9)
    put("ustar", at: 257, 6)
    put("00", at: 263, 2)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6), at: 148, 6)
    header[154] = 0
    return header
  }

  /// A number with leading zeros.
  private static func octal(_ number: Int, _ digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
