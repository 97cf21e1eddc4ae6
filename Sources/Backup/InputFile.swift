import Glibc

/// A file that is read from its beginning to its end.
final class InputFile {
  let path: String
  /// In bytes.
  let size: Int64
  private let file: Int32

  init(_ path: String) throws(ArchiveError) {
    self.path = path
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw ArchiveError(errno: errno, path) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
      close(file)
      throw .notABackup(path)
    }
    size = Int64(about.st_size)
  }

  deinit { close(file) }

  /// The next `count` bytes; fewer only at the end.
  func read(_ count: Int) throws(ArchiveError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress?.advanced(by: filled), count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw ArchiveError(errno: errno, path) }
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(count - filled)
    return bytes
  }
}
