/// The statements that a connection prepared, the least recently used given up beyond a bound.
struct StatementCache {
  private let capacity: Int
  private var statements: [String: Statement] = [:]
  private var tick: UInt64 = 0

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// A prepared statement that nobody is stepping through, if there is one.
  mutating func take(_ sql: String) -> Statement? {
    guard let statement = statements[sql], !statement.isBusy else { return nil }
    tick &+= 1
    statement.lastUse = tick
    return statement
  }

  /// Keeps `statement` unless its text is cached already, which is so while that one is being stepped through.
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
