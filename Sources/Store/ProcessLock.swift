import Glibc

/// A lock file beside the database: keeps a second process out, names the process that has the database open,
/// and records whether the last stop was clean.
///
/// The kernel releases the lock when the process ends, however it ends. The file contains a process id while
/// the database is open, and `clean` after a clean stop.
// The descriptor is opened in init and closed in deinit; the system calls between are safe from any thread.
public final class ProcessLock: @unchecked Sendable {
  let wasClean: Bool
  private let descriptor: Int32

  /// Throws `locked` while another process has it.
  public init(path: String) throws {
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
    // A child just forked still shares the descriptor, and so the lock, until it calls exec.
    release()
    close(descriptor)
  }

  /// Releases the lock.
  public func release() {
    flock(descriptor, LOCK_UN)
  }

  /// Records a clean stop; called when everything is on disk and the database is closed.
  public func markClean() {
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
