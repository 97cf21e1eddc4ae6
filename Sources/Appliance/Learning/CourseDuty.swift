import HTTP
import Store

/// Who has to complete a mandatory course, and what they are told.
enum CourseDuty {
  /// SQL: whether an enrolment `e`, which may be missing, counts as completed at the time of the parameter: by a
  /// certificate that is valid, also while the course is taken again, or by a completion that has none yet.
  static func isDoneSQL(_ now: String) -> String {
    """
    (e.id IS NOT NULL AND (e.completed_at IS NOT NULL AND e.certificate_id IS NULL OR EXISTS (
      SELECT 1 FROM certificates AS held WHERE held.user_id = e.user_id AND held.course_id = e.course_id
        AND held.revoked_at IS NULL AND (held.valid_until IS NULL OR held.valid_until > \(now)))))
    """
  }

  /// Parameters: 1 the course, 2 its audience, 3 its author or 0, 4 the time.
  static let openSQL = """
    SELECT u.id FROM users AS u LEFT JOIN enrollments AS e ON e.course_id = ?1 AND e.user_id = u.id
    WHERE u.is_active = 1 AND u.is_approved = 1 AND NOT \(isDoneSQL("?4"))
      AND (e.id IS NOT NULL OR u.id <> ?3) AND \(Readership.includesSQL("?2", "u"))
    """

  /// Those in its audience who have not completed it, or whose completion is no longer valid; its author only if
  /// enrolled.
  static func open(of course: Course, at now: Int64, in connection: Connection) throws -> [Int64] {
    try connection.query(openSQL, course.id, course.audience, course.author ?? 0, now) { $0.int64(0) }
  }

  static func details(of course: Course, _ task: String) -> [String: String] {
    guard let deadline = course.deadline else { return ["task": task] }
    return ["task": task, "when": Training.clock(deadline)]
  }

  /// The mandatory courses that a person has not completed. Arguments: `arguments(_:)`.
  static func ofPersonSQL(_ readers: String) -> String {
    """
    SELECT courses.id, courses.title, courses.due_date, e.progress
    FROM courses INDEXED BY courses_mandatory
      LEFT JOIN enrollments AS e ON e.course_id = courses.id AND e.user_id = ?
    WHERE courses.is_mandatory = 1 AND courses.is_published = 1 AND courses.deleted_at IS NULL
      AND (e.id IS NOT NULL OR courses.author_id IS NOT ?) AND NOT \(isDoneSQL("?")) AND \(readers)
    """
  }

  struct Open: Sendable {
    let id: Int64
    let title: String
    let deadline: Int64?
    /// Percent; nil before enrolling.
    let progress: Int64?
  }

  /// Those of a person, the most urgent first.
  static func open(for account: Account, at now: Int64, in connection: Connection) throws -> [Open] {
    let readers = Readership.condition("courses.audience", for: account)
    let found = try connection.query(
      ofPersonSQL(readers.sql),
      arguments: [account.id.value, account.id.value, now.value] + readers.arguments
    ) { row in
      Open(
        id: row.int64(0), title: row.text(1), deadline: row.optionalInt64(2), progress: row.optionalInt64(3))
    }
    return found.sorted { ($0.deadline ?? .max, $0.id) < ($1.deadline ?? .max, $1.id) }
  }
}
