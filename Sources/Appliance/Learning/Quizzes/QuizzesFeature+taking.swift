import HTTP
import Store

/// Attempts of learners.
extension QuizzesFeature {
  private static let answers = Schema.members(
    ["answers": .described("in the order of the questions as sent", .array(QuizAnswer.schema))],
    optional: ["attemptId": .described("the attempt that they are for", .reference)])

  var takingRoutes: [Route] {
    [
      .post(
        Self.one + "/start", .signedIn, "Start an attempt at a quiz, or go on with the open one",
        response: QuizSheet.schema, start),
      .patch(
        Self.one + "/attempt", .signedIn, "Save the answers of the open attempt", request: Self.answers,
        response: .members(["success": .boolean, "secondsLeft": .optional(.integer)]), save
      ).refusing(QuizSitting.refusalSchema),
      .post(
        Self.one + "/attempts", .signedIn, "Hand in an attempt; it is marked at once, and again is the same",
        request: Self.answers, response: QuizSheet.schema, submit
      ).refusing(QuizSitting.refusalSchema),
      .get(
        Self.one + "/attempts", .signedIn, "List your attempts, newest first; authors get everyone's",
        response: .array(QuizAttempt.schema), attempts
      ).reading(QueryParameter.paging + [.flag("mine", "1: only your own")]),
      .get(
        Self.one + "/attempts/:attempt", .signedIn, "Get an attempt with its questions, answers and marks",
        response: QuizSheet.schema, review),
    ]
  }

  private func start(_ request: Request) async throws -> Response {
    try await sit(request) { try $0.start() }
  }

  private func submit(_ request: Request) async throws -> Response {
    let (answers, attempt) = try Self.given(request)
    return try await sit(request) { try $0.submit(answers, attempt: attempt) }
  }

  private func save(_ request: Request) async throws -> Response {
    let (answers, attempt) = try Self.given(request)
    let id = try request.id()
    let now = clock.now()
    let outcome = try await database.write { [hub] tx in
      let quiz = try Self.seat(id, request, in: tx)
      let learner = try request.account().id
      let outcome = try QuizSitting(quiz: quiz, learner: learner, tx: tx).save(answers, attempt: attempt)
      if case .failure = outcome { Self.tell(quiz, learner, hub, in: tx) }
      return outcome
    }
    let open = try outcome.get()
    return .json { json in
      json.object { json in
        json.field("success", true)
        json.key("secondsLeft")
        if let end = open.endsAt { json.value(max(0, end - now) / 1000) } else { json.null() }
      }
    }
  }

  private static func given(_ request: Request) throws -> ([JSONValue], Int64?) {
    let body = try request.json()
    guard let answers = body["answers"]?.array else { throw noAnswers }
    return (answers, try Reference("attemptId", of: body).id)
  }

  /// Does something at a quiz; answers with the attempt.
  private func sit(
    _ request: Request, _ body: @escaping @Sendable (QuizSitting) throws -> QuizSitting.Outcome
  ) async throws -> Response {
    let id = try request.id()
    let account = try request.account()
    let outcome = try await database.write { [hub] tx -> Result<QuizSheet, Failure> in
      let quiz = try Self.seat(id, request, in: tx)
      let outcome = try body(QuizSitting(quiz: quiz, learner: account.id, tx: tx))
      Self.tell(quiz, account.id, hub, in: tx)
      switch outcome {
      case .success(let attempt):
        return .success(try QuizSheet(attempt, of: quiz, for: account, at: tx.now, in: tx))
      case .failure(let failure): return .failure(failure)
      }
    }
    let sheet = try outcome.get()
    return .json { sheet.write(to: &$0) }
  }

  /// The quiz, if the person may take it. Throws 404 when it is not visible, 409 when they are not enrolled.
  private static func seat(_ id: Int64, _ request: Request, in tx: Transaction) throws -> Quiz {
    let learner = try Enrolment.learner(request, in: tx)
    let quiz = try Quiz.visible(id, to: learner, at: tx.now, in: tx)
    guard try Enrolment.of(learner.id, in: quiz.course, tx) != nil else { throw Enrolment.notEnrolled }
    return quiz
  }

  /// Tells the person's other pages and devices that attempts, and perhaps their progress, have changed.
  static func tell(_ quiz: Quiz, _ person: Int64, _ hub: Hub, in tx: Transaction) {
    let text = Frames.encode(Courses.frame) { json in
      json.object { json in
        json.field("resource", "attempts")
        json.field("verb", "change")
        json.id("id", quiz.id)
        json.id("courseId", quiz.course)
      }
    }
    tx.afterCommit { hub.send(Frame(text: text), to: [person]) }
  }

  private func attempts(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let paging = try Paging(request)
    let now = clock.now()
    let isAll = try account.has(right: Courses.right) && !request.query.flag("mine")
    let page = try await database.read { connection in
      _ = try Quiz.visible(id, to: account, at: now, in: connection)
      let own = isAll ? "" : " AND a.user_id = ?"
      let sql = """
        SELECT \(QuizAttempt.columns) FROM \(QuizAttempt.tables) WHERE a.quiz_id = ? AND a.id < ?\(own)
        ORDER BY a.id DESC LIMIT ?
        """
      let arguments = [id.value, paging.before.value] + (isAll ? [] : [account.id.value])
      return try connection.page(sql, arguments, limit: paging.limit, map: QuizAttempt.init)
    }
    return .page(page) { attempt, json in json.object { attempt.writeMembers(to: &$0) } }
  }

  private func review(_ request: Request) async throws -> Response {
    let account = try request.account()
    let (id, number) = (try request.id(), try request.id("attempt"))
    let now = clock.now()
    let sheet = try await database.read { connection in
      let quiz = try Quiz.visible(id, to: account, at: now, in: connection)
      guard let attempt = try QuizAttempt.find(number, of: id, in: connection),
        attempt.person == account.id || account.has(right: Courses.right)
      else { throw Failure.notFound }
      return try QuizSheet(attempt, of: quiz, for: account, at: now, in: connection)
    }
    return .json { sheet.write(to: &$0) }
  }

  private static let noAnswers = Failure.invalid([
    FieldError(
      "answers", "NOT_A_LIST",
      Sentence(
        fr: "Les réponses, dans l’ordre des questions.", en: "The answers, in the order of the questions."))
  ])
}
