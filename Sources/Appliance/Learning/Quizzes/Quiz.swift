import HTTP
import Store

/// What an attempt at a quiz depends on.
struct Quiz: Sendable {
  let id: Int64
  let course: Int64
  let title: String
  let version: Int64
  /// Percent.
  let passingScore: Int64
  /// Milliseconds.
  let timeLimit: Int64?
  let mostAttempts: Int64
  let shuffles: Bool
  let pool: Int?
  /// Percent of the points that a wrong answer costs.
  let negative: Int

  static let columns = """
    id, course_id, title, version, passing_score, time_limit, CASE allow_retries WHEN 1 THEN max_attempts ELSE 1 END,
    shuffles, pool, negative
    """

  init(_ row: Row) {
    id = row.int64(0)
    course = row.int64(1)
    title = row.text(2)
    version = row.int64(3)
    passingScore = row.int64(4)
    timeLimit = row.optionalInt64(5).map { $0 * 60_000 }
    mostAttempts = row.int64(6)
    shuffles = row.bool(7)
    pool = row.optionalInt(8)
    negative = row.int(9)
  }

  /// Also one in the bin: its attempts are still closed.
  static func find(_ id: Int64, in connection: Connection) throws -> Quiz? {
    try connection.first("SELECT \(columns) FROM quizzes WHERE id = ?", id, map: Quiz.init)
  }

  /// Throws 404 when the account does not see it.
  static func visible(_ id: Int64, to account: Account, at now: Int64, in connection: Connection) throws
    -> Quiz
  {
    guard try Quizzes.resource.isVisible(id, to: account, at: now, in: connection),
      let quiz = try find(id, in: connection)
    else { throw Failure.notFound }
    return quiz
  }

  /// How many attempts somebody may make: those of the quiz, and further ones that a trainer gave.
  func mostAttempts(of person: Int64, in connection: Connection) throws -> Int64 {
    mostAttempts + (try ExtraAttempts.count(id, of: person, in: connection))
  }

  /// Whether the questions are shown only to those who start: the clock must run, or they are drawn first.
  var mustStart: Bool { timeLimit != nil || pool != nil }
}
