import Store

/// How far people are in a course, always computed from the lessons that they have completed and the quizzes
/// that they have passed.
///
/// Repeated calls and calls in any order come to the same numbers. A course that was completed stays completed,
/// whatever lessons are added to it later.
enum EnrolmentProgress {
  /// Whose progress is computed.
  enum Scope {
    case course(Int64)
    case enrolment(Int64, inCourse: Int64)

    fileprivate var course: Int64 {
      switch self {
      case .course(let course), .enrolment(_, let course): course
      }
    }

    /// A condition on `enrollments` with one argument.
    fileprivate var condition: (sql: String, argument: Int64) {
      switch self {
      case .course(let course): ("course_id = ?", course)
      case .enrolment(let id, _): ("id = ?", id)
      }
    }
  }

  /// The percentage of the required lessons and quizzes that are done; of all lessons when none is required.
  static func compute(of scope: Scope, in tx: Transaction) throws {
    let (all, required) =
      try tx.first(
        """
        SELECT count(*), coalesce(sum(is_required), 0) FROM lessons WHERE course_id = ? AND deleted_at IS NULL
        """, scope.course, map: { ($0.int64(0), $0.int64(1)) }) ?? (0, 0)
    let quizzes = try QuizProgress.required(in: scope.course, tx)
    let countsAll = required + quizzes == 0
    let counted = countsAll ? all : required + quizzes
    let (condition, argument) = scope.condition
    if counted == 0 {
      try tx.execute(
        "UPDATE enrollments SET progress = 0 WHERE completed_at IS NULL AND \(condition)", argument)
    } else {
      try write(counted, countsAll: countsAll, condition, argument, in: tx)
    }
    try QuizProgress.compute(condition, argument, in: tx)
    switch scope {
    case .course(let course): try Certificates.issue(course: course, in: tx)
    case .enrolment(let id, _): try Certificates.issue(enrolment: id, in: tx)
    }
  }

  private static func write(
    _ counted: Int64, countsAll: Bool, _ condition: String, _ argument: Int64, in tx: Transaction
  ) throws {
    try tx.execute(
      """
      UPDATE enrollments SET progress = 100 * ((
        SELECT count(*) FROM lesson_progress AS p JOIN lessons AS l ON l.id = p.lesson_id
        WHERE p.enrollment_id = enrollments.id AND p.completed_at IS NOT NULL AND l.deleted_at IS NULL
          AND (l.is_required = 1 OR ?)) + \(QuizProgress.done)) / ?
      WHERE completed_at IS NULL AND \(condition)
      """, countsAll, counted, argument)
    try tx.execute(
      """
      UPDATE enrollments SET status = 'completed', completed_at = ?1, updated_at = ?1
      WHERE completed_at IS NULL AND progress >= 100 AND \(condition)
      """, tx.now, argument)
  }

  /// Notes that somebody has got on.
  static func note(_ enrolment: Int64, in tx: Transaction) throws {
    try tx.execute("UPDATE enrollments SET progressed_at = ? WHERE id = ?", tx.now, enrolment)
  }

  /// Marks a lesson as completed; its first time stays.
  static func complete(_ lesson: Int64, of enrolment: Enrolment, in tx: Transaction) throws {
    let isDone = try tx.scalar(
      "SELECT completed_at FROM lesson_progress WHERE enrollment_id = ? AND lesson_id = ?", enrolment.id,
      lesson)
    if isDone == nil { try note(enrolment.id, in: tx) }
    try tx.execute(
      """
      INSERT INTO lesson_progress (enrollment_id, lesson_id, time_spent, playhead, completed_at)
      VALUES (?, ?, 0, 0, ?)
      ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
        SET completed_at = coalesce(completed_at, excluded.completed_at)
      """, enrolment.id, lesson, tx.now)
    try compute(of: .enrolment(enrolment.id, inCourse: enrolment.course), in: tx)
  }
}
