import HTTP
import Store

/// Import and export of questions, and their statistics.
extension QuizzesFeature {
  private enum Mode: String, CaseIterable { case append, replace }

  var fileRoutes: [Route] {
    [
      .post(
        Self.one + "/import", .right(Courses.right),
        "Add the questions of a GIFT or CSV file, which is the body: all of them, or none",
        response: .members(["imported": .integer, "questionCount": .integer]),
        bodyLimit: QuizImport.mostBytes, importFile
      ).reading(QueryParameter("mode", .words(Mode.self), "`replace`: instead of those that are there"))
        .consuming("text/plain", "text/csv", "*/*"),
      .get(
        Self.one + "/export.gift", .right(Courses.right),
        "Get the questions in GIFT format, which has no pictures", exportGIFT
      ).producing("text/plain"),
      .get(Self.one + "/export.csv", .right(Courses.right), "Get the questions as a table", exportCSV)
        .producing("text/csv"),
      .get(
        Self.one + "/statistics", .right(Courses.right),
        "Get how often each question was answered right, and which answers were given",
        response: QuizStatistics.schema, statistics),
    ]
  }

  private func importFile(_ request: Request) async throws -> Response {
    let id = try request.id()
    let word = request.query["mode"] ?? Mode.append.rawValue
    guard let mode = Mode(rawValue: word) else { throw Self.unknownMode }
    let body = request.body
    // On a thread that may block: the file has up to 1 MB.
    let questions = try await database.read { _ in
      guard let text = String(validating: body, as: UTF8.self) else { throw Self.notText }
      let file = QuizCSV.isTable(text) ? QuizCSV.read(text) : QuizGIFT.read(text)
      return try QuizQuestion.list(.array(file.questions()))
    }
    let (_, all) = try await alter(id, request) { _, old, _ in
      let new = QuizQuestion.numbered(questions, after: old)
      let all = mode == .replace ? new : old + new
      guard all.count <= QuizQuestion.most else { throw Self.tooMany }
      return all
    }
    return .json(201) { json in
      json.object { json in
        json.field("imported", questions.count)
        json.field("questionCount", all.count)
      }
    }
  }

  private func exportGIFT(_ request: Request) async throws -> Response {
    let questions = try await questions(request)
    return .attachment(
      Array(QuizGIFT.text(of: questions).utf8), "text/plain; charset=utf-8",
      named: "quiz-\(try request.id()).gift.txt")
  }

  private func exportCSV(_ request: Request) async throws -> Response {
    let questions = try await questions(request)
    return .attachment(QuizCSV.bytes(of: questions), named: "quiz-\(try request.id()).csv")
  }

  private func questions(_ request: Request) async throws -> [QuizQuestion] {
    let account = try request.account()
    let id = try request.id()
    let now = clock.now()
    return try await database.read { connection in
      let quiz = try Quiz.visible(id, to: account, at: now, in: connection)
      return try QuizVersion.questions(of: id, quiz.version, in: connection)
    }
  }

  private func statistics(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let now = clock.now()
    let statistics = try await database.read { connection in
      try QuizStatistics(try Quiz.visible(id, to: account, at: now, in: connection), in: connection)
    }
    return .json { statistics.write(to: &$0) }
  }

  private static let unknownMode = Failure.invalid([
    FieldError(
      "mode", "UNKNOWN_CHOICE",
      Sentence(fr: "Choisissez parmi : append, replace.", en: "Choose one of: append, replace."))
  ])
  private static let notText = Failure(
    400, "NOT_TEXT",
    Sentence(
      fr: "Ce fichier n’est pas du texte en UTF-8.", en: "This file is not text in UTF-8."))
  private static let tooMany = Failure(
    409, "TOO_MANY_QUESTIONS",
    Sentence(
      fr: "Un quiz a au plus \(QuizQuestion.most) questions.",
      en: "A quiz has at most \(QuizQuestion.most) questions."))
}
