import Store

/// What quizzes add to the progress of enrolments: required ones count as required lessons do, once they have
/// questions; passed is done.
enum QuizProgress {
  /// SQL: whether a quiz `q` counts.
  static let required = """
    q.is_required = 1 AND q.deleted_at IS NULL AND EXISTS (SELECT 1 FROM quiz_versions AS v
      WHERE v.quiz_id = q.id AND v.version = q.version AND v.question_count > 0)
    """

  private static let passed = """
    EXISTS (SELECT 1 FROM quiz_attempts AS a
      WHERE a.quiz_id = q.id AND a.user_id = enrollments.user_id AND a.passed = 1 AND a.is_past = 0)
    """

  static func required(in course: Int64, _ tx: Transaction) throws -> Int64 {
    try tx.scalar("SELECT count(*) FROM quizzes AS q WHERE q.course_id = ? AND \(required)", course) ?? 0
  }

  /// SQL: how many of them the person of an enrolment has passed.
  static let done =
    "(SELECT count(*) FROM quizzes AS q WHERE q.course_id = enrollments.course_id AND \(required) AND \(passed))"

  /// Computes the scores of enrolments that satisfy a condition with one argument: the average of the best attempts.
  /// Where a required quiz can no longer be passed, the course is failed until the author allows more attempts.
  static func compute(_ condition: String, _ argument: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE enrollments SET score = (SELECT CAST(avg(best) AS INTEGER) FROM (
        SELECT max(a.score) AS best FROM quizzes AS q JOIN quiz_attempts AS a
          ON a.quiz_id = q.id AND a.user_id = enrollments.user_id AND a.submitted_at IS NOT NULL AND a.is_past = 0
        WHERE q.course_id = enrollments.course_id AND q.deleted_at IS NULL GROUP BY q.id))
      WHERE \(condition)
      """, argument)
    try tx.execute(
      """
      UPDATE enrollments SET status = CASE WHEN EXISTS (
          SELECT 1 FROM quizzes AS q WHERE q.course_id = enrollments.course_id AND \(required) AND NOT \(passed)
            AND (SELECT count(a.submitted_at) FROM quiz_attempts AS a
              WHERE a.quiz_id = q.id AND a.user_id = enrollments.user_id AND a.is_past = 0)
              >= \(ExtraAttempts.allowedSQL("q", "enrollments.user_id")))
        THEN 'failed' WHEN status = 'failed' THEN 'in-progress' ELSE status END
      WHERE completed_at IS NULL AND \(condition)
      """, argument)
  }
}
