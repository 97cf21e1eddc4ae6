import Store
import Synchronization

/// Keeps the search index near what was written, without haste: a search reads what it does not have yet.
final class ChatIndexer: Sendable {
  /// How often it looks whether there is something new.
  private static let pause: Duration = .seconds(5)
  /// Left to the posts between two batches.
  private static let breath: Duration = .milliseconds(10)

  private let database: Database
  private let log: Log
  private let task = Mutex<Task<Void, Never>?>(nil)
  /// Messages at a time: a post waits so long.
  private static let batch = 64

  init(database: Database, log: Log) {
    self.database = database
    self.log = log
  }

  func start() {
    let task = Task { await follow() }
    self.task.withLock { $0 = task }
  }

  func stop() async {
    let task = task.withLock { $0 }
    task?.cancel()
    await task?.value
  }

  /// Indexes some more; false where nothing is left, or no room: what is written already can be read all the same.
  private func advance() async throws -> Bool {
    do {
      return try await database.write { tx in
        try tx.claimSpace()
        return try ChatSearch.advance(by: Self.batch, in: tx)
      }
    } catch let error as StoreError where error.code == .full {
      return false
    }
  }

  private func follow() async {
    while !Task.isCancelled {
      do {
        if try await !database.read({ try ChatSearch.isComplete(in: $0) }) {
          while try await advance(), !Task.isCancelled {
            try await Task.sleep(for: Self.breath)
          }
        }
        try await Task.sleep(for: Self.pause)
      } catch is CancellationError {
        return
      } catch {
        log.error("chat search") { $0.field("error", error) }
        try? await Task.sleep(for: Self.pause)
      }
    }
  }
}
