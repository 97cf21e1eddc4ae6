/// A bounded LRU cache of a connection's prepared statements.
struct StatementCache {
  private let capacity: Int
  private var statements: [String: Statement] = [:]
  private var tick: UInt64 = 0

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// The cached statement for `sql`, unless it is in use.
  mutating func take(_ sql: String) -> Statement? {
    guard let statement = statements[sql], !statement.isBusy else { return nil }
    tick &+= 1
    statement.lastUse = tick
    return statement
  }

  /// Caches `statement` unless its SQL is cached already, as when the cached one is in use.
  mutating func keep(_ statement: Statement) {
    guard statements[statement.sql] == nil else { return }
    if statements.count >= capacity, let oldest = leastRecentlyUsed() { statements[oldest] = nil }
    tick &+= 1
    statement.lastUse = tick
    statements[statement.sql] = statement
  }

  mutating func removeAll() {
    statements = [:]
  }

  private func leastRecentlyUsed() -> String? {
    statements.lazy.filter { !$0.value.isBusy }.min { $0.value.lastUse < $1.value.lastUse }?.key
  }
}
