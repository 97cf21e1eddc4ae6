import HTTP
import Store

/// Attempts that a trainer gives somebody who has used those of a quiz.
enum ExtraAttempts {
  /// SQL: how many attempts a person may make at a quiz.
  static func allowedSQL(_ quiz: String, _ person: String) -> String {
    """
    (CASE \(quiz).allow_retries WHEN 1 THEN \(quiz).max_attempts ELSE 1 END + coalesce((
      SELECT x.count FROM quiz_extra_attempts AS x WHERE x.quiz_id = \(quiz).id AND x.user_id = \(person)), 0))
    """
  }

  static func count(_ quiz: Int64, of person: Int64, in connection: Connection) throws -> Int64 {
    try connection.scalar(
      "SELECT count FROM quiz_extra_attempts WHERE quiz_id = ? AND user_id = ?", quiz, person) ?? 0
  }

  private static let usedUpSQL = """
    SELECT q.id, q.title FROM quizzes AS q WHERE q.course_id = ?1 AND q.deleted_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM quiz_attempts AS a WHERE a.quiz_id = q.id AND a.user_id = ?2 AND a.passed = 1
        AND a.is_past = 0)
      AND (SELECT count(a.submitted_at) FROM quiz_attempts AS a WHERE a.quiz_id = q.id AND a.user_id = ?2
        AND a.is_past = 0)
        >= \(allowedSQL("q", "?2"))
    """

  /// Gives one more attempt at each quiz of a course of which a person has used all without passing. Returns the titles
  /// of these quizzes.
  static func give(_ person: Int64, in course: Int64, _ tx: Transaction) throws -> [String] {
    let quizzes = try tx.query(usedUpSQL, course, person) { (id: $0.int64(0), title: $0.text(1)) }
    for quiz in quizzes {
      try tx.execute(
        """
        INSERT INTO quiz_extra_attempts (quiz_id, user_id, count) VALUES (?, ?, 1)
        ON CONFLICT (quiz_id, user_id) DO UPDATE SET count = count + 1
        """, quiz.id, person)
    }
    return quizzes.map(\.title)
  }
}
