import Glibc

/// The file beside a database that keeps a second process away, says which process has it, and
/// remembers whether the last one ended cleanly.
///
/// The kernel frees the lock when its process ends in whatever way. The file holds a process id while
/// the database is open, and `clean` after a clean stop.
// The descriptor is opened in init and closed in deinit; the system calls between are safe from any thread.
final class ProcessLock: @unchecked Sendable {
  let wasClean: Bool
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError(systemError: errno, path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Int32(ProcessLock.content(of: descriptor)) ?? 0
      close(descriptor)
      throw StoreError(.locked(holder), "the database is already in use by process \(holder): \(path)")
    }
    wasClean = ProcessLock.content(of: descriptor) == "clean"
    write("\(getpid())")
  }

  deinit {
    // A child that was just forked still has the descriptor, and with it the lock, until it runs its program.
    release()
    close(descriptor)
  }

  /// Lets another open the database.
  func release() {
    flock(descriptor, LOCK_UN)
  }

  /// Called when all is on disk and the database is closed.
  func markClean() {
    write("clean")
  }

  private static func content(of descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  private func write(_ content: String) {
    let bytes = Array(content.utf8)
    ftruncate(descriptor, 0)
    pwrite(descriptor, bytes, bytes.count, 0)
    fsync(descriptor)
  }
}
