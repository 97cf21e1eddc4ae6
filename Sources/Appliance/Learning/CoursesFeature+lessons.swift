import HTTP
import Store

/// The lessons of a course, and their order.
extension CoursesFeature {
  var lessonRoutes: [Route] {
    [
      .get(
        "/api/courses/:id/lessons", .signedIn,
        "List the lessons of a course in order; only their titles to those who are not enrolled",
        response: .array(Lessons.resource.answerSchema), lessons
      ).reading(QueryParameter.paging),
      .put(
        "/api/courses/:id/lessons/order", .right(Courses.right), "Put the lessons of a course into an order",
        request: .members(["lessonIds": .array(.reference)]), response: .done, arrange),
    ]
  }

  private func lessons(_ request: Request) async throws -> Response {
    let account = try request.account()
    let course = try request.id()
    let now = clock.now()
    let isOpen = try await database.read { connection in
      _ = try Courses.resource.record(course, for: account, at: now, in: connection)
      return try account.has(right: Courses.right)
        || Enrolment.of(account.id, in: course, connection) != nil
    }
    let table = isOpen ? Lessons.inOrder : Lessons.outline
    return try await table.list(
      request, database, now: now, within: (sql: "course_id = ?", arguments: [course.value]))
  }

  private func arrange(_ request: Request) async throws -> Response {
    let course = try request.id()
    let ids = try (request.json()["lessonIds"]?.array ?? []).map { json in
      guard let id = json.int64 ?? json.string.flatMap({ Int64(digits: $0) }) else {
        throw Self.unknownLessons
      }
      return id
    }
    guard !ids.isEmpty, ids.count <= Lessons.mostPerCourse else { throw Self.unknownLessons }
    try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: Courses.right, in: tx)
      let row = try Courses.resource.record(course, for: actor, at: tx.now, in: tx)
      try Lessons.arrange(ids, of: course, in: tx)
      try Audit.record(
        .resourceChanged, actor: actor,
        on: .init(type: "courses", id: course, name: row.text(Courses.title)), request: request,
        details: "change order", in: tx)
      let people = try Courses.resource.audience(of: course, hub, at: tx.now, in: tx)
      Courses.resource.tell("change", course, to: people, hub, in: tx)
    }
    return .done(Sentence(fr: "Ordre enregistré.", en: "Order saved."), for: request)
  }

  private static let unknownLessons = Failure.invalid([
    FieldError(
      "lessonIds", "UNKNOWN_REFERENCE",
      Sentence(
        fr: "Indiquez toutes les leçons du cours, dans leur ordre.",
        en: "Name all lessons of the course, in their order."))
  ])
}
