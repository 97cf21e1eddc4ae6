import HTTP
import Testing

@testable import Appliance

/// Pages of large rows are limited in bytes, and paging still reaches every row.
@Suite struct ListPageTests {
  private static let rows = 40
  /// SQL for a text of 100,000 characters.
  private static let long = "replace(hex(zeroblob(50000)), '0', 'x')"
  private static let numbers =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows)) "

  private static let audit = """
    INSERT INTO audit (at, action, outcome, details)
    \(numbers) SELECT i, 'sign_in', 'ok', \(long) FROM n
    """
  private static let people = """
    INSERT INTO users (username, name, avatar, created_at, updated_at)
    \(numbers) SELECT 'person-' || i, 'Person', \(long), 1, 1 FROM n
    """

  private static let lists: [(path: String, sql: String)] = [
    (
      "/api/mailbox?all=1",
      """
      INSERT INTO outbox (recipient, subject, message_id, status, next_at, created_at)
      \(numbers) SELECT 'a@example.org', \(long), i, 'local', 1, 1 FROM n
      """
    ),
    (
      "/api/notifications?",
      """
      INSERT INTO notifications (user_id, kind, subject, link, created_at)
      \(numbers) SELECT (SELECT id FROM users WHERE username = 'boss'), 'mention', i, \(long), 1 FROM n
      """
    ),
    ("/api/admin/audit?", audit), ("/api/admin/audit?q=xx", audit), ("/api/users?", people),
    ("/api/admin/users?", people),
    (
      "/api/employee-categories?",
      """
      INSERT INTO employee_categories (name, description, created_at, updated_at)
      \(numbers) SELECT 'category-' || i, \(long), 1, 1 FROM n
      """
    ),
    (
      "/api/monitoring/errors?",
      """
      INSERT INTO client_errors (fingerprint, count, first_at, last_at, address, client_id, client_version, platform,
        type, message, context, user_message)
      \(numbers) SELECT CAST(i AS BLOB), 1, 1, 1, '', '', '', '', '', '', \(long), '' FROM n
      """
    ),
    (
      "/api/permissions?",
      """
      INSERT INTO users (username, name, created_at, updated_at)
      \(numbers) SELECT 'person-' || i, \(long), 1, 1 FROM n;
      INSERT INTO permissions (user_id, permission, created_at)
      SELECT id, 'manage_users', 1 FROM users WHERE username LIKE 'person-%'
      """
    ),
    (
      "/api/chat/channels?browse=1",
      """
      INSERT INTO channels (kind, name, topic, created_at, updated_at)
      \(numbers) SELECT 'public', 'channel-' || i, \(long), 1, 1 FROM n
      """
    ),
  ]

  @Test(arguments: lists)
  func `a page of large rows is shortened, and paging reaches all rows`(_ list: (path: String, sql: String))
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      try await test.write(list.sql)
      var seen: [String] = []
      var pages = 0
      var next: String? = String(Int64.max)
      while let before = next {
        let page = try await boss.get("\(list.path)&limit=500&before=\(before)")
        #expect(page.status == 200)
        #expect(page.text.utf8.count < 5 << 19)
        seen += Self.ids(page.json)
        pages += 1
        next = page.headers["x-next-before"]
      }
      #expect(pages > Self.rows / 20)
      #expect(Set(seen).count == seen.count)
      #expect(seen.count >= Self.rows)
    }
  }

  /// The ids of a list, which some routes wrap in an object.
  private static func ids(_ json: JSONValue) -> [String] {
    let rows = json.array ?? json["users"]?.array ?? json["errors"]?.array ?? []
    return rows.compactMap { $0["id"]?.string }
  }
}
