import Glibc
import Synchronization

/// Disk space available to a database.
public struct Space: Sendable, Equatable {
  /// Free bytes on the file system, not counting the reserve.
  public let free: Int64
  /// Bytes kept at present by the reserve file.
  public let reserved: Int64
  /// Whether writes that claim space are refused.
  public let isLow: Bool
}

/// A file that occupies disk space beside the database and is deleted when the disk is full, so that people
/// can still sign in, delete data and be helped.
///
/// Writes that claim space are refused while the free space is smaller than the reserve, or while the file is
/// deleted. The file is created again when there is room.
final class SpaceReserve: Sendable {
  private struct State {
    var isHeld = false
    var isLow = false
    var lookedAt: UInt64 = 0
    /// Bytes in the write-ahead log, which the database file may still have to grow by.
    var pending: Int64 = 0
  }

  /// Minimum time between two checks of the disk, in nanoseconds.
  private static let interval: UInt64 = 1_000_000

  private let path: String
  /// Size of the reserve in bytes; 0 when there is none.
  let size: Int64
  private let log: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// Reserves `wanted` bytes, or an eighth of a smaller disk.
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

  /// As it is now: an administrator who has just made room sees it.
  var space: Space {
    look(isForced: true)
    return state.withLock { Space(free: free, reserved: $0.isHeld ? size : 0, isLow: $0.isLow) }
  }

  /// Deletes the reserve file; false when it was deleted before.
  func giveUp() -> Bool {
    let isGiven = state.withLock { state in
      guard state.isHeld else { return false }
      unlink(path)
      state.isHeld = false
      state.isLow = true
      return true
    }
    if isGiven {
      log("the disk is full: the reserve is given up; posts, uploads and new machines are refused")
    }
    return isGiven
  }

  /// Runs `body`; if the disk is full, deletes the reserve and runs it once more.
  func letting<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as StoreError where error.code == .full {
      guard giveUp() else { throw error }
      return try body()
    }
  }

  /// Records the length of the log in bytes and checks the disk.
  func look(pending bytes: Int64) {
    state.withLock { $0.pending = bytes }
    look()
  }

  /// Checks the disk: records whether it is nearly full, and creates the reserve again once there is room.
  /// Does nothing within `interval` of the last check unless forced.
  func look(isForced: Bool = false) {
    guard size > 0 else { return }
    let change = state.withLock { state -> String? in
      let now = monotonicNanoseconds()
      guard isForced || state.lookedAt == 0 || now &- state.lookedAt > Self.interval else { return nil }
      state.lookedAt = now
      if !state.isHeld, free >= 2 * size { state.isHeld = hold() }
      let wasLow = state.isLow
      let left = free - state.pending
      // Hysteresis: once space is low, half as much again must be free before writes are accepted.
      state.isLow = !state.isHeld || left < (wasLow ? size + size / 2 : size)
      return wasLow == state.isLow ? nil : state.isLow ? Self.nearlyFull : Self.roomAgain
    }
    if let change { log(change) }
  }

  private var free: Int64 { Disk(of: path)?.free ?? Disk(of: folder)?.free ?? .max }

  private var folder: String { path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "." }

  /// Whether a previous process left the reserve file.
  private var isThere: Bool {
    var status = stat()
    return stat(path, &status) == 0 && Int64(status.st_blocks) * 512 >= size
  }

  /// Creates the reserve file with all blocks allocated; deletes it when that fails.
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
