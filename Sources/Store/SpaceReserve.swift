import Glibc
import Synchronization

/// How much room a database has.
public struct Space: Sendable, Equatable {
  /// Bytes of the disk that anybody may still take; the reserve is not among them.
  public let free: Int64
  /// Bytes that are kept at present for what must go on.
  public let reserved: Int64
  /// Whether writes that claim space are refused.
  public let isLow: Bool
}

/// A file that takes up room beside the database, to be given up when the disk is full, so that people can still
/// sign in, delete and be helped.
///
/// As long as less than its size is free besides, or the file was given up, writes that claim space are refused. The
/// file is made again when there is room for it.
final class SpaceReserve: Sendable {
  private struct State {
    var isHeld = false
    var isLow = false
    var lookedAt: UInt64 = 0
    /// Bytes of the log, which the database file may have to grow by.
    var pending: Int64 = 0
  }

  /// Nanoseconds between two looks at the disk.
  private static let interval: UInt64 = 1_000_000

  private let path: String
  /// Bytes; 0 for none at all.
  let size: Int64
  private let log: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// Keeps `wanted` bytes, or an eighth of a small disk.
  init(path: String, wanted: Int64, log: @escaping @Sendable (String) -> Void) {
    self.path = path
    self.log = log
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
    size = wanted > 0 ? min(wanted, (Disk(of: folder)?.total ?? 0) / 8) : 0
    state.withLock { $0.isHeld = size > 0 && isThere }
    look()
  }

  var isLow: Bool {
    look()
    return state.withLock { $0.isLow }
  }

  var space: Space {
    look()
    return state.withLock { Space(free: free, reserved: $0.isHeld ? size : 0, isLow: $0.isLow) }
  }

  /// Frees the room; false where that was done before.
  func giveUp() -> Bool {
    let isGiven = state.withLock { state in
      guard state.isHeld else { return false }
      unlink(path)
      state.isHeld = false
      state.isLow = true
      return true
    }
    if isGiven {
      log("the disk is full: the reserve is given up, posts, uploads and new machines are refused")
    }
    return isGiven
  }

  /// Runs `body`, a second time with the reserve's room where the disk is full.
  func letting<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as StoreError where error.code == .full {
      guard giveUp() else { throw error }
      return try body()
    }
  }

  /// Notes how long the log is, and looks at the disk.
  func look(pending bytes: Int64) {
    state.withLock { $0.pending = bytes }
    look()
  }

  /// Looks at the disk, where that was not done just now: notes whether it is nearly full, and makes the reserve
  /// again once there is room.
  func look() {
    guard size > 0 else { return }
    let change = state.withLock { state -> String? in
      let now = monotonicNanoseconds()
      guard state.lookedAt == 0 || now &- state.lookedAt > Self.interval else { return nil }
      state.lookedAt = now
      if !state.isHeld, free >= 2 * size { state.isHeld = hold() }
      let wasLow = state.isLow
      let left = free - state.pending
      // Once low, it takes half as much more to be well again: no change of mind with each page.
      state.isLow = !state.isHeld || left < (wasLow ? size + size / 2 : size)
      return wasLow == state.isLow ? nil : state.isLow ? Self.nearlyFull : Self.roomAgain
    }
    if let change { log(change) }
  }

  private var free: Int64 { Disk(of: path)?.free ?? Disk(of: folder)?.free ?? .max }

  private var folder: String { path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "." }

  /// Whether a process before this one made the file.
  private var isThere: Bool {
    var status = stat()
    return stat(path, &status) == 0 && Int64(status.st_blocks) * 512 >= size
  }

  /// Makes the file with all its blocks, or leaves nothing.
  private func hold() -> Bool {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard posix_fallocate(descriptor, 0, off_t(size)) == 0 else {
      unlink(path)
      return false
    }
    return true
  }

  private static let nearlyFull = "the disk is nearly full: posts, uploads and new machines are refused"
  private static let roomAgain = "the disk has room again"
}

/// The size of the file system that holds a file or a folder.
private struct Disk {
  let total: Int64
  let free: Int64

  init?(of path: String) {
    var found = statvfs()
    guard statvfs(path, &found) == 0 else { return nil }
    let block = Int64(clamping: found.f_frsize)
    total = block.multipliedReportingOverflow(by: Int64(clamping: found.f_blocks)).partialValue
    free = block.multipliedReportingOverflow(by: Int64(clamping: found.f_bavail)).partialValue
  }
}
