import HTTP
import Store

/// One learner of a course, as their trainer sees them.
struct CourseLearner: Sendable {
  struct Quiz: Sendable {
    let id: Int64
    let title: String
    let isRequired: Bool
    let bestScore: Int?
    let attempts: Int64
    let isPassed: Bool
    let allowed: Int64
    var isUsedUp: Bool { !isPassed && attempts >= allowed }
  }

  let id: Int64
  let name: String
  let username: String
  let department: String
  let state: LearnerState
  let isEnrolled: Bool
  /// Percent.
  let progress: Int64
  /// Milliseconds.
  let timeSpent: Int64
  let score: Int?
  let lesson: String?
  let startedAt: Int64?
  let lastActiveAt: Int64?
  let completedAt: Int64?
  let remindedAt: Int64?
  let quizzes: [Quiz]

  private static let sql = """
    SELECT u.id, coalesce(nullif(u.name, ''), u.username) AS name, u.username, u.department, e.id AS enrolment,
      e.progress, e.time_spent, e.score, l.title AS lesson, e.started_at, e.last_active_at, e.completed_at,
      r.reminded_at
    FROM users AS u LEFT JOIN enrollments AS e ON e.course_id = ?1 AND e.user_id = u.id
      LEFT JOIN lessons AS l ON l.id = e.last_lesson_id AND l.deleted_at IS NULL
      LEFT JOIN course_reminders AS r ON r.course_id = ?1 AND r.user_id = u.id
    WHERE u.id = ?2
    """
  private static let quizSQL = """
    SELECT q.id, q.title, q.is_required, max(a.score), count(a.submitted_at), coalesce(max(a.passed), 0),
      \(ExtraAttempts.allowedSQL("q", "?2"))
    FROM quizzes AS q LEFT JOIN quiz_attempts AS a ON a.quiz_id = q.id AND a.user_id = ?2 AND a.is_past = 0
    WHERE q.course_id = ?1 AND q.deleted_at IS NULL GROUP BY q.id
    """

  /// Nil when the account is gone meanwhile.
  static func read(_ key: CourseLearners.Key, in course: Int64, _ connection: Connection) throws
    -> CourseLearner?
  {
    let quizzes = try connection.query(quizSQL, course, key.person) { row in
      Quiz(
        id: row.int64(0), title: row.text(1), isRequired: row.bool(2), bestScore: row.optionalInt(3),
        attempts: row.int64(4), isPassed: row.bool(5), allowed: row.int64(6))
    }
    return try connection.first(sql, course, key.person) { CourseLearner($0, key.state, quizzes) }
  }

  private init(_ row: Row, _ state: LearnerState, _ quizzes: [Quiz]) {
    id = row.int64("id")
    name = row.text("name")
    username = row.text("username")
    department = row.text("department")
    self.state = state
    isEnrolled = !row.isNull("enrolment")
    progress = row.int64("progress")
    timeSpent = row.int64("time_spent")
    score = row.optionalInt("score")
    lesson = row.optionalText("lesson")
    startedAt = row.optionalInt64("started_at")
    // Enrolling writes it too.
    lastActiveAt = startedAt == nil ? nil : row.optionalInt64("last_active_at")
    completedAt = row.optionalInt64("completed_at")
    remindedAt = row.optionalInt64("reminded_at")
    self.quizzes = isEnrolled ? quizzes : []
  }

  static let schema = Schema.named(
    "CourseLearner",
    .members([
      "id": .id, "name": .string, "username": .string, "department": .string,
      "state": .words(LearnerState.self), "isEnrolled": .boolean,
      "progress": .described("percent", .integer),
      "timeSpent": .described("whole minutes", .integer),
      "score": .described("percent, the average of the best attempts", .optional(.integer)),
      "lessonTitle": .described("where they are", .optional(.string)), "startedAt": .optional(.time),
      "lastActiveAt": .optional(.time), "completedAt": .optional(.time), "remindedAt": .optional(.time),
      "quizzes": .array(
        .members([
          "id": .id, "title": .string, "isRequired": .boolean, "bestScore": .optional(.integer),
          "attempts": .integer, "allowedAttempts": .integer, "isPassed": .boolean,
          "isUsedUp": .described("all attempts are used and none has passed", .boolean),
        ])),
    ]))

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.field("name", name)
      json.field("username", username)
      json.field("department", department)
      json.field("state", state.rawValue)
      json.field("isEnrolled", isEnrolled)
      json.field("progress", progress)
      json.field("timeSpent", timeSpent / Enrolment.minute)
      json.field("score", score)
      json.field("lessonTitle", lesson)
      json.time("startedAt", startedAt)
      json.time("lastActiveAt", lastActiveAt)
      json.time("completedAt", completedAt)
      json.time("remindedAt", remindedAt)
      json.array("quizzes") { json in for quiz in quizzes { quiz.write(to: &json) } }
    }
  }
}

extension CourseLearner.Quiz {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.field("title", title)
      json.field("isRequired", isRequired)
      json.field("bestScore", bestScore)
      json.field("attempts", attempts)
      json.field("allowedAttempts", allowed)
      json.field("isPassed", isPassed)
      json.field("isUsedUp", isUsedUp)
    }
  }
}
