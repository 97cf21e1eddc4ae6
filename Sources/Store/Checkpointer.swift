import Synchronization
import Threads

/// Moves the write-ahead log into the database file on its own thread, so that commits need not wait.
final class Checkpointer: Sendable {
  private struct Request: Sendable {}

  private let path: String
  private let space: SpaceReserve
  private let log: @Sendable (String) -> Void
  private let queue = BoundedQueue<Request>(limit: 1)
  private let hasFinished = Atomic(false)

  init(path: String, space: SpaceReserve, log: @escaping @Sendable (String) -> Void) {
    self.path = path
    self.space = space
    self.log = log
  }

  /// Asks for a checkpoint; one that waits already will do.
  func ask() {
    _ = queue.push(Request())
  }

  /// Whether a checkpoint has come to its end since this was last asked.
  func takeFinished() -> Bool {
    hasFinished.exchange(false, ordering: .acquiringAndReleasing)
  }

  func stop() {
    queue.close()
  }

  /// The thread's work; the connection is opened when it is first needed.
  func run() {
    var handle: Handle?
    while queue.pop() != nil {
      do {
        let opened = try handle ?? Handle(path: path, mode: .checkpointer)
        handle = opened
        try space.letting { try opened.checkpoint(.passive) }
        hasFinished.store(true, ordering: .releasing)
      } catch {
        log("checkpoint: \(error)")
      }
    }
  }
}
