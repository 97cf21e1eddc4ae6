import HTTP
import Store

/// A row that still needs the account's read confirmation.
struct WaitingConfirmation: Sendable {
  private static let most = 50

  let resource: String
  let id: Int64
  let title: String
  let since: Int64

  static let schema = Schema.object([
    ("resource", .enumeration(["announcements", "documents"]), required: true),
    ("id", .string, required: true), ("title", .string, required: true), ("link", .string, required: true),
    ("since", .time, required: true),
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("resource", resource)
      json.id("id", id)
      json.field("title", title)
      json.field("link", "/\(resource)/\(id)")
      json.time("since", since)
    }
  }

  /// Pending confirmations of an account in the enabled modules, most recently changed first; 50 per module.
  static func all(
    of account: Account, at now: Int64, _ settings: SystemSettings, in connection: Connection
  ) throws -> [WaitingConfirmation] {
    var found: [WaitingConfirmation] = []
    func add(_ subject: ReadConfirmations.Subject, _ readers: (sql: String, arguments: [Value])) throws {
      found += try connection.query(
        sql(subject, readers.sql), arguments: readers.arguments + [account.id.value]
      ) { row in
        WaitingConfirmation(
          resource: subject.resource, id: row.int64(0), title: row.text(1), since: row.int64(2))
      }
    }
    if settings.isOn(.announcements) {
      try add(Announcements.confirmations, Announcements.readers(account, now))
    }
    if settings.isOn(.documents) { try add(Documents.confirmations, Documents.readers(account)) }
    return found.sorted { $0.since > $1.since }
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
