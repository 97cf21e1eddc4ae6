import HTTP
import Store

/// A row of the audit log.
struct AuditEntry: Sendable {
  let id: Int64
  let at: Int64
  let actorID: Int64?
  let actorName: String
  let action: String
  let subjectType: String
  let subjectID: Int64?
  let subjectName: String
  let address: String
  let outcome: String
  let code: String
  let details: String
  /// Number of repetitions; `at` is the time of the first, `lastAt` of the last if there is more than one.
  let count: Int64
  let lastAt: Int64?
  /// Whether the repetitions differ in subject or details.
  let isMixed: Bool

  static let columns = """
    id, at, actor_id, actor_name, action, subject_type, subject_id, subject_name, address, outcome, code, details,
    count, last_at, mixed
    """

  init(_ row: Row) {
    id = row.int64(0)
    at = row.int64(1)
    actorID = row.optionalInt64(2)
    actorName = row.text(3)
    action = row.text(4)
    subjectType = row.text(5)
    subjectID = row.optionalInt64(6)
    subjectName = row.text(7)
    address = row.text(8)
    outcome = row.text(9)
    code = row.text(10)
    details = row.text(11)
    count = row.int64(12)
    lastAt = row.optionalInt64(13)
    isMixed = row.bool(14)
  }

  /// Its action and outcome are words of the version that wrote it.
  static let schema = Schema.members([
    "id": .id, "at": .time, "actor": .optional(.members(["id": .id, "name": .string])), "action": .string,
    "subject": .optional(.members(["type": .string, "id": .optional(.id), "name": .string])),
    "address": .string,
    "outcome": .string, "code": .string, "details": .string, "count": .integer, "lastAt": .optional(.time),
    "mixed": .boolean,
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.time("at", at)
      json.key("actor")
      if let actorID {
        json.object { json in
          json.id("id", actorID)
          json.field("name", actorName)
        }
      } else {
        json.null()
      }
      json.field("action", action)
      json.key("subject")
      if subjectType.isEmpty {
        json.null()
      } else {
        json.object { json in
          json.field("type", subjectType)
          json.field("id", subjectID.map { String($0) })
          json.field("name", subjectName)
        }
      }
      json.field("address", address)
      json.field("outcome", outcome)
      json.field("code", code)
      json.field("details", details)
      json.field("count", count)
      json.time("lastAt", lastAt)
      json.field("mixed", isMixed)
    }
  }

  static let heading = [
    "id", "at", "actorId", "actorName", "action", "subjectType", "subjectId", "subjectName", "address",
    "outcome", "code", "details", "count", "lastAt", "mixed",
  ]

  func write(to csv: inout CSVText) {
    csv.row([
      String(id), RFC3339.text(at),
      actorID.map { String($0) } ?? "", actorName, action, subjectType, subjectID.map { String($0) } ?? "",
      subjectName, address, outcome, code, details, String(count), lastAt.map(RFC3339.text) ?? "",
      isMixed ? "true" : "",
    ])
  }
}
