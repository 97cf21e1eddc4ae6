import CSQLite
import Glibc

extension StoreError {
  /// The error for a failed system call on a file; `systemError` is its `errno`.
  init(systemError: Int32, _ path: String) {
    let code: Code = systemError == ENOSPC || systemError == EDQUOT ? .full : .other(SQLITE_CANTOPEN)
    self.init(code, "\(path): \(String(cString: strerror(systemError)))")
  }
}

/// Creates a file with mode 0600; SQLite copies the mode to the files it creates beside it.
func createPrivateFile(_ path: String) throws {
  let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { throw StoreError(systemError: errno, path) }
  close(descriptor)
}

/// Calls fsync on the folder of `path`, so that a new or renamed file survives a loss of power.
func synchronizeFolder(of path: String) {
  let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? "."
  let descriptor = open(String(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}

/// Calls fsync on a file that is complete.
func synchronizeFile(_ path: String) throws {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw StoreError(systemError: errno, path) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw StoreError(systemError: errno, path) }
}

/// `path` without symbolic links; as given when there is no such file.
func realPath(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}

func areSameFile(_ one: String, _ other: String) -> Bool {
  var first = stat()
  var second = stat()
  guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
  return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}
