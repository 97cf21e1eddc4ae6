#if DEBUG
  import CSQLite
  import Synchronization

  /// What tests see of the statements that connections prepare. Release builds have none of it.
  enum PreparedStatements {
    /// Called on the connection's thread with the text of each statement that is prepared, and with what reads the steps
    /// of its query plan.
    static let observer = Mutex<(@Sendable (_ sql: String, _ plan: () -> [String]) -> Void)?>(nil)

    static func prepared(_ sql: String, on connection: OpaquePointer) {
      guard let observer = observer.withLock({ $0 }) else { return }
      observer(sql) { plan(of: sql, on: connection) }
    }

    /// Nothing for what has no plan.
    private static func plan(of sql: String, on connection: OpaquePointer) -> [String] {
      var statement: OpaquePointer?
      guard sqlite3_prepare_v2(connection, "EXPLAIN QUERY PLAN \(sql)", -1, &statement, nil) == SQLITE_OK
      else {
        return []
      }
      defer { sqlite3_finalize(statement) }
      var steps: [String] = []
      while sqlite3_step(statement) == SQLITE_ROW {
        if let step = sqlite3_column_text(statement, 3) { steps.append(String(cString: step)) }
      }
      return steps
    }
  }
#endif
