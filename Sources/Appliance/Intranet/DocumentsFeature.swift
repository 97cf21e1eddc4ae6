import HTTP
import Store

/// What documents need besides their table: the text inside their files, and reminders; and for everybody what waits for
/// their confirmation.
struct DocumentsFeature: Feature {
  let services: IntranetServices
  let settings: SystemSettings
  let log: Log

  var jobs: [any JobKind] {
    [DocumentTexts(database: services.database, log: log), DocumentReviews(services: services)]
  }

  var routes: [Route] {
    [
      .get(
        "/api/confirmations", .signedIn, "List what waits for your read confirmation",
        response: .array(Self.schema), waiting)
    ]
  }

  private static let most = 50

  private static let schema = Schema.object([
    ("resource", .enumeration(["announcements", "documents"]), required: true),
    ("id", .string, required: true), ("title", .string, required: true), ("link", .string, required: true),
    ("since", .time, required: true),
  ])

  private struct Waiting: Sendable {
    let resource: String
    let id: Int64
    let title: String
    let since: Int64
  }

  private func waiting(_ request: Request) async throws -> Response {
    let account = try request.account()
    let now = services.clock.now()
    var asked: [(ReadConfirmations.Subject, (sql: String, arguments: [Value]))] = []
    if settings.isOn(.announcements) {
      asked.append((Announcements.confirmations, Announcements.readers(account, now)))
    }
    if settings.isOn(.documents) { asked.append((Documents.confirmations, Documents.readers(account))) }
    let subjects = asked
    let found = try await services.database.read { connection in
      try subjects.flatMap { subject, readers in
        try connection.query(
          Self.sql(subject, readers.sql), arguments: readers.arguments + [account.id.value]
        ) { row in
          Waiting(resource: subject.resource, id: row.int64(0), title: row.text(1), since: row.int64(2))
        }
      }
    }
    return .json { json in
      json.array { json in
        for one in found.sorted(by: { $0.since > $1.since }) {
          json.object { json in
            json.field("resource", one.resource)
            json.id("id", one.id)
            json.field("title", one.title)
            json.field("link", "/\(one.resource)/\(one.id)")
            json.time("since", one.since)
          }
        }
      }
    }
  }

  static func sql(_ subject: ReadConfirmations.Subject, _ readers: String) -> String {
    """
    SELECT id, title, updated_at FROM \(subject.table)
    WHERE requires_confirmation = 1 AND deleted_at IS NULL AND (\(readers)) AND NOT EXISTS (
      SELECT 1 FROM read_confirmations AS c WHERE c.resource = '\(subject.resource)' AND c.row_id = \(subject.table).id
        AND c.edition = \(subject.edition) AND c.user_id = ?)
    ORDER BY id DESC LIMIT \(most)
    """
  }
}
