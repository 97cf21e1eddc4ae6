import Glibc
import Threads

/// The only writing connection, on its own thread. Waiting writes are committed together as a group.
// Handle, group and page count are touched by the writer's thread only, and by the closing one after its end.
final class Writer: @unchecked Sendable {
  static let longestGroup = 256
  /// Time in nanoseconds after which a group takes no further write.
  static let longestTime: UInt64 = 100_000_000
  /// Length of the log, in pages, at which it is reset when possible. The start after a crash reads the whole
  /// log, so it should be short.
  static let longLog = 2000
  private static let pageSize = 4096

  let queue: BoundedQueue<PendingWrite>
  let counters = Counters()
  private let handle: Handle
  private let clock: @Sendable () -> Int64
  private let log: @Sendable (String) -> Void
  private let checkpointer: Checkpointer
  private let space: SpaceReserve
  private var group: [PendingWrite] = []
  private var pagesAtCheckpoint = 0
  private let longLog: Int
  /// Length of the log, in pages, at which writes wait until it is copied.
  private let longestLog: Int

  init(
    _ handle: sending Handle, waiting limit: Int, checkpointer: Checkpointer, space: SpaceReserve,
    clock: @escaping @Sendable () -> Int64, log: @escaping @Sendable (String) -> Void
  ) {
    self.handle = handle
    self.clock = clock
    self.log = log
    self.checkpointer = checkpointer
    self.space = space
    // When others fill the disk, the database file must be able to grow by the whole log from the reserve alone.
    let reserve = Int(clamping: space.size) / Writer.pageSize
    longLog = reserve > 0 ? min(Writer.longLog, max(64, reserve / 4)) : Writer.longLog
    longestLog = reserve > 0 ? min(8 * Writer.longLog, max(128, reserve / 4 * 3)) : 8 * Writer.longLog
    queue = BoundedQueue(limit: limit)
    group.reserveCapacity(Writer.longestGroup)
  }

  /// The thread's body: commits groups until the queue is closed and empty.
  func run() {
    while let first = queue.pop() {
      commitGroup(startingWith: first, limit: Writer.longestGroup)
      checkpointIfLong()
    }
  }

  /// Copies the whole log into the database file and closes it; called when the thread has ended.
  func finish() throws {
    defer { handle.close() }
    try handle.checkpoint(.truncate)
  }

  private func commitGroup(startingWith first: PendingWrite, limit: Int) {
    group.removeAll(keepingCapacity: true)
    do {
      try handle.control(.beginImmediate)
      try fillGroup(startingWith: first, limit: limit)
      try handle.control(.commit)
    } catch {
      handle.abandon()
      // The group's transaction failed, perhaps because of one write: each is retried alone.
      let failed = group.isEmpty ? [first] : group
      if failed.count == 1 {
        if mayUseReserve(first, error) {
          first.isRepeated = true
          _ = space.giveUp()
          // Copying the log into the file lets the log begin anew.
          try? checkpointer.whileIdle { try handle.checkpoint(.passive) }
          return commitGroup(startingWith: first, limit: 1)
        }
        return failed[0].fail(error)
      }
      for write in failed { commitGroup(startingWith: write, limit: 1) }
      return
    }
    space.look(pending: Int64(handle.walPages * Writer.pageSize))
    counters.committed(group.count)
    for write in group { write.answer() }
    counters.groupAnswered()
    group.removeAll(keepingCapacity: true)
  }

  private func fillGroup(startingWith first: PendingWrite, limit: Int) throws {
    let start = monotonicNanoseconds()
    var next: PendingWrite? = first
    while let write = next {
      group.append(write)
      try attempt(write)
      let isFull = group.count >= limit || monotonicNanoseconds() &- start > Writer.longestTime
      next = isFull ? nil : queue.popWaiting()
    }
  }

  /// Runs one write in its savepoint; throws only when the whole transaction is lost.
  private func attempt(_ write: PendingWrite) throws {
    try handle.control(.savepoint)
    let transaction = Transaction(handle, now: clock(), space: space)
    do {
      defer {
        transaction.end()
        write.grows = transaction.grows
      }
      try write.perform(transaction)
      if handle.breaksForeignKeys {
        throw StoreError(.constraintForeignKey, "a deferred foreign key refers to no row")
      }
      if let lost = handle.lost { throw lost }
    } catch {
      if handle.lost != nil || mayUseReserve(write, error) { throw error }
      write.refuse(error)
      try handle.control(.rollbackToSavepoint)
    }
    try handle.control(.release)
  }

  /// Whether a write that found the disk full may use the reserve.
  private func mayUseReserve(_ write: PendingWrite, _ error: any Error) -> Bool {
    !write.grows && !write.isRepeated && (error as? StoreError)?.code == .full
  }

  /// Requests a checkpoint each time the log has grown by half of `longLog`. The checkpointer cannot complete
  /// while others write. So when the log is long and the checkpointer has just copied most of it, the few new
  /// pages are copied here, and the log can be reset. A log that is overwritten in place is synced in half
  /// the time of one that grows.
  ///
  /// At `longestLog`, or earlier on a disk that is nearly full, the whole log is copied here, after the checkpointer's
  /// work if that is busy: a log longer than the reserve could not be copied on a full disk, nor be written to.
  private func checkpointIfLong() {
    let pages = handle.walPages
    counters.walPages(pages)
    if pages < pagesAtCheckpoint { pagesAtCheckpoint = 0 }
    let isDue = pages - pagesAtCheckpoint >= longLog / 2
    do {
      if isDue && pages >= (space.isLow ? longLog / 2 : longestLog) {
        try checkpointer.whileIdle { try space.letting { try handle.checkpoint(.passive) } }
      } else if checkpointer.takeFinished() && pages >= longLog {
        try space.letting { try handle.checkpoint(.passive) }
      }
    } catch { log("checkpoint: \(error)") }
    guard isDue else { return }
    pagesAtCheckpoint = pages
    checkpointer.ask()
  }
}

/// Nanoseconds of the monotonic clock.
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}
