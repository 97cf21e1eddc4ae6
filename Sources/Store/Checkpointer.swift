import Synchronization
import Threads

/// Copies the write-ahead log into the database file on its own thread, so that commits do not wait for it.
final class Checkpointer: Sendable {
  private struct Request: Sendable {}

  private let path: String
  private let space: SpaceReserve
  private let log: @Sendable (String) -> Void
  private let begins: @Sendable () -> Void
  private let queue = BoundedQueue<Request>(limit: 1)
  private let hasFinished = Atomic(false)
  private let working = Mutex(())

  init(
    path: String, space: SpaceReserve, log: @escaping @Sendable (String) -> Void,
    begins: @escaping @Sendable () -> Void
  ) {
    self.path = path
    self.space = space
    self.log = log
    self.begins = begins
  }

  /// Requests a checkpoint; does nothing if one is requested already.
  func ask() {
    _ = queue.push(Request())
  }

  /// Whether a checkpoint has finished since the last call.
  func takeFinished() -> Bool {
    hasFinished.exchange(false, ordering: .acquiringAndReleasing)
  }

  /// Runs `body` while no checkpoint runs on the checkpointer's thread. SQLite itself does not wait for the lock of
  /// checkpoints: it refuses a second one at once.
  func whileIdle(_ body: () throws -> Void) throws {
    try working.withLock { _ in try body() }
  }

  func stop() {
    queue.close()
  }

  /// The thread's body; opens its connection at the first request.
  func run() {
    var handle: Handle?
    while queue.pop() != nil {
      begins()
      do {
        let opened = try handle ?? Handle(path: path, mode: .checkpointer)
        handle = opened
        try whileIdle { try space.letting { try opened.checkpoint(.passive) } }
        hasFinished.store(true, ordering: .releasing)
      } catch {
        log("checkpoint: \(error)")
      }
    }
  }
}
