import HTTP
import Store
import Synchronization

/// `/api/stats`: counts of accounts, documents, events and the like, without sign-in.
struct StatsFeature: Feature {
  let clock: Clock
  let database: Database
  let hub: Hub
  private let kept = KeptNumbers()

  init(clock: Clock, database: Database, hub: Hub) {
    self.clock = clock
    self.database = database
    self.hub = hub
  }

  var routes: [Route] {
    [.get("/api/stats", .everyone, "Get the public numbers", response: Self.schema, stats)]
  }

  /// The members of the response, each with the SQL of its count. `?1` is the time in milliseconds, `?2` a
  /// week before, `?3` a week later.
  private static let numbers: [(name: StaticString, sql: String)] = [
    ("totalUsers", "SELECT count(*) FROM users WHERE is_active = 1 AND is_approved = 1"),
    ("totalAnnouncements", "SELECT count(*) FROM announcements WHERE \(liveAnnouncement)"),
    ("totalDocuments", "SELECT count(*) FROM documents WHERE deleted_at IS NULL"),
    ("totalEvents", "SELECT count(*) FROM events"),
    ("totalMessages", "SELECT count(*) FROM messages"),
    ("totalComplaints", "SELECT coalesce(sum(count), 0) FROM complaint_counts"),
    (
      "pendingComplaints",
      "SELECT coalesce(sum(count), 0) FROM complaint_counts WHERE status IN ('open', 'in_progress')"
    ),
    ("totalContents", "SELECT count(*) FROM contents"),
    (
      "newAnnouncements",
      "SELECT count(*) FROM announcements WHERE \(liveAnnouncement) AND coalesce(announced_at, created_at) >= ?2"
    ),
    ("updatedDocuments", "SELECT count(*) FROM documents WHERE deleted_at IS NULL AND updated_at >= ?2"),
    ("weeklyEvents", "SELECT count(*) FROM event_spans WHERE ends_at >= ?1 AND starts_at < ?3"),
  ]
  private static let liveAnnouncement = """
    deleted_at IS NULL AND status = 'published' AND coalesce(publish_at, 0) <= ?1
      AND coalesce(expires_at, ?1 + 1) > ?1
    """
  static let sql =
    "SELECT "
    + numbers.map { number in "(" + number.sql + ")" }.joined(separator: ",\n  ")
  private static let week: Int64 = 7 * 24 * 60 * 60 * 1000

  private static let schema = Schema.object(
    numbers.map { ("\($0.name)", .integer, required: true) } + [("connectedUsers", .integer, required: true)])

  private func stats(_ request: Request) async throws -> Response {
    let now = clock.now()
    let counts = try await numbers(at: now)
    let connected = Set(hub.present().map(\.id)).count
    return .json { json in
      json.object { json in
        for (number, count) in zip(Self.numbers, counts) { json.field(number.name, count) }
        json.field("connectedUsers", connected)
      }
    }
  }

  /// Cached for a few seconds, because the route needs no sign-in.
  private func numbers(at now: Int64) async throws -> [Int64] {
    if let counts = kept.counts(at: now) { return counts }
    let counts = try await database.read { connection in
      try connection.first(Self.sql, now, now - Self.week, now + Self.week) { row in
        Self.numbers.indices.map { row.int64($0) }
      } ?? []
    }
    kept.keep(counts, at: now)
    return counts
  }
}

/// Counts that are valid for a few seconds.
private final class KeptNumbers: Sendable {
  /// In milliseconds.
  private static let life: Int64 = 5_000

  private let kept = Mutex<(counts: [Int64], at: Int64)?>(nil)

  func counts(at now: Int64) -> [Int64]? {
    kept.withLock { kept in
      guard let kept, (0..<Self.life).contains(now - kept.at) else { return nil }
      return kept.counts
    }
  }

  func keep(_ counts: [Int64], at now: Int64) { kept.withLock { $0 = (counts, now) } }
}
