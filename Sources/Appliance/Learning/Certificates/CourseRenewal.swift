import HTTP
import Store

/// Taking a course again before its certificate ends. Lessons and quizzes start anew; earlier attempts and the earlier
/// certificate are kept, which is valid until its own end.
struct CourseRenewal {
  let course: Int64
  let learner: Int64
  let tx: Transaction

  private typealias State = (id: Int64, completedAt: Int64?, certificate: Int64?)

  /// Throws 409 unless the course is completed and its certificate ends soon, has ended or was revoked.
  func begin() throws {
    let enrolment = try check()
    try endOpenAttempts()
    try tx.execute(
      """
      UPDATE quiz_attempts SET is_past = 1
      WHERE user_id = ? AND quiz_id IN (SELECT id FROM quizzes WHERE course_id = ?)
      """, learner, course)
    try tx.execute(
      "UPDATE lesson_progress SET completed_at = NULL, playhead = 0 WHERE enrollment_id = ?", enrolment)
    try tx.execute("DELETE FROM lesson_visits WHERE enrollment_id = ?", enrolment)
    try tx.execute(
      """
      UPDATE enrollments SET status = 'enrolled', progress = 0, score = NULL, last_lesson_id = NULL,
        started_at = NULL, completed_at = NULL, certificate_id = NULL, renewed_at = ?1, last_active_at = ?1,
        updated_at = ?1
      WHERE id = ?2
      """, tx.now, enrolment)
  }

  private func check() throws -> Int64 {
    guard let id = try Enrolment.of(learner, in: course, tx)?.id else { throw Enrolment.notEnrolled }
    try Certificates.issue(enrolment: id, in: tx)
    let state: State? = try tx.first(
      "SELECT id, completed_at, certificate_id FROM enrollments WHERE id = ?", id
    ) { ($0.int64(0), $0.optionalInt64(1), $0.optionalInt64(2)) }
    guard state?.completedAt != nil, let certificate = state?.certificate,
      let current = try Certificate.find(certificate, in: tx)
    else { throw Certificate.notCompleted }
    guard current.mayRenew(at: tx.now) else { throw Self.tooEarly }
    try tx.execute("UPDATE certificates SET renew_at = NULL WHERE id = ?", certificate)
    return id
  }

  private func endOpenAttempts() throws {
    let open = try tx.query(
      """
      SELECT a.quiz_id FROM quiz_attempts AS a JOIN quizzes AS q ON q.id = a.quiz_id
      WHERE a.user_id = ? AND q.course_id = ? AND a.submitted_at IS NULL
      """, learner, course
    ) { $0.int64(0) }
    for id in open {
      guard let quiz = try Quiz.find(id, in: tx), let attempt = try QuizAttempt.open(id, of: learner, in: tx)
      else { continue }
      try QuizSitting(quiz: quiz, learner: learner, tx: tx).end(attempt)
    }
  }

  private static let tooEarly = Failure(
    409, "NOT_RENEWABLE",
    Sentence(
      fr:
        "Votre certificat est encore valable. Vous pourrez refaire ce cours dans les 30 jours avant sa fin.",
      en: "Your certificate is still valid. You can take this course again within 30 days of its end."))
}
