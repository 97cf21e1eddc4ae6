import TestSupport
import Testing

@testable import Appliance
@testable import Store

/// The check of query plans that each test does at its end: see `QueryPlans`.
@Suite struct QueryPlanTests {
  private func problems(_ sql: String) async throws -> [String] {
    let bench = try JobBench()
    let plan = try await bench.database.read { try $0.queryPlan(of: sql) }
    try await bench.close()
    #expect(!plan.isEmpty)
    return QueryPlans.problems(of: sql, plan: plan)
  }

  @Test(arguments: [
    ("SELECT 1 FROM chat_messages WHERE text = 'a'", "chat_messages"),
    ("SELECT count(*) FROM users", "users"),
    ("SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.created_at > 5", "sessions"),
    ("DELETE FROM audit WHERE details LIKE '%a%'", "audit"),
    ("UPDATE outbox SET status = 'failed' WHERE status <> 'failed'", "outbox"),
    ("SELECT id FROM jobs WHERE id IN (SELECT machine_id FROM outbox)", "outbox"),
  ])
  func `a statement that reads the whole of a table which can grow is refused`(
    sql: String, table: String
  ) async throws {
    #expect(try await problems(sql) == ["the whole of \(table) is read"], "\(sql)")
  }

  @Test func `a statement that sorts rows for one page of them is refused`() async throws {
    let sql = "SELECT id FROM chat_messages WHERE channel_id = 1 ORDER BY text LIMIT ?"
    #expect(try await problems(sql) == ["a page is cut from sorted rows"])
  }

  @Test(arguments: [
    "SELECT name FROM users WHERE id = 1", "SELECT id FROM sessions WHERE user_id = 1",
    "SELECT id FROM chat_messages WHERE channel_id = 1 ORDER BY id DESC LIMIT ?",
    "SELECT name FROM settings ORDER BY value", "SELECT m.name FROM machines AS m WHERE m.status = 'running'",
  ])
  func `a statement that follows an index, or reads a small table, is accepted`(sql: String) async throws {
    #expect(try await problems(sql) == [], "\(sql)")
  }

  /// Also those that no test runs. What is put together from several literals is checked where it is prepared.
  @Test func `no statement in the source text reads a whole table or sorts for a page`() async throws {
    let statements = QueryPlans.literalsOfSources
    #expect(statements.count > 400)
    let bench = try JobBench()
    let plans = try await bench.database.read { connection in
      try statements.map { ($0.file, $0.sql, try connection.queryPlan(of: $0.sql)) }
    }
    try await bench.close()
    for (file, sql, plan) in plans where !Self.beginnings.contains(where: { sql.hasSuffix($0) }) {
      #expect(QueryPlans.problems(of: sql, plan: plan) == [], "\(file): \(sql)")
    }
  }

  /// The ends of literals to which a condition is added.
  private static let beginnings = [
    "created_at, updated_at FROM message_drafts", "LEFT JOIN users AS u ON u.id = m.sender_id",
    "LEFT JOIN users AS a ON a.id = c.assigned_to_id", "LEFT JOIN users AS actor ON actor.id = n.actor_id",
  ]

  @Test func `the statements of a connection are known, each once, but not those of migrations`() async throws
  {
    let bench = try JobBench()
    let sql = "SELECT 7 AS first_of_its_kind"
    for _ in 0..<2 { _ = try await bench.database.read { try $0.scalar(sql) } }
    #expect(PreparedStatements.known.contains(sql))
    #expect(!PreparedStatements.known.contains { $0.hasPrefix("INSERT INTO schema_migrations") })
    try await bench.close()
  }
}
