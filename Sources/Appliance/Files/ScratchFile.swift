import Glibc
import HTTP
import Store

/// A file without a name in a folder: the system frees it when it is closed, also after a crash.
final class ScratchFile: Sendable {
  /// Linux: an unnamed file. Not every file system has them.
  private static let unnamed = 0o20000000 | O_DIRECTORY

  private let descriptor: Int32

  /// Has room for `size` bytes. Throws `full`.
  init(in folder: String, size: Int) throws {
    descriptor = Self.opened(folder)
    guard descriptor >= 0 else { throw Self.problem(errno) }
    let refused = posix_fallocate(descriptor, 0, off_t(size))
    guard refused == 0 else { throw Self.problem(refused) }
  }

  deinit {
    close(descriptor)
  }

  func write(_ bytes: UnsafeRawBufferPointer, at place: Int) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(place + bytes.count - rest.count))
      guard count > 0 || errno == EINTR else { throw Self.problem(errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[max(0, count)...])
    }
  }

  /// Its first `count` bytes, which outlive it.
  func bytes(_ count: Int) throws -> SharedBytes {
    guard let bytes = SharedBytes(mapping: descriptor, count: count) else { throw Self.problem(errno) }
    return bytes
  }

  private static func opened(_ folder: String) -> Int32 {
    let file = open(folder, unnamed | O_RDWR | O_CLOEXEC, 0o600)
    guard file < 0, errno == EOPNOTSUPP || errno == EISDIR else { return file }
    // What a crash between the two calls would leave is found, and removed, by the next one.
    let path = "\(folder)/obox.scratch"
    unlink(path)
    let named = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    unlink(path)
    return named
  }

  private static func problem(_ code: Int32) -> StoreError {
    StoreError(code == ENOSPC || code == EDQUOT ? .full : .other(code), "no scratch file: errno \(code)")
  }
}
