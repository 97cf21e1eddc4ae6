import CSQLite
import Glibc

extension StoreError {
  /// What the system refused about a file.
  init(systemError: Int32, _ path: String) {
    let code: Code = systemError == ENOSPC || systemError == EDQUOT ? .full : .other(SQLITE_CANTOPEN)
    self.init(code, "\(path): \(String(cString: strerror(systemError)))")
  }
}

/// Creates a file for its owner only; SQLite gives those that it makes beside it the same rights.
func createPrivateFile(_ path: String) throws {
  let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { throw StoreError(systemError: errno, path) }
  close(descriptor)
}

/// Makes a file's new name last through a loss of power.
func synchronizeFolder(of path: String) {
  let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? "."
  let descriptor = open(String(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}

func areSameFile(_ one: String, _ other: String) -> Bool {
  var first = stat()
  var second = stat()
  guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
  return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}
