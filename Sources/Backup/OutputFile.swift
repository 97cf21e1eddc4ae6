import Glibc

/// A new file, mode 0600, that belongs to the owner of its folder when root writes it.
final class OutputFile {
  let path: String
  private(set) var size: Int64 = 0
  private let file: Int32

  /// Creates the file, which must not exist.
  init(_ path: String) throws(ArchiveError) {
    self.path = path
    file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw errno == EEXIST ? ArchiveError.exists(path) : ArchiveError(errno: errno, path)
    }
    // Whoever finds this file unlocked knows that its writer is gone.
    flock(file, LOCK_EX | LOCK_NB)
    giveToOwnerOfFolder()
  }

  deinit { close(file) }

  func write(_ bytes: [UInt8]) throws(ArchiveError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ArchiveError(errno: count < 0 ? errno : EIO, path) }
      done += count
    }
    size += Int64(bytes.count)
  }

  /// Returns when the content is on disk.
  func synchronize() throws(ArchiveError) {
    guard fsync(file) == 0 else { throw ArchiveError(errno: errno, path) }
  }

  private func giveToOwnerOfFolder() {
    var about = stat()
    guard geteuid() == 0, stat(folder(of: path), &about) == 0, about.st_uid != 0 else { return }
    _ = fchown(file, about.st_uid, about.st_gid)
  }
}

/// The folder of a path.
func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Makes a new or renamed file of this folder survive a loss of power.
func synchronize(folder path: String) {
  let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard file >= 0 else { return }
  fsync(file)
  close(file)
}
