import HTTP
import Store

/// The section of courses to continue.
extension HomeSection {
  private static let mostCourses = 3

  static let coursesSQL = """
    SELECT e.id, e.course_id, c.title, e.progress, e.last_lesson_id
    FROM enrollments AS e JOIN courses AS c ON c.id = e.course_id AND c.is_published = 1
      AND c.deleted_at IS NULL
    WHERE e.user_id = ? AND e.completed_at IS NULL ORDER BY e.last_active_at DESC LIMIT ?
    """

  private typealias Open = (id: Int64, course: Int64, title: String, progress: Int64, last: Int64?)

  /// The courses that the person has not completed, with the lesson at which to go on.
  static func courses(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "courses",
      schema: .array(
        .members([
          "courseId": .id, "title": .string, "progress": .described("percent", .integer),
          "lessonId": .optional(.id), "lessonTitle": .optional(.string),
        ])), isOn: { settings.isOn(.training) }
    ) { account, _, connection, json in
      let open: [Open] = try connection.query(coursesSQL, account.id, mostCourses) { row in
        (row.int64(0), row.int64(1), row.text(2), row.int64(3), row.optionalInt64(4))
      }
      try json.array { json in
        for one in open {
          let next = try NextLesson.find(after: one.last, of: one.id, in: one.course, connection)
          json.object { json in
            json.id("courseId", one.course)
            json.field("title", one.title)
            json.field("progress", one.progress)
            json.field("lessonId", next.map { String($0.id) })
            json.field("lessonTitle", next?.title)
          }
        }
      }
    }
  }
}

/// The lesson at which a person goes on: the last one, if it is not completed; else the next one that is not; else
/// the first one that is not.
struct NextLesson: Sendable {
  let id: Int64
  let title: String

  static func find(
    after last: Int64?, of enrolment: Int64, in course: Int64, _ connection: Connection
  ) throws -> NextLesson? {
    let place = try connection.scalar(
      "SELECT position FROM lessons WHERE id = ? AND course_id = ?", last ?? 0, course)
    return try find(from: place ?? 0, enrolment, course, connection)
      ?? find(from: 0, enrolment, course, connection)
  }

  private static let sql = """
    SELECT l.id, l.title FROM lessons AS l
    WHERE l.course_id = ? AND l.position >= ? AND l.deleted_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM lesson_progress AS p
      WHERE p.enrollment_id = ? AND p.lesson_id = l.id AND p.completed_at IS NOT NULL)
    ORDER BY l.position, l.id LIMIT 1
    """

  private static func find(
    from place: Int64, _ enrolment: Int64, _ course: Int64, _ connection: Connection
  ) throws -> NextLesson? {
    try connection.first(sql, course, place, enrolment) { NextLesson(id: $0.int64(0), title: $0.text(1)) }
  }
}
