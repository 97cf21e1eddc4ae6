import HTTP
import Store

/// A person's enrolment in a published course. What it says is computed here: no client sets any of it.
struct Enrolment: Sendable {
  enum Status: String, Sendable, CaseIterable {
    case enrolled
    case inProgress = "in-progress"
    case completed, failed
  }

  let id: Int64
  let course: Int64
  let person: Int64
  let status: String
  /// Percent.
  let progress: Int64
  /// Milliseconds.
  let timeSpent: Int64
  let score: Int?
  let lastLesson: Int64?
  let lastActiveAt: Int64
  let startedAt: Int64?
  let completedAt: Int64?
  let createdAt: Int64
  let updatedAt: Int64
  let courseTitle: String
  let thumbnailURL: String
  let lessonCount: Int64
  let completedLessons: Int64

  /// Triggers keep the two counts, so that they are true whatever changes a lesson.
  static let columns = """
    e.id, e.course_id, e.user_id, e.status, e.progress, e.time_spent, e.score, e.last_lesson_id,
    e.last_active_at, e.started_at, e.completed_at, e.created_at, e.updated_at, c.title, c.thumbnail_url,
    c.lesson_count, e.done_count
    """
  static let tables = """
    enrollments AS e JOIN courses AS c ON c.id = e.course_id AND c.is_published = 1 AND c.deleted_at IS NULL
    """

  init(_ row: Row) {
    id = row.int64(0)
    course = row.int64(1)
    person = row.int64(2)
    status = row.text(3)
    progress = row.int64(4)
    timeSpent = row.int64(5)
    score = row.optionalInt(6)
    lastLesson = row.optionalInt64(7)
    lastActiveAt = row.int64(8)
    startedAt = row.optionalInt64(9)
    completedAt = row.optionalInt64(10)
    createdAt = row.int64(11)
    updatedAt = row.int64(12)
    courseTitle = row.text(13)
    thumbnailURL = row.text(14)
    lessonCount = row.int64(15)
    completedLessons = row.int64(16)
  }

  static func find(_ id: Int64, of person: Int64, in connection: Connection) throws -> Enrolment? {
    try connection.first(
      "SELECT \(columns) FROM \(tables) WHERE e.id = ? AND e.user_id = ?", id, person, map: Enrolment.init)
  }

  static func of(_ person: Int64, in course: Int64, _ connection: Connection) throws -> Enrolment? {
    try connection.first(
      "SELECT \(columns) FROM \(tables) WHERE e.course_id = ? AND e.user_id = ?", course, person,
      map: Enrolment.init)
  }
}

extension Enrolment {
  /// Milliseconds of a minute, the unit of `timeSpent` in answers.
  static let minute: Int64 = 60_000

  static let schema = Schema.named(
    "Enrollment",
    .members([
      "id": .id, "courseId": .id, "userId": .id, "status": .words(Status.self),
      "progress": .described("percent", .integer),
      "timeSpent": .described("whole minutes, measured by the server", .integer),
      "score": .optional(.integer), "lastLessonId": .optional(.id), "lastActiveAt": .time,
      "enrolledAt": .time,
      "startedAt": .optional(.time), "completedAt": .optional(.time), "courseTitle": .string,
      "thumbnailUrl": .string, "lessonCount": .integer, "completedLessons": .integer, "createdAt": .time,
      "updatedAt": .time,
    ]))

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.id("courseId", course)
      json.id("userId", person)
      json.field("status", status)
      json.field("progress", progress)
      json.field("timeSpent", timeSpent / Self.minute)
      json.field("score", score)
      json.field("lastLessonId", lastLesson.map { String($0) })
      json.time("lastActiveAt", lastActiveAt)
      json.time("enrolledAt", createdAt)
      json.time("startedAt", startedAt)
      json.time("completedAt", completedAt)
      json.field("courseTitle", courseTitle)
      json.field("thumbnailUrl", thumbnailURL)
      json.field("lessonCount", lessonCount)
      json.field("completedLessons", completedLessons)
      json.time("createdAt", createdAt)
      json.time("updatedAt", updatedAt)
    }
  }
}
