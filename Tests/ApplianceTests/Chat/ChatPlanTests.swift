import Store
import Testing

@testable import Appliance

/// Statements run for every message or join read no more rows than they return.
@Suite struct ChatPlanTests {
  private static let queries: [(sql: String, arguments: Int)] = [
    (Chat.backwardsSQL, 3), (Chat.forwardsSQL, 3), (Chat.changesSQL, 4), (JoinPage.stateSQL, 2),
    (ChatMessage.select + "WHERE m.id = ?", 1),
    ("SELECT id FROM chat_messages WHERE author_id = ? AND client_id = ?", 2),
    ("SELECT max(id) FROM chat_messages WHERE channel_id = ?", 1),
    ("SELECT is_muted FROM channel_members WHERE channel_id = ? AND user_id = ?", 2),
    ("SELECT id FROM users WHERE username = ? AND is_active = 1", 1),
  ]

  @Test(arguments: queries.indices) func `the statement uses an index in its order`(index: Int) async throws {
    let (sql, count) = Self.queries[index]
    let bench = try JobBench()
    let plan = try await bench.database.read { connection in
      try connection.query(
        "EXPLAIN QUERY PLAN \(sql)", arguments: Array(repeating: 1, count: count), map: { $0.text(3) })
    }
    #expect(!plan.isEmpty)
    #expect(!plan.contains { $0.hasPrefix("SCAN ") || $0.contains("TEMP B-TREE") }, "\(sql): \(plan)")
    try await bench.close()
  }
}
