import HTTP
import Store

/// Usage statistics for administrators.
struct AnalyticsFeature: Feature {
  let clock: Clock
  let database: Database

  private static let day: Int64 = 24 * 60 * 60 * 1000
  private static let most = 10

  var routes: [Route] {
    let admin = Access.right("admin")
    let path = "/api/admin/analytics"
    return [
      .get(
        path + "/overview", admin, "Get the numbers of the installation", response: Self.overview, overview),
      .get(path + "/users", admin, "Get who uses the installation", response: Self.people, people),
      .get(path + "/content", admin, "Get what is read most", response: Self.content, content),
    ]
  }

  private static let totals: [(name: StaticString, sql: String)] = [
    ("totalUsers", "SELECT count(*) FROM users"),
    ("activeUsers", "SELECT count(*) FROM users WHERE is_active = 1 AND is_approved = 1"),
    ("pendingUsers", "SELECT count(*) FROM users WHERE is_active = 1 AND is_approved = 0"),
    ("newUsers", "SELECT count(*) FROM users WHERE created_at >= ?1"),
    ("totalMachines", "SELECT count(*) FROM machines"),
    ("runningMachines", "SELECT count(*) FROM machines WHERE status = 'running'"),
    // Two index scans, because the table itself is far larger.
    (
      "chatMessages",
      """
      SELECT (SELECT count(*) FROM chat_messages) - (SELECT count(*) FROM chat_messages WHERE deleted_at IS NOT NULL)
      """
    ),
    ("totalAnnouncements", "SELECT count(*) FROM announcements WHERE deleted_at IS NULL"),
    ("totalDocuments", "SELECT count(*) FROM documents WHERE deleted_at IS NULL"),
    ("totalEvents", "SELECT count(*) FROM events"),
    ("totalComplaints", "SELECT coalesce(sum(count), 0) FROM complaint_counts"),
    ("storedBytes", "SELECT coalesce(sum(size), 0) FROM uploads WHERE completed_at IS NOT NULL"),
  ]
  static let totalsSQL = "SELECT " + totals.map { "(" + $0.sql + ")" }.joined(separator: ",\n  ")
  private static let overview = Schema.object(totals.map { ("\($0.name)", .integer, required: true) })

  private func overview(_ request: Request) async throws -> Response {
    let month = clock.now() - 30 * Self.day
    let counts = try await database.read { connection in
      try connection.first(Self.totalsSQL, month) { row in Self.totals.indices.map { row.int64($0) } } ?? []
    }
    return .json { json in
      json.object { json in
        for (total, count) in zip(Self.totals, counts) { json.field(total.name, count) }
      }
    }
  }

  static let activeSQL = "SELECT count(DISTINCT user_id) FROM sessions WHERE seen_at >= ?"
  static let rolesSQL =
    "SELECT role, count(*) AS count FROM users WHERE is_active = 1 GROUP BY role ORDER BY role"
  static let departmentsSQL = """
    SELECT department, count(*) AS count FROM users WHERE is_active = 1 GROUP BY department
    ORDER BY count DESC, department LIMIT 100
    """
  private static let people = Schema.object([
    ("activeToday", .integer, required: true), ("activeThisWeek", .integer, required: true),
    (
      "byRole",
      .array(.object([("role", .string, required: true), ("count", .integer, required: true)])),
      required: true
    ),
    (
      "byDepartment",
      .array(.object([("department", .string, required: true), ("count", .integer, required: true)])),
      required: true
    ),
  ])

  private func people(_ request: Request) async throws -> Response {
    let now = clock.now()
    let bytes = try await database.read { connection in
      var json = JSONWriter(reserve: 2_048)
      try json.object { json in
        json.field("activeToday", try connection.scalar(Self.activeSQL, now - Self.day) ?? 0)
        json.field("activeThisWeek", try connection.scalar(Self.activeSQL, now - 7 * Self.day) ?? 0)
        for (list, word, sql): (StaticString, StaticString, String) in [
          ("byRole", "role", Self.rolesSQL), ("byDepartment", "department", Self.departmentsSQL),
        ] {
          try json.array(list) { json in
            try connection.forEach(sql, arguments: []) { row in
              json.object { json in
                json.field(word, row.text(0))
                json.field("count", row.int64("count"))
              }
            }
          }
        }
      }
      return json.bytes
    }
    return .json(200, bytes: bytes)
  }

  /// The most used rows of each kind: id, title, and the number of confirmations, downloads or views.
  private static let lists: [(name: StaticString, sql: String)] = [
    (
      "announcements",
      """
      SELECT a.id, a.title, count(*) AS count FROM read_confirmations AS c
      JOIN announcements AS a ON a.id = c.row_id AND a.deleted_at IS NULL
      WHERE c.resource = 'announcements' AND c.edition = a.edition GROUP BY a.id ORDER BY count DESC LIMIT ?
      """
    ),
    (
      "documents",
      """
      SELECT d.id, d.title, sum(v.downloads) AS count FROM document_versions AS v
      JOIN documents AS d ON d.id = v.document_id AND d.deleted_at IS NULL
      GROUP BY d.id HAVING count > 0 ORDER BY count DESC LIMIT ?
      """
    ),
    ("contents", "SELECT id, title, view_count AS count FROM contents ORDER BY view_count DESC LIMIT ?"),
  ]
  private static let content = Schema.object(
    lists.map { list in
      (
        "\(list.name)",
        .array(
          .object([
            ("id", .string, required: true), ("title", .string, required: true),
            ("count", .integer, required: true),
          ])), required: true
      )
    })

  private func content(_ request: Request) async throws -> Response {
    let bytes = try await database.read { connection in
      var json = JSONWriter(reserve: 4_096)
      try json.object { json in
        for list in Self.lists {
          try json.array(list.name) { json in
            try connection.forEach(list.sql, arguments: [Self.most]) { row in
              json.object { json in
                json.id("id", row.int64("id"))
                json.field("title", row.text("title"))
                json.field("count", row.int64("count"))
              }
            }
          }
        }
      }
      return json.bytes
    }
    return .json(200, bytes: bytes)
  }
}
