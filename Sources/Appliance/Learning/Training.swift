import HTTP
import ICalendar
import Store

/// What the rules of a training need of its row.
struct Training: Sendable {
  static let day: Int64 = 24 * 3_600_000
  /// How long before the end of its validity a completion may be renewed, in milliseconds.
  static let renewal = 30 * day

  let id: Int64
  let title: String
  /// Milliseconds since 1970; nil while the date is not known.
  let start: Int64?
  let end: Int64?
  let places: Int64?
  let isMandatory: Bool
  let isActive: Bool
  let isVisible: Bool
  let audience: String
  let instructor: Int64?
  let due: Int64?
  let validMonths: Int64?
  /// Minutes before the start.
  let reminder: Int64?

  static let columns = """
    trainings.id, trainings.title, trainings.start_date, trainings.end_date, trainings.max_participants,
    trainings.is_mandatory, trainings.is_active, trainings.is_visible, trainings.audience,
    trainings.instructor_id, trainings.due_date, trainings.valid_months, trainings.reminder
    """

  init(_ row: Row) {
    id = row.int64("id")
    title = row.text("title")
    start = row.optionalInt64("start_date")
    end = row.optionalInt64("end_date")
    places = row.optionalInt64("max_participants")
    isMandatory = row.bool("is_mandatory")
    isActive = row.bool("is_active")
    isVisible = row.bool("is_visible")
    audience = row.text("audience")
    instructor = row.optionalInt64("instructor_id")
    due = row.optionalInt64("due_date")
    validMonths = row.optionalInt64("valid_months")
    reminder = row.optionalInt64("reminder")
  }

  init(_ record: Record) {
    id = record.id
    title = record.text(Trainings.title)
    start = record.int64(Trainings.startDate)
    end = record.int64(Trainings.endDate)
    places = record.int64(Trainings.maxParticipants)
    isMandatory = record.bool(Trainings.isMandatory)
    isActive = record.bool(Trainings.isActive)
    isVisible = record.bool(Trainings.isVisible)
    audience = record.text(Trainings.audience)
    instructor = record.int64(Trainings.instructorID)
    due = record.int64(Trainings.dueDate)
    validMonths = record.int64(Trainings.validMonths)
    reminder = record.int64(Trainings.reminder)
  }

  static func find(_ id: Int64, in connection: Connection) throws -> Training? {
    try connection.first("SELECT \(columns) FROM trainings WHERE id = ?", id, map: Training.init)
  }

  /// Reads a training. Throws 404 if the account may not see it.
  static func visible(_ id: Int64, to account: Account, in connection: Connection) throws -> Training {
    let (sql, arguments) = Trainings.scope(account)
    let found = try connection.first(
      "SELECT \(columns) FROM trainings WHERE id = ? AND (\(sql))", arguments: [id] + arguments,
      map: Training.init)
    guard let found else { throw Failure.notFound }
    return found
  }

  /// When it is over; the farthest future without a date.
  var over: Int64 { start.map { max($0, end ?? $0) } ?? .max }

  func hasStarted(at now: Int64) -> Bool { start.map { $0 <= now } ?? false }

  /// Until when those who have to take it must have completed it; nil for no limit.
  var deadline: Int64? { due ?? (start == nil ? nil : over) }

  /// Whether those in its audience have to take it now.
  var isRequired: Bool { isMandatory && isActive && isVisible }

  /// Whether an account may record attendance and see the results of others.
  func isLed(by account: Account) -> Bool {
    account.has(right: Trainings.right) || instructor == account.id
  }

  static func subject(_ id: Int64) -> String { "training:\(id)" }

  /// The start on the clock of the host, for notifications: `2026-11-20T09:54:12`.
  static func clock(_ moment: Int64) -> String { Zone.host.wallClock(at: moment).text }

  func notice(_ kind: Notice.Kind, by actor: Int64? = nil, _ details: [String: String] = [:]) -> Notice {
    // Who is no longer registered may not see it any more.
    let isLost = details["task"] == "cancelled" || details["task"] == "removed"
    return Notice(
      kind: kind, subject: Self.subject(id), link: isLost ? "/learn/trainings" : "/learn/trainings/\(id)",
      actor: actor, details: details.merging(["name": title]) { first, _ in first })
  }
}
