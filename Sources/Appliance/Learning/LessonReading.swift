import HTTP
import Store

/// A lesson as its page shows it: the text as HTML, the files in it, and how far the reader is.
struct LessonReading: Sendable {
  /// The longest video, in seconds: two days.
  static let longest: Int64 = 172_800

  private let lesson: Record
  private let courseTitle: String
  private let files: [UploadedFile]
  private let isEnrolled: Bool
  private let completedAt: Int64?
  private let playhead: Int64

  /// Throws 404 when the account may not read it.
  init(_ id: Int64, for account: Account, at now: Int64, in connection: Connection) throws {
    lesson = try Lessons.resource.record(id, for: account, at: now, in: connection)
    let course = lesson.int64(Lessons.courseID) ?? 0
    let title = try connection.first("SELECT title FROM courses WHERE id = ?", course) { $0.text(0) }
    courseTitle = title ?? ""
    files = try AttachedFiles.of(Lessons.resource.name, [id], in: connection)[id] ?? []
    isEnrolled = try Enrolment.of(account.id, in: course, connection) != nil
    let mine = try connection.first(
      """
      SELECT p.completed_at, p.playhead FROM enrollments AS e
        JOIN lesson_progress AS p ON p.enrollment_id = e.id AND p.lesson_id = ?
      WHERE e.course_id = ? AND e.user_id = ?
      """, id, course, account.id, map: { ($0.optionalInt64(0), $0.int64(1)) })
    completedAt = mine?.0
    playhead = mine?.1 ?? 0
  }

  static let schema =
    Lessons.resource.answerSchema
    + .members([
      "courseTitle": .string, "html": .string, "files": AttachedFiles.answerSchema, "isEnrolled": .boolean,
      "completedAt": .optional(.time),
      "position": .described("the second at which its video or sound was left", .integer),
    ])

  func json() async -> [UInt8] {
    let html = await Markdown.rendering(lesson.text(Lessons.content))
    var json = JSONWriter(reserve: html.utf8.count + 4_096)
    json.object { json in
      Lessons.resource.writeFields(lesson, to: &json)
      json.field("courseTitle", courseTitle)
      json.field("html", html)
      AttachedFiles.write(files, to: &json)
      json.field("isEnrolled", isEnrolled)
      json.time("completedAt", completedAt)
      json.field("position", playhead)
    }
    return json.bytes
  }
}
