import Store

/// Updates the search index in the background. Searches read messages that are not indexed yet directly.
final class ChatIndexer: Sendable {
  /// Interval between two checks for new messages.
  private static let pause: Duration = .seconds(5)
  /// Pause between two batches, so that posts are not delayed.
  private static let breath: Duration = .milliseconds(10)

  private let database: Database
  private let log: Log
  private let task = RepeatedTask()
  /// Messages per transaction, which delays a post by that long.
  private static let batch = 64

  init(database: Database, log: Log) {
    self.database = database
    self.log = log
  }

  func start() {
    task.start("chat search", every: Self.pause, log) { [self] in
      if try await database.read({ try ChatSearch.isComplete(in: $0) }) { return }
      while try await advance(), !Task.isCancelled { try await Task.sleep(for: Self.breath) }
    }
  }

  func stop() async { await task.stop() }

  /// Indexes a batch; false when nothing is left or the disk is full. Messages can be found without the
  /// index, too.
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
}
