import HTTP
import Store

/// A filtered page of the audit log, newest first.
///
/// The log grows for a year. A text search cannot use an index, so it examines a limited number of rows per
/// request; the response then says where to continue, even if it contains no entries.
struct AuditQuery: Sendable {
  static let window = 20_000
  static let parameters: [QueryParameter] = [
    .init("q", .string, "only lines with this text"),
    .init("action", .enumeration(Audit.Action.allCases.map(\.rawValue)), "of this action only"),
    .init("actor", .string, "of this user only"), .init("from", .time, "from this moment on"),
    .init("to", .time, "before this moment"),
  ]

  static let searched = ["actor_name", "subject_name", "address", "code", "details"]

  let pattern: SearchPattern?
  let action: Audit.Action?
  let actor: Int64?
  /// In milliseconds since 1970; `from` is inclusive, `to` exclusive.
  let from: Int64?
  let to: Int64?

  init(_ request: Request) throws(Failure) {
    pattern = SearchPattern(request.query["q"])
    switch request.query["action"] {
    case nil, "": action = nil
    case let word?:
      guard let known = Audit.Action(rawValue: word) else { throw Self.wrong("action", Self.unknownAction) }
      action = known
    }
    switch request.query["actor"] {
    case nil, "": actor = nil
    case let text?:
      guard let id = Int64(digits: text) else { throw Self.wrong("actor", Self.notAnID) }
      actor = id
    }
    from = try Self.time("from", request)
    to = try Self.time("to", request)
  }

  /// At most `limit` entries with ids below `before`.
  func page(before: Int64, limit: Int, in connection: Connection) throws -> ListPage<AuditEntry> {
    let (filter, arguments) = try filter(before: before, in: connection)
    guard let pattern else {
      return try connection.page(filter + " LIMIT ?", arguments, limit: limit, map: AuditEntry.init)
    }
    let found = try connection.page(
      """
      SELECT * FROM (\(filter) LIMIT \(Self.window)) WHERE \(SearchPattern.condition(Self.searched))
      ORDER BY id DESC LIMIT ?
      """,
      arguments + [pattern.needle], limit: limit, map: AuditEntry.init)
    if found.next != nil { return found }
    let end = try connection.scalar("\(filter) LIMIT 1 OFFSET \(Self.window - 1)", arguments: arguments)
    return ListPage(rows: found.rows, next: end)
  }

  /// The condition that is answered by an index, with its arguments.
  private func filter(
    before: Int64, in connection: Connection
  ) throws -> (sql: String, arguments: [any Bindable]) {
    var sql = "SELECT \(AuditEntry.columns) FROM audit WHERE id < ?"
    // Ids increase with time, so a time span is a range of ids.
    let end = try to.flatMap { try Self.firstID(since: $0, in: connection) } ?? .max
    var arguments: [any Bindable] = [min(before, end)]
    if let from {
      sql += " AND id >= ?"
      arguments.append(try Self.firstID(since: from, in: connection) ?? .max)
    }
    if let action {
      sql += " AND action = ?"
      arguments.append(action.rawValue)
    }
    if let actor {
      sql += " AND actor_id = ?"
      arguments.append(actor)
    }
    return (sql + " ORDER BY id DESC", arguments)
  }

  private static func firstID(since time: Int64, in connection: Connection) throws -> Int64? {
    try connection.scalar("SELECT id FROM audit WHERE at >= ? ORDER BY at, id LIMIT 1", time)
  }

  /// RFC 3339, a day such as `2026-11-20`, or milliseconds since 1970.
  private static func time(_ field: String, _ request: Request) throws(Failure) -> Int64? {
    guard let text = request.query[field], !text.isEmpty else { return nil }
    guard let time = TimeText.milliseconds(text) else { throw wrong(field, notATime) }
    return time
  }

  private static func wrong(_ field: String, _ sentence: Sentence) -> Failure {
    .invalid([FieldError(field, "INVALID_FILTER", sentence)])
  }

  private static let unknownAction = Sentence(
    fr: "Action inconnue.", en: "Unknown action.")
  private static let notAnID = Sentence(fr: "ID non valide.", en: "Invalid ID.")
  private static let notATime = Sentence(
    fr: "Indiquez une date au format 2026-11-20T09:54:12Z.",
    en: "Use a date such as 2026-11-20T09:54:12Z.")
}
