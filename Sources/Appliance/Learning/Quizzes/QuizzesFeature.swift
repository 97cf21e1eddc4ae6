import HTTP
import Store

/// Quizzes: writing them, taking them, and what authors learn from the attempts.
struct QuizzesFeature: Feature {
  static let path = Quizzes.resource.path
  static let one = path + "/:id"

  let database: Database
  let clock: Clock
  let hub: Hub
  let settings: SystemSettings

  var jobs: [any JobKind] {
    [
      CloseQuizAttempts(database: database, hub: hub),
      TidyBins(name: "quizzes.tidy", resources: [Quizzes.resource], database: database),
    ]
  }

  var routes: [Route] {
    let services = Resource.Services(database: database, hub: hub, settings: settings)
    let table = Quizzes.resource.routes(services, clock: clock).map { route in
      route.method == .get && route.path == Self.path ? listing(like: route) : route
    }
    return table
      + (writingRoutes + takingRoutes + fileRoutes).map { $0.belonging(to: .training, settings) }
  }

  static let answerSchema = Schema.named(
    "Quiz",
    Quizzes.resource.answerSchema
      + .members(
        [
          "questions": .described(
            "for authors, and for learners if they need not start first", .array(QuizQuestion.schema))
        ]))

  private static func bodySchema(isNew: Bool) -> Schema {
    Quizzes.resource.bodySchema(isNew: isNew)
      + .members([:], optional: ["questions": .array(QuizQuestion.bodySchema)])
  }

  private var writingRoutes: [Route] {
    let change = Self.bodySchema(isNew: false)
    return [
      .get(
        Self.one, .signedIn, "Get a quiz with its questions; only authors get the answers",
        response: Self.answerSchema, get),
      .post(
        Self.path, .right(Courses.right), "Add a quiz", request: Self.bodySchema(isNew: true),
        response: Self.answerSchema, create
      ).checkingKinds(),
      .patch(
        Self.one, .right(Courses.right), "Edit a quiz; questions are replaced as a whole", request: change,
        response: Self.answerSchema, self.change
      ).checkingKinds(),
      .put(
        Self.one, .right(Courses.right), "Edit a quiz; questions are replaced as a whole", request: change,
        response: Self.answerSchema, self.change
      ).checkingKinds(),
    ]
  }

  private func get(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let now = clock.now()
    let (record, (questions, withAnswers)) = try await database.read { connection in
      let record = try Quizzes.resource.record(id, for: account, at: now, in: connection)
      return (record, try Self.shown(of: id, for: account, in: connection))
    }
    return Self.answer(record, questions, withAnswers: withAnswers, status: 200)
  }

  private static func answer(
    _ record: Record, _ questions: [QuizQuestion], withAnswers: Bool, status: Int
  ) -> Response {
    var response = Response.json(status) { json in
      json.object { json in
        Quizzes.resource.writeFields(record, to: &json)
        json.array("questions") { json in
          for question in questions { question.write(to: &json, withAnswer: withAnswers) }
        }
      }
    }
    response.add("ETag", record.tag)
    return response
  }

  private func create(_ request: Request) async throws -> Response {
    let body = try request.json()
    let given = try Quizzes.resource.values(of: body, isNew: true)
    let questions = QuizQuestion.numbered(try body["questions"].map(QuizQuestion.list) ?? [])
    let made = try await database.change(.resourceCreated, on: nil, by: request) { [hub] tx in
      let actor = try Privilege.actor(request, right: Courses.right, in: tx)
      return try Self.add(given, questions, by: actor, request, hub, in: tx)
    }
    return Self.answer(made, questions, withAnswers: true, status: 201)
  }

  /// Adds a quiz with its questions; returns its row.
  static func add(
    _ given: [String: Value], _ questions: [QuizQuestion], by actor: Account, _ request: Request, _ hub: Hub,
    in tx: Transaction
  ) throws -> Record {
    let new = Quizzes.resource.newRecord(given, by: actor, at: tx.now)
    let made = try Quizzes.resource.carryOut(
      .init(.create, by: actor, old: nil, new: new), request, hub, in: tx)
    return try write(questions, of: made, by: actor, in: tx)
  }

  private func change(_ request: Request) async throws -> Response {
    let id = try request.id()
    let body = try request.json()
    let given = try Quizzes.resource.values(of: body, isNew: false)
    let listed = try body["questions"].map(QuizQuestion.list)
    let (record, questions) = try await alter(id, request) { new, old, _ in
      for column in Quizzes.resource.columns { if let value = given[column.name] { new[column] = value } }
      return listed.map { QuizQuestion.numbered($0, after: old) } ?? old
    }
    return Self.answer(record, questions, withAnswers: true, status: 200)
  }

  /// Changes a quiz and its questions, of which it returns the new ones.
  func alter(
    _ id: Int64, _ request: Request,
    _ body: @escaping @Sendable (inout Record, [QuizQuestion], Transaction) throws -> [QuizQuestion]
  ) async throws -> (Record, [QuizQuestion]) {
    try await database.change(.resourceChanged, on: nil, by: request) { [hub] tx in
      let actor = try Privilege.actor(request, right: Courses.right, in: tx)
      let old = try Quizzes.resource.record(id, for: actor, at: tx.now, in: tx)
      try Quizzes.resource.checkIsCurrent(old, request)
      let version = old.int64(Quizzes.version) ?? 1
      let before = try QuizVersion.questions(of: id, version, in: tx)
      var new = old
      let questions = try body(&new, before, tx)
      if questions != before { new[Quizzes.version] = (version + 1).value }
      let changed = try Quizzes.resource.carryOut(
        .init(.change, by: actor, old: old, new: new), request, hub, in: tx)
      guard questions != before else { return (changed, before) }
      return (try Self.write(questions, of: changed, by: actor, in: tx), questions)
    }
  }

  /// Writes the questions of a row that was just written; returns the row with what follows from them.
  private static func write(
    _ questions: [QuizQuestion], of record: Record, by actor: Account, in tx: Transaction
  ) throws -> Record {
    try QuizVersion.write(
      questions, of: record.id, record.int64(Quizzes.version) ?? 1, by: actor, in: tx)
    // Those without questions do not count.
    if let course = record.int64(Quizzes.courseID) {
      try EnrolmentProgress.compute(of: .course(course), in: tx)
    }
    guard let row = try Quizzes.resource.row(record.id, as: actor, in: tx) else { throw Failure.notFound }
    return row
  }
}
