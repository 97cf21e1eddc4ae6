import Store

/// Ends the attempts whose time is over, with what was saved. Nobody has to come back for that.
struct CloseQuizAttempts: JobKind {
  static let dueSQL = """
    SELECT id, quiz_id, user_id FROM quiz_attempts WHERE submitted_at IS NULL AND ends_at < ? ORDER BY ends_at LIMIT ?
    """
  private static let batch = 50

  let database: Database
  let hub: Hub

  let name = "quizzes.close"
  let period: Int64? = 60_000

  func run(_ context: JobContext) async throws {
    while try await close() {}
  }

  /// Returns whether more may be due.
  private func close() async throws -> Bool {
    try await database.write { [hub] tx in
      let due = try tx.query(Self.dueSQL, tx.now - QuizAttempt.grace, Self.batch) {
        (id: $0.int64(0), quiz: $0.int64(1), person: $0.int64(2))
      }
      for one in due {
        guard let quiz = try Quiz.find(one.quiz, in: tx),
          let attempt = try QuizAttempt.find(one.id, of: one.quiz, in: tx)
        else { continue }
        try QuizSitting(quiz: quiz, learner: one.person, tx: tx).end(attempt)
        QuizzesFeature.tell(quiz, one.person, hub, in: tx)
      }
      return due.count == Self.batch
    }
  }
}
