import HTTP
import Store

/// A course that a person has not completed, with the lesson or the quiz at which to go on.
struct OpenCourse: Sendable {
  static let most = 12

  let id: Int64
  let title: String
  let picture: String
  /// Percent.
  let progress: Int64
  let hasStarted: Bool
  let deadline: Int64?
  var lesson: NextLesson?
  var quiz: RequiredQuiz?

  private static let sql = """
    SELECT e.course_id, c.title, c.thumbnail_url, e.progress, e.started_at, e.last_lesson_id, e.id
    FROM enrollments AS e JOIN courses AS c ON c.id = e.course_id AND c.is_published = 1
      AND c.deleted_at IS NULL
    WHERE e.user_id = ? AND e.completed_at IS NULL ORDER BY e.last_active_at DESC LIMIT ?
    """

  /// The last ones first. `due` are the mandatory ones of the person, `quizzes` the required quizzes.
  static func all(
    of person: Int64, _ due: [CourseDuty.Open], _ quizzes: [RequiredQuiz], in connection: Connection
  ) throws -> [OpenCourse] {
    let found = try connection.query(sql, person, most) { row in
      let id = row.int64(0)
      let course = OpenCourse(
        id: id, title: row.text(1), picture: row.text(2), progress: row.int64(3),
        hasStarted: !row.isNull(4), deadline: due.first { $0.id == id }?.deadline)
      return (course, last: row.optionalInt64(5), enrolment: row.int64(6))
    }
    return try found.map { course, last, enrolment in
      var course = course
      course.lesson = try NextLesson.find(after: last, of: enrolment, in: course.id, connection)
      if course.lesson == nil { course.quiz = quizzes.first { $0.course == course.id } }
      return course
    }
  }

  static let schema = Schema.members([
    "courseId": .id, "title": .string, "thumbnailUrl": .string,
    "progress": .described("percent", .integer), "hasStarted": .boolean, "deadline": .optional(.time),
    "isLate": .boolean, "lessonId": .optional(.id), "lessonTitle": .optional(.string),
    "quizId": .described("when all lessons are completed", .optional(.id)),
    "quizTitle": .optional(.string),
  ])

  func write(at now: Int64, to json: inout JSONWriter) {
    json.object { json in
      json.id("courseId", id)
      json.field("title", title)
      json.field("thumbnailUrl", picture)
      json.field("progress", progress)
      json.field("hasStarted", hasStarted)
      json.time("deadline", deadline)
      json.field("isLate", deadline.map { $0 <= now } ?? false)
      json.field("lessonId", lesson.map { String($0.id) })
      json.field("lessonTitle", lesson?.title)
      json.field("quizId", quiz.map { String($0.id) })
      json.field("quizTitle", quiz?.title)
    }
  }
}

/// A required quiz that a person has not passed, in a course that they have begun.
struct RequiredQuiz: Sendable {
  private static let most = 20

  let id: Int64
  let title: String
  let course: Int64
  let courseTitle: String
  let attemptsLeft: Int64

  private static let sql = """
    SELECT q.id, q.title, e.course_id, c.title,
      \(ExtraAttempts.allowedSQL("q", "e.user_id")) - (
        SELECT count(a.submitted_at) FROM quiz_attempts AS a WHERE a.quiz_id = q.id AND a.user_id = e.user_id
          AND a.is_past = 0)
    FROM enrollments AS e
      JOIN courses AS c ON c.id = e.course_id AND c.is_published = 1 AND c.deleted_at IS NULL
      JOIN quizzes AS q ON q.course_id = e.course_id AND \(QuizProgress.required)
    WHERE e.user_id = ? AND e.completed_at IS NULL AND e.started_at IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM quiz_attempts AS a WHERE a.quiz_id = q.id AND a.user_id = e.user_id AND a.passed = 1
        AND a.is_past = 0)
    ORDER BY e.last_active_at DESC LIMIT ?
    """

  static func all(of person: Int64, in connection: Connection) throws -> [RequiredQuiz] {
    try connection.query(sql, person, most) { row in
      RequiredQuiz(
        id: row.int64(0), title: row.text(1), course: row.int64(2), courseTitle: row.text(3),
        attemptsLeft: max(0, row.int64(4)))
    }
  }
}
