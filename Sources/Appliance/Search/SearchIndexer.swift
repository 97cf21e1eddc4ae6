import Store

/// Updates the index in the background.
final class SearchIndexer: Sendable {
  /// Interval between two checks for changes. A search indexes new rows itself, so it does not depend on
  /// this.
  private static let pause: Duration = .seconds(2)
  /// Pause between two batches, so that other writes are not delayed.
  private static let breath: Duration = .milliseconds(10)
  private static let batch = 50
  /// Maximum number of rows that a search indexes first.
  private static let mostBeforeSearch = 200

  let index: SearchIndex
  private let database: Database
  private let log: Log
  private let task = RepeatedTask()

  init(index: SearchIndex, database: Database, log: Log) {
    self.index = index
    self.database = database
    self.log = log
  }

  func start() {
    task.start("search", every: Self.pause, log) { [self] in
      guard try await database.read({ [index] in try index.isBehind(in: $0) }) else { return }
      while try await advance(by: Self.batch), !Task.isCancelled { try await Task.sleep(for: Self.breath) }
    }
  }

  func stop() async { await task.stop() }

  /// Indexes the latest changes, so that they are found. On a full disk the index is not updated.
  func catchUp() async throws {
    guard try await database.read({ [index] in try index.isBehind(in: $0) }) else { return }
    _ = try await advance(by: Self.mostBeforeSearch)
  }

  private func advance(by most: Int) async throws -> Bool {
    do {
      return try await database.write { [index] tx in
        try tx.claimSpace()
        return try index.advance(by: most, in: tx)
      }
    } catch let error as StoreError where error.code == .full {
      return false
    }
  }
}
