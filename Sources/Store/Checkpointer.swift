/// Moves the write-ahead log into the database file on its own thread, so that commits need not wait.
final class Checkpointer: Sendable {
  private struct Request: Sendable {}

  private let path: String
  private let log: @Sendable (String) -> Void
  private let queue = WorkQueue<Request>(limit: 1)

  init(path: String, log: @escaping @Sendable (String) -> Void) {
    self.path = path
    self.log = log
  }

  /// Asks for a checkpoint; one that waits already will do.
  func ask() {
    _ = queue.push(Request())
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
        try opened.checkpoint(.passive)
      } catch {
        log("checkpoint: \(error)")
      }
    }
  }
}
