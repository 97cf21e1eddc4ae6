import HTTP
import Store

/// Counts of requests, and the average time to resolve one.
extension ComplaintsFeature {
  /// 30 days, in milliseconds.
  private static let period: Int64 = 30 * 24 * 3600 * 1000

  private static func counts(_ words: [String]) -> Schema {
    .object(words.map { ($0, .integer, required: true) })
  }

  private static let statisticsSchema = Schema.object([
    ("total", .integer, required: true), ("pending", .integer, required: true),
    ("overdue", .integer, required: true), ("unassigned", .integer, required: true),
    ("byStatus", counts(ComplaintStatus.allCases.map(\.rawValue)), required: true),
    ("byCategory", counts(ComplaintFields.choices(ComplaintFields.category)), required: true),
    ("byPriority", counts(ComplaintFields.choices(ComplaintFields.priority)), required: true),
    ("resolvedLast30Days", .integer, required: true),
    (
      "hoursToResolve", .described("on average, of those resolved in the last 30 days", .optional(.number)),
      required: true
    ),
  ])

  var statisticsRoutes: [Route] {
    [
      .get(
        Self.path + "/stats", .right(Complaint.right), "Count the requests", response: Self.statisticsSchema,
        statistics)
    ]
  }

  static let overdueSQL =
    "SELECT count(*) FROM complaints WHERE status IN ('open', 'in_progress') AND due_at <= ?"
  static let unassignedSQL = """
    SELECT count(*) FROM complaints WHERE assigned_to_id IS NULL AND status IN ('open', 'in_progress')
    """
  static let resolvedSQL = """
    SELECT count(*), avg(resolved_at - created_at) FROM complaints WHERE resolved_at > ? AND resolved_at IS NOT NULL
    """

  private func statistics(_ request: Request) async throws -> Response {
    let now = clock.now()
    let found = try await database.read { connection in
      (
        counts: try connection.query("SELECT status, category, priority, count FROM complaint_counts") {
          row in
          (status: row.text(0), category: row.text(1), priority: row.text(2), count: row.int64(3))
        },
        overdue: try connection.scalar(Self.overdueSQL, now) ?? 0,
        unassigned: try connection.scalar(Self.unassignedSQL) ?? 0,
        resolved: try connection.first(Self.resolvedSQL, now - Self.period) {
          ($0.int64(0), $0.optionalDouble(1))
        }
      )
    }
    func sum(_ isCounted: ((status: String, category: String, priority: String, count: Int64)) -> Bool)
      -> Int64
    {
      found.counts.reduce(0) { isCounted($1) ? $0 + $1.count : $0 }
    }
    func write(
      _ name: String, _ words: [String], to json: inout JSONWriter,
      _ word: @escaping ((status: String, category: String, priority: String, count: Int64)) -> String
    ) {
      json.key(text: name)
      json.object { json in
        for one in words {
          json.key(text: one)
          json.value(sum { word($0) == one })
        }
      }
    }
    return .json { json in
      json.object { json in
        json.field("total", sum { _ in true })
        json.field("pending", sum { ComplaintStatus(rawValue: $0.status)?.isPending == true })
        json.field("overdue", found.overdue)
        json.field("unassigned", found.unassigned)
        write("byStatus", ComplaintStatus.allCases.map(\.rawValue), to: &json) { $0.status }
        write("byCategory", ComplaintFields.choices(ComplaintFields.category), to: &json) { $0.category }
        write("byPriority", ComplaintFields.choices(ComplaintFields.priority), to: &json) { $0.priority }
        json.field("resolvedLast30Days", found.resolved?.0 ?? 0)
        json.field("hoursToResolve", found.resolved?.1.map { ($0 / 360_000).rounded() / 10 })
      }
    }
  }
}
