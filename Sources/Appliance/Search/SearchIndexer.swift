import Store
import Synchronization

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
  /// Whether rows were indexed since the last merge.
  private let needsMerging = Atomic(false)

  init(index: SearchIndex, database: Database, log: Log) {
    self.index = index
    self.database = database
    self.log = log
  }

  func start() {
    task.start("search", every: Self.pause, log) { [self] in
      guard
        try await database.read({ [index] in try index.isBehind(in: $0) })
          || needsMerging.load(ordering: .relaxed)
      else { return }
      while try await advance(by: Self.batch), !Task.isCancelled { try await Task.sleep(for: Self.breath) }
      while try await merge(), !Task.isCancelled { try await Task.sleep(for: Self.breath) }
    }
  }

  func stop() async { await task.stop() }

  /// Indexes the latest changes, so that they are found. On a full disk the index is not updated.
  func catchUp() async throws {
    _ = try await advance(by: Self.mostBeforeSearch)
  }

  private func advance(by most: Int) async throws -> Bool {
    needsMerging.store(true, ordering: .relaxed)
    return try await write { [index] tx in try index.advance(by: most, in: tx) }
  }

  private func merge() async throws -> Bool {
    let hasMerged = try await write { [index] tx in try index.merge(in: tx) }
    if !hasMerged { needsMerging.store(false, ordering: .relaxed) }
    return hasMerged
  }

  /// Returns false when the disk is full.
  private func write(_ body: @escaping @Sendable (Transaction) throws -> Bool) async throws -> Bool {
    do {
      return try await database.write { tx in
        try tx.claimSpace()
        return try body(tx)
      }
    } catch let error as StoreError where error.code == .full {
      return false
    }
  }
}
