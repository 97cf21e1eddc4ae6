import HTTP
import Store

/// Lists of quizzes, in which each has the questions that its reader may see.
extension QuizzesFeature {
  /// A page ends early when it has this many bytes.
  private static let mostBytes = 4 << 20

  /// The table's own route, with questions.
  func listing(like table: Route) -> Route {
    let row =
      Quizzes.resource.answerSchema
      + .members(
        [:], optional: ["questions": .described("as of the quiz itself", .array(QuizQuestion.schema))])
    return .get(
      Self.path, .signedIn, "List quizzes with their questions; only authors get the answers",
      response: .array(row), list
    ).reading(table.query + [.flag("outline", "1: without their questions")])
      .belonging(to: .training, settings)
  }

  private func list(_ request: Request) async throws -> Response {
    let account = try request.account()
    var page = try await Quizzes.resource.list(request, database, now: clock.now())
    guard try !request.query.flag("outline"), case .bytes(let bytes) = page.body else { return page }
    let (list, next) = try await database.read { connection in
      try Self.list(JSONValue(parsing: bytes)?.array ?? [], for: account, in: connection)
    }
    page.body = .bytes(list)
    if let next { page.set("X-Next-Before", next) }
    return page
  }

  /// The rows with their questions, and the id at which the list goes on when they are not all.
  private static func list(
    _ rows: [JSONValue], for account: Account, in connection: Connection
  ) throws -> (bytes: [UInt8], next: String?) {
    var json = JSONWriter(reserve: 64 << 10)
    var next: String?
    try json.array { json in
      for (index, row) in rows.enumerated() {
        guard let id = row["id"]?.string.flatMap({ Int64(digits: $0) }) else { continue }
        try write(row, id, for: account, to: &json, connection)
        guard json.bytes.count > mostBytes, index + 1 < rows.count else { continue }
        next = String(id)
        break
      }
    }
    return (json.bytes, next)
  }

  private static func write(
    _ row: JSONValue, _ id: Int64, for account: Account, to json: inout JSONWriter, _ connection: Connection
  ) throws {
    let (questions, isAuthor) = try shown(of: id, for: account, in: connection)
    json.object { json in
      for (name, value) in (row.object ?? [:]).sorted(by: { $0.key < $1.key }) {
        json.key(text: name)
        json.value(value)
      }
      json.array("questions") { json in
        for question in questions { question.write(to: &json, withAnswer: isAuthor) }
      }
    }
  }

  /// The questions of a visible quiz that an account may read, and whether with their answers.
  static func shown(
    of id: Int64, for account: Account, in connection: Connection
  ) throws -> (questions: [QuizQuestion], withAnswers: Bool) {
    let isAuthor = account.has(right: Courses.right)
    guard let quiz = try Quiz.find(id, in: connection) else { throw Failure.notFound }
    let isShown =
      try isAuthor || !quiz.mustStart && Quizzes.isOpen(quiz.course, to: account, in: connection)
    return (isShown ? try QuizVersion.questions(of: id, quiz.version, in: connection) : [], isAuthor)
  }
}
