import Store
import Testing

@testable import Appliance

/// Statements run by every request or every second must not scan a growing table.
@Suite struct QueryPlanTests {
  private func scanned(_ sql: String) async throws -> [String] {
    let bench = try JobBench()
    let plan = try await bench.database.read { connection in
      try connection.query("EXPLAIN QUERY PLAN \(sql)", map: { $0.text(3) })
    }
    try await bench.close()
    #expect(!plan.isEmpty)
    return QueryPlans.scanned(by: sql, plan: plan)
  }

  @Test(arguments: [
    ("SELECT 1 FROM chat_messages WHERE text = 'a'", ["chat_messages"]),
    ("SELECT count(*) FROM users", ["users"]),
    ("SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.created_at > 5", ["sessions"]),
    ("DELETE FROM audit WHERE details LIKE '%a%'", ["audit"]),
    ("UPDATE machines SET status = 'stopped' WHERE status <> 'stopped'", ["machines"]),
    ("SELECT id FROM jobs WHERE id IN (SELECT machine_id FROM outbox)", ["outbox"]),
  ])
  func `a statement that reads the whole of a table which can grow is refused`(sql: String, tables: [String])
    async throws
  {
    #expect(try await scanned(sql) == tables, "\(sql)")
  }

  @Test(arguments: [
    "SELECT name FROM users WHERE id = 1", "SELECT id FROM sessions WHERE user_id = 1",
    "SELECT count(*) FROM machines WHERE user_id = 1", "SELECT number FROM schema_migrations ORDER BY number",
  ])
  func `one that follows an index, or reads a table that stays small, is not`(sql: String) async throws {
    #expect(try await scanned(sql) == [], "\(sql)")
  }

  @Test func `what may read a whole table says why`() {
    #expect(QueryPlans.boundedTables.values.allSatisfy { !$0.isEmpty })
    #expect(
      QueryPlans.allowed.allSatisfy { !$0.reason.isEmpty && $0.ending == QueryPlans.collapsed($0.ending) })
  }
}
