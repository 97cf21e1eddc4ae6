import HTTP
import Store

/// A learner at a quiz, within a transaction. There is one writer at a time, so that starts and submissions that come
/// at once are one attempt, and never more than allowed.
///
/// Refusals are returned instead of thrown: what was done before, such as ending an attempt whose time is over, is kept.
struct QuizSitting {
  typealias Outcome = Result<QuizAttempt, Failure>

  /// How long the same answers are the same submission, in milliseconds.
  private static let repeated: Int64 = 30_000

  let quiz: Quiz
  let learner: Int64
  let tx: Transaction

  /// The open attempt, or a new one.
  func start() throws -> Outcome {
    if let open = try QuizAttempt.open(quiz.id, of: learner, in: tx) {
      guard open.isOver(at: tx.now) else { return .success(open) }
      try end(open)
    }
    let questions = try QuizVersion.questions(of: quiz.id, quiz.version, in: tx)
    if let refusal = try refusal(questions) { return .failure(refusal) }
    var random = SystemRandomNumberGenerator()
    let layout = QuizLayout(questions, pool: quiz.pool, shuffles: quiz.shuffles, using: &random)
    return .success(try begin(layout))
  }

  /// Keeps the answers of the open attempt.
  func save(_ answers: [JSONValue], attempt id: Int64?) throws -> Outcome {
    guard let open = try QuizAttempt.open(quiz.id, of: learner, in: tx), id == nil || id == open.id else {
      let named = try id.flatMap { try QuizAttempt.find($0, of: quiz.id, in: tx) }
      return .failure(named?.wasCut == true ? Self.timeOver(named?.id) : Self.noOpenAttempt)
    }
    guard !open.isOver(at: tx.now) else {
      try end(open)
      return .failure(Self.timeOver(open.id))
    }
    let questions = try QuizVersion.questions(of: quiz.id, open.version, in: tx)
    let given = try Self.read(answers, open.layout, questions)
    try tx.execute(
      "UPDATE quiz_attempts SET answers = ? WHERE id = ?", QuizAnswer.stored(given), open.id)
    return .success(open)
  }

  /// Marks the open attempt with these answers. Again, it is the same attempt. Without one, all questions are answered
  /// as they stand, as older clients do.
  func submit(_ answers: [JSONValue], attempt id: Int64?) throws -> Outcome {
    if let id {
      guard let named = try QuizAttempt.find(id, of: quiz.id, in: tx), named.person == learner else {
        throw Failure.notFound
      }
      if named.submittedAt != nil {
        return named.wasCut ? .failure(Self.timeOver(id)) : .success(named)
      }
    }
    if let open = try QuizAttempt.open(quiz.id, of: learner, in: tx) {
      guard !open.isOver(at: tx.now) else {
        try end(open)
        return .failure(Self.timeOver(open.id))
      }
      let questions = try QuizVersion.questions(of: quiz.id, open.version, in: tx)
      return .success(try mark(open, Self.read(answers, open.layout, questions), questions, at: tx.now))
    }
    if let again = try repetition(of: answers) { return .success(again) }
    let questions = try QuizVersion.questions(of: quiz.id, quiz.version, in: tx)
    if let refusal = try refusal(questions) { return .failure(refusal) }
    guard !quiz.mustStart else { return .failure(Self.notStarted) }
    let layout = QuizLayout(plain: questions)
    let given = try Self.read(answers, layout, questions)
    return .success(try mark(try begin(layout), given, questions, at: tx.now))
  }

  /// Marks an attempt whose time is over with what was saved.
  func end(_ open: QuizAttempt) throws {
    let questions = try QuizVersion.questions(of: quiz.id, open.version, in: tx)
    let given = zip(open.layout.asked(of: questions), open.answers).map { asked, answer in
      try? asked.question.answer(answer, named: "")
    }
    try mark(open, given, questions, at: open.endsAt ?? tx.now)
  }

  private func refusal(_ questions: [QuizQuestion]) throws -> Failure? {
    if questions.isEmpty { return Self.noQuestions }
    if try QuizAttempt.hasPassed(quiz.id, learner, in: tx) { return Self.alreadyPassed }
    let count = try QuizAttempt.count(quiz.id, of: learner, in: tx)
    return try count >= quiz.mostAttempts(of: learner, in: tx) ? Self.noAttemptsLeft : nil
  }

  private func begin(_ layout: QuizLayout) throws -> QuizAttempt {
    try tx.claimSpace()
    let number = try QuizAttempt.newest(quiz.id, of: learner, in: tx)?.number ?? 0
    try tx.execute(
      """
      INSERT INTO quiz_attempts (quiz_id, version, user_id, number, layout, answers, shares, score, passed,
        started_at, ends_at, submitted_at) VALUES (?, ?, ?, ?, ?, '[]', '[]', NULL, 0, ?, ?, NULL)
      """, quiz.id, quiz.version, learner, number + 1, layout.stored, tx.now,
      quiz.timeLimit.map { tx.now + $0 }
    )
    let id = tx.lastInsertedID
    try tx.execute(
      """
      UPDATE enrollments SET last_active_at = ?1, started_at = coalesce(started_at, ?1),
        status = CASE status WHEN 'enrolled' THEN 'in-progress' ELSE status END, updated_at = ?1
      WHERE course_id = ?2 AND user_id = ?3
      """, tx.now, quiz.course, learner)
    guard let made = try QuizAttempt.find(id, of: quiz.id, in: tx) else { throw Failure.notFound }
    return made
  }

  @discardableResult
  private func mark(
    _ attempt: QuizAttempt, _ answers: [QuizAnswer?], _ questions: [QuizQuestion], at time: Int64
  ) throws -> QuizAttempt {
    let asked = attempt.layout.asked(of: questions).map(\.question)
    let given = answers + Array(repeating: nil, count: max(0, asked.count - answers.count))
    let marks = QuizMarks(asked, given, negative: quiz.negative)
    var shares = JSONWriter()
    shares.value(.array(marks.shares.map { $0.map(JSONValue.number) ?? .null }))
    try tx.execute(
      """
      UPDATE quiz_attempts SET answers = ?, shares = ?, score = ?, passed = ?, submitted_at = ? WHERE id = ?
      """, QuizAnswer.stored(given), String(decoding: shares.bytes, as: UTF8.self), marks.score,
      Int64(marks.score) >= quiz.passingScore, time, attempt.id)
    let enrolment = try tx.scalar(
      "SELECT id FROM enrollments WHERE course_id = ? AND user_id = ?", quiz.course, learner)
    if let enrolment {
      if Int64(marks.score) >= quiz.passingScore { try EnrolmentProgress.note(enrolment, in: tx) }
      try EnrolmentProgress.compute(of: .enrolment(enrolment, inCourse: quiz.course), in: tx)
    }
    guard let marked = try QuizAttempt.find(attempt.id, of: quiz.id, in: tx) else { throw Failure.notFound }
    return marked
  }

  /// The attempt that was handed in a moment ago with the same answers.
  private func repetition(of answers: [JSONValue]) throws -> QuizAttempt? {
    guard let last = try QuizAttempt.newest(quiz.id, of: learner, in: tx), let time = last.submittedAt,
      tx.now - time < Self.repeated
    else { return nil }
    let questions = try QuizVersion.questions(of: quiz.id, last.version, in: tx)
    guard let given = try? Self.read(answers, last.layout, questions) else { return nil }
    let all = given + Array(repeating: nil, count: max(0, last.answers.count - given.count))
    return JSONValue(parsing: QuizAnswer.stored(all))?.array == last.answers ? last : nil
  }

  /// Answers in the order of the questions as sent; missing ones at the end are not answered.
  private static func read(
    _ answers: [JSONValue], _ layout: QuizLayout, _ questions: [QuizQuestion]
  ) throws(Failure) -> [QuizAnswer?] {
    let asked = layout.asked(of: questions)
    guard answers.count <= asked.count else { throw Failure.invalid([tooManyAnswers(asked.count)]) }
    var given: [QuizAnswer?] = []
    var errors: [FieldError] = []
    for (index, (asked, json)) in zip(asked, answers).enumerated() {
      do throws(FieldError) {
        given.append(try asked.item.answer(json, to: asked.question, named: "answers[\(index)]"))
      } catch {
        errors.append(error)
      }
    }
    guard errors.isEmpty else { throw Failure.invalid(errors) }
    return given
  }
}
