import Store
import Synchronization

/// Keeps the search index near what was written, without haste, and completes it at once for who searches.
final class ChatIndexer: Sendable {
  /// How often it looks whether there is something new.
  private static let pause: Duration = .seconds(5)
  /// Left to the posts between two batches.
  private static let breath: Duration = .milliseconds(10)

  private let database: Database
  private let log: Log
  private let task = Mutex<Task<Void, Never>?>(nil)
  /// Messages at a time, for a post waits so long, while nobody searches and while somebody does.
  private static let fewMessages = 32
  private static let manyMessages = 128

  /// One catches up, others wait for it: they want the same.
  private let turn = AsyncLock()

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

  /// Returns when everything that is written by now can be found.
  func catchUp() async throws {
    guard let newest = try await missing() else { return }
    try await turn.hold {
      // Posts go on meanwhile: what came after the question is not waited for.
      while try await !database.read({ try ChatSearch.isComplete(upTo: newest, in: $0) }) {
        guard try await advance(by: Self.manyMessages) else { return }
      }
    }
  }

  /// The newest message, where it is not indexed yet.
  private func missing() async throws -> Int64? {
    try await database.read { connection in
      guard let newest = try connection.scalar(ChatSearch.newestSQL),
        try !ChatSearch.isComplete(upTo: newest, in: connection)
      else { return nil }
      return newest
    }
  }

  /// Indexes some more; false where nothing is left, or no room: what is written already can be read all the same.
  private func advance(by most: Int) async throws -> Bool {
    do {
      return try await database.write { tx in
        try tx.claimSpace()
        return try ChatSearch.advance(by: most, in: tx)
      }
    } catch let error as StoreError where error.code == .full {
      return false
    }
  }

  private func follow() async {
    while !Task.isCancelled {
      do {
        if try await missing() != nil {
          while try await advance(by: Self.fewMessages), !Task.isCancelled {
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
