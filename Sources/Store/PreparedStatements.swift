#if DEBUG
  import Synchronization

  /// The texts of the statements that this process has prepared, except by migrations. Tests check their query plans;
  /// release builds have none of this.
  enum PreparedStatements {
    /// Further texts are not remembered.
    private static let limit = 20_000
    private static let texts = Mutex<(known: Set<String>, untaken: [String])>(([], []))

    static func add(_ sql: String) {
      if sql.hasPrefix("EXPLAIN ") { return }
      texts.withLock { texts in
        guard texts.known.count < limit, texts.known.insert(sql).inserted else { return }
        texts.untaken.append(sql)
      }
    }

    static var known: Set<String> { texts.withLock { $0.known } }

    /// The texts that were added since the last call, each once in the process's life.
    static func takeNew() -> [String] {
      texts.withLock { texts in
        defer { texts.untaken = [] }
        return texts.untaken
      }
    }
  }

  extension Connection {
    /// The steps of the statement's query plan. The statement is not run, so its parameters need no values.
    func queryPlan(of sql: String) throws -> [String] {
      let statement = try handle.statement("EXPLAIN QUERY PLAN \(sql)")
      defer { statement.reset() }
      var steps: [String] = []
      while try handle.step(statement) { steps.append(Row(statement).text(3)) }
      return steps
    }
  }
#endif
