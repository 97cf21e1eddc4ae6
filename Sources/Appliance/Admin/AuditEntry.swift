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

  static let columns = """
    id, at, actor_id, actor_name, action, subject_type, subject_id, subject_name, address, outcome, code, details
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
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.id("id", id)
    json.time("at", at)
    json.key("actor")
    if let actorID {
      json.beginObject()
      json.id("id", actorID)
      json.field("name", actorName)
      json.endObject()
    } else {
      json.null()
    }
    json.field("action", action)
    json.key("subject")
    if subjectType.isEmpty {
      json.null()
    } else {
      json.beginObject()
      json.field("type", subjectType)
      json.field("id", subjectID.map { String($0) })
      json.field("name", subjectName)
      json.endObject()
    }
    json.field("address", address)
    json.field("outcome", outcome)
    json.field("code", code)
    json.field("details", details)
    json.endObject()
  }

  static let heading = [
    "id", "at", "actorId", "actorName", "action", "subjectType", "subjectId", "subjectName", "address",
    "outcome",
    "code", "details",
  ]

  func write(to csv: inout CSVText) {
    var time = JSONWriter()
    time.value(millisecondsAsTime: at)
    csv.row([
      String(id), String(decoding: time.bytes.dropFirst().dropLast(), as: UTF8.self),
      actorID.map { String($0) } ?? "", actorName, action, subjectType, subjectID.map { String($0) } ?? "",
      subjectName, address, outcome, code, details,
    ])
  }
}
