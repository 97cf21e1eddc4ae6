import HTTP
import Store

/// What is a learner's own, in one answer.
extension LearningFeature {
  private static let most = 20
  private static let mostNext = 5
  private static let mostTrainings = 6

  private static let recommended = Schema.members([
    "kind": .words(DoneItem.Kind.self), "id": .id, "title": .string, "thumbnailUrl": .string,
    "reason": .members([
      "code": .enumeration(["next", "colleagues", "new"]), "text": .string,
    ]),
  ])

  private static let overview = Schema.members([
    "continue": .described("courses not completed, the last one first", .array(OpenCourse.schema)),
    "due": .described("the most urgent first", .array(DueItem.schema)),
    "next": .described("trainings that you are registered for", HomeSection.nextTrainings),
    "recommended": .array(recommended),
    "done": .described("the last ones first", .array(DoneItem.schema)),
  ])

  var overviewRoutes: [Route] {
    [
      .get(
        "/api/learning/overview", .signedIn,
        "Get your courses and trainings: to continue, due, next, recommended, done",
        response: Self.overview, getOverview)
    ]
  }

  private func getOverview(_ request: Request) async throws -> Response {
    let account = try request.account()
    let (now, language) = (clock.now(), request.language)
    let table = Trainings.resource(notifications)
    let bytes = try await database.read { connection in
      var json = JSONWriter(reserve: 8_192)
      try json.object { json in
        try Self.writeOwn(account, now, connection, to: &json)
        try json.array("recommended") { json in
          for one in try CourseRecommendation.all(for: account, at: now, in: connection) {
            one.write(in: language, to: &json)
          }
          for one in try Self.trainings(for: account, table, now, connection) {
            one.writeBriefly(in: language, to: &json)
          }
        }
        try json.array("done") { json in
          for one in try DoneItem.all(of: account.id, in: connection) { one.write(to: &json) }
        }
      }
      return json.bytes
    }
    return .json(200, bytes: bytes)
  }

  private static func writeOwn(
    _ account: Account, _ now: Int64, _ connection: Connection, to json: inout JSONWriter
  ) throws {
    let courses = try CourseDuty.open(for: account, at: now, in: connection)
    let quizzes = try RequiredQuiz.all(of: account.id, in: connection)
    let open = try OpenCourse.all(of: account.id, courses, quizzes, in: connection)
    let dated =
      courses.map { DueItem($0) }
      + (try MyTrainings.due(for: account, at: now, in: connection)).map { DueItem($0) }
    let due = dated.sorted { ($0.deadline ?? .max, $0.id) < ($1.deadline ?? .max, $1.id) }
    let next = try MyTrainings.next(for: account, at: now, in: connection)
    json.array("continue") { json in for one in open { one.write(at: now, to: &json) } }
    json.array("due") { json in
      for one in (due + quizzes.map { DueItem($0) }).prefix(most) { one.write(at: now, to: &json) }
    }
    json.array("next") { json in for one in next.prefix(mostNext) { one.write(to: &json) } }
  }

  /// Those that are not already among what is due.
  private static func trainings(
    for account: Account, _ table: Resource, _ now: Int64, _ connection: Connection
  ) throws -> ArraySlice<TrainingRecommendation> {
    try TrainingRecommendation.all(for: account, table, at: now, in: connection)
      .filter { $0.reason.rank >= TrainingRecommendation.voluntary }.prefix(mostTrainings)
  }
}

extension CourseRecommendation {
  fileprivate func write(in language: Language, to json: inout JSONWriter) {
    json.object { json in
      json.field("kind", DoneItem.Kind.course.rawValue)
      json.id("id", id)
      json.field("title", title)
      json.field("thumbnailUrl", picture)
      json.object("reason") { json in
        json.field("code", reason.code)
        json.field("text", reason.sentence(language))
      }
    }
  }
}

extension TrainingRecommendation {
  /// The lowest rank of those that nobody has to take.
  fileprivate static let voluntary = 2

  fileprivate func writeBriefly(in language: Language, to json: inout JSONWriter) {
    json.object { json in
      json.field("kind", DoneItem.Kind.training.rawValue)
      json.id("id", record.id)
      json.field("title", record.text(Trainings.title))
      json.field("thumbnailUrl", "")
      json.object("reason") { json in
        json.field("code", reason.code)
        json.field("text", sentence(language))
      }
    }
  }
}
