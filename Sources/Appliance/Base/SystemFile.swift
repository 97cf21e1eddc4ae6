import Glibc

/// Reads small files of the system.
enum SystemFile {
  /// The first 64 KiB of a file as text; nil when it cannot be read. Blocks.
  static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    var length = 0
    while length < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        read(file, $0.baseAddress.map { $0 + length }, $0.count - length)
      }
      if count < 0 { return nil }
      if count == 0 { break }
      length += count
    }
    return String(decoding: bytes.prefix(length), as: UTF8.self)
  }
}
