import HTTP
import ICalendar
import Store

/// How many courses and trainings were completed in a month, in UTC.
struct MonthFigures: Sendable {
  private static let count = 12

  /// `2026-11`
  let month: String
  var courses: Int64 = 0
  var trainings: Int64 = 0

  private static let coursesSQL = """
    SELECT strftime('%Y-%m', completed_at / 1000, 'unixepoch') AS month, count(*) FROM enrollments
    WHERE completed_at >= ? GROUP BY month
    """
  private static let trainingsSQL = """
    SELECT strftime('%Y-%m', completion_date / 1000, 'unixepoch') AS month, count(*) FROM training_participants
    WHERE completion_date >= ? AND completion_date <= ? GROUP BY month
    """

  /// The last twelve months, this one last.
  static func all(at now: Int64, in connection: Connection) throws -> [MonthFigures] {
    let months = self.months(until: now)
    let since = now - 366 * Training.day
    let courses = Dictionary(
      try connection.query(coursesSQL, since) { ($0.text(0), $0.int64(1)) }, uniquingKeysWith: { $1 })
    let trainings = Dictionary(
      try connection.query(trainingsSQL, since, now) { ($0.text(0), $0.int64(1)) },
      uniquingKeysWith: { $1 })
    return months.map {
      MonthFigures(month: $0, courses: courses[$0] ?? 0, trainings: trainings[$0] ?? 0)
    }
  }

  private static func months(until now: Int64) -> [String] {
    let parts = Zone.utc.wallClock(at: now).text.split(byte: "-").prefix(2).map { Int64(digits: $0) ?? 1 }
    let last = (parts.first ?? 1970) * 12 + (parts.last ?? 1) - 1
    return (0..<Int64(count)).reversed().map { back in
      let month = (last - back) % 12 + 1
      return "\((last - back) / 12)-\(month < 10 ? "0" : "")\(month)"
    }
  }

  static let schema = Schema.members(["month": .string, "courses": .integer, "trainings": .integer])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("month", month)
      json.field("courses", courses)
      json.field("trainings", trainings)
    }
  }
}
