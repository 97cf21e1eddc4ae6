import Glibc

/// A file for its owner only.
enum PrivateFile {
  /// Why a file cannot be written.
  struct Problem: Error, CustomStringConvertible {
    let path: String
    let code: Int32

    var description: String {
      "\(path) cannot be written: " + (strerror(code).map { String(cString: $0) } ?? "error \(code)")
    }
  }

  /// Replaces the file: whatever happens, it has the old content or the new one. Blocks.
  static func replace(_ path: String, by bytes: [UInt8]) throws(Problem) {
    let draft = "\(path).\(getpid()).new"
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Problem(path: path, code: errno) }
    defer { unlink(draft) }
    let written = write(bytes, to: file) && fsync(file) == 0
    let code = errno
    close(file)
    guard written else { throw Problem(path: path, code: code) }
    guard rename(draft, path) == 0 else { throw Problem(path: path, code: errno) }
    syncFolder(of: path)
  }

  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// So that the new name survives a power cut.
  private static func syncFolder(of path: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    let file = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }
}
