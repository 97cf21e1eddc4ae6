import Glibc
import Threads

/// The one connection that writes, on its own thread, committing what waits as a group.
// Handle, group and page count are touched by the writer's thread only, and by the closing one after its end.
final class Writer: @unchecked Sendable {
  static let longestGroup = 256
  /// Nanoseconds after which a group takes no further closure.
  static let longestTime: UInt64 = 100_000_000
  /// Pages after which the log begins anew when it can. A start after a crash reads it once, which is a reason to
  /// keep it short.
  static let longLog = 2000

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

  init(
    _ handle: sending Handle, waiting limit: Int, checkpointer: Checkpointer, space: SpaceReserve,
    clock: @escaping @Sendable () -> Int64, log: @escaping @Sendable (String) -> Void
  ) {
    self.handle = handle
    self.clock = clock
    self.log = log
    self.checkpointer = checkpointer
    self.space = space
    // What is in the log must find its place in the file, with the reserve's room if need be.
    longLog = space.size > 0 ? min(Writer.longLog, max(64, Int(space.size) / 4096)) : Writer.longLog
    queue = BoundedQueue(limit: limit)
    group.reserveCapacity(Writer.longestGroup)
  }

  /// The thread's work: groups until the queue is closed and empty.
  func run() {
    while let first = queue.pop() {
      commitGroup(startingWith: first, limit: Writer.longestGroup)
      checkpointIfLong()
    }
  }

  /// Moves the whole log into the database file and closes it; called when the thread has ended.
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
      // What failed was the group's transaction, perhaps because of one closure: each is tried alone.
      let failed = group.isEmpty ? [first] : group
      if failed.count == 1 {
        if mayUseReserve(first, error) {
          first.isRepeated = true
          _ = space.giveUp()
          // What the log holds finds its place in the file, so that the log can begin anew.
          try? handle.checkpoint(.passive)
          return commitGroup(startingWith: first, limit: 1)
        }
        return failed[0].fail(error)
      }
      for write in failed { commitGroup(startingWith: write, limit: 1) }
      return
    }
    space.look(pending: Int64(handle.walPages) * 4096)
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

  /// Runs one closure in its savepoint; throws only when the group's whole transaction is gone.
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

  /// Whether the reserve is meant for a write that found the disk full.
  private func mayUseReserve(_ write: PendingWrite, _ error: any Error) -> Bool {
    !write.grows && !write.isRepeated && (error as? StoreError)?.code == .full
  }

  /// Asks for a checkpoint each half of a long log. The checkpointer cannot finish while others write: where the log is
  /// long and it has just copied nearly all, the little that came since is copied here, so that nobody waits for
  /// the bulk. The log then begins anew in the same file, of less than its size limit: pages of a file that need
  /// not grow are on the disk in half the time. On a disk that is nearly full there is no room to wait for that.
  private func checkpointIfLong() {
    let pages = handle.walPages
    counters.walPages(pages)
    if pages < pagesAtCheckpoint { pagesAtCheckpoint = 0 }
    let isDue = pages - pagesAtCheckpoint >= longLog / 2
    let isTooLong = isDue && pages >= (space.isLow ? longLog / 2 : 8 * longLog)
    if checkpointer.takeFinished() && pages >= longLog || isTooLong {
      do { try space.letting { try handle.checkpoint(.passive) } } catch { log("checkpoint: \(error)") }
    }
    guard isDue else { return }
    pagesAtCheckpoint = pages
    checkpointer.ask()
  }
}

/// Nanoseconds on a clock that nobody sets.
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}
