import HTTP
import Store

/// A person's attempt at a quiz.
struct QuizAttempt: Sendable {
  /// How long after the end answers are still taken, in milliseconds: they were on their way.
  static let grace: Int64 = 20_000

  let id: Int64
  let quiz: Int64
  let version: Int64
  let person: Int64
  let personName: String
  /// 1 for the first.
  let number: Int64
  let layout: QuizLayout
  /// In the order of the layout.
  let answers: [JSONValue]
  let shares: [Double?]
  let score: Int?
  let hasPassed: Bool
  let startedAt: Int64
  let endsAt: Int64?
  let submittedAt: Int64?

  static let columns = """
    a.id, a.quiz_id, a.version, a.user_id, coalesce(nullif(u.name, ''), u.username), a.number, a.layout, a.answers,
    a.shares, a.score, a.passed, a.started_at, a.ends_at, a.submitted_at
    """
  static let tables = "quiz_attempts AS a JOIN users AS u ON u.id = a.user_id"

  init(_ row: Row) {
    id = row.int64(0)
    quiz = row.int64(1)
    version = row.int64(2)
    person = row.int64(3)
    personName = row.text(4)
    number = row.int64(5)
    layout = QuizLayout(stored: row.text(6))
    answers = JSONValue(parsing: row.text(7))?.array ?? []
    shares = (JSONValue(parsing: row.text(8))?.array ?? []).map(\.double)
    score = row.optionalInt(9)
    hasPassed = row.bool(10)
    startedAt = row.int64(11)
    endsAt = row.optionalInt64(12)
    submittedAt = row.optionalInt64(13)
  }

  /// One that was ended by its time, with what was saved until then.
  var wasCut: Bool { submittedAt != nil && submittedAt == endsAt }

  func isOver(at now: Int64) -> Bool { endsAt.map { now > $0 + Self.grace } ?? false }

  static func find(_ id: Int64, of quiz: Int64, in connection: Connection) throws -> QuizAttempt? {
    try connection.first(
      "SELECT \(columns) FROM \(tables) WHERE a.id = ? AND a.quiz_id = ?", id, quiz, map: QuizAttempt.init)
  }

  static func open(_ quiz: Int64, of person: Int64, in connection: Connection) throws -> QuizAttempt? {
    try connection.first(
      "SELECT \(columns) FROM \(tables) WHERE a.quiz_id = ? AND a.user_id = ? AND a.submitted_at IS NULL",
      quiz, person, map: QuizAttempt.init)
  }

  static func newest(_ quiz: Int64, of person: Int64, in connection: Connection) throws -> QuizAttempt? {
    try connection.first(
      """
      SELECT \(columns) FROM \(tables) WHERE a.quiz_id = ? AND a.user_id = ? ORDER BY a.number DESC LIMIT 1
      """, quiz, person, map: QuizAttempt.init)
  }

  /// How many were made since the course was begun.
  static func count(_ quiz: Int64, of person: Int64, in connection: Connection) throws -> Int64 {
    try connection.scalar(
      "SELECT count(*) FROM quiz_attempts WHERE quiz_id = ? AND user_id = ? AND is_past = 0", quiz, person)
      ?? 0
  }

  static func hasPassed(_ quiz: Int64, _ person: Int64, in connection: Connection) throws -> Bool {
    try connection.scalar(
      "SELECT 1 FROM quiz_attempts WHERE quiz_id = ? AND user_id = ? AND passed = 1 AND is_past = 0", quiz,
      person) != nil
  }
}

extension QuizAttempt {
  static let members = Schema.members([
    "id": .id, "quizId": .id, "userId": .id, "userName": .string,
    "attempt": .described("1 for the first", .integer),
    "score": .described("percent; null while it is open", .optional(.integer)), "passed": .boolean,
    "startedAt": .time, "endsAt": .optional(.time), "submittedAt": .optional(.time),
  ])
  static let schema = Schema.named("QuizAttempt", members)

  func writeMembers(to json: inout JSONWriter) {
    json.id("id", id)
    json.id("quizId", quiz)
    json.id("userId", person)
    json.field("userName", personName)
    json.field("attempt", number)
    json.field("score", score)
    json.field("passed", hasPassed)
    json.time("startedAt", startedAt)
    json.time("endsAt", endsAt)
    json.time("submittedAt", submittedAt)
  }
}
