import HTTP
import Store

/// What a learner does with lessons: read, stay, complete.
extension CoursesFeature {
  private static let lesson = "/api/lessons/:id"

  private static let step = Schema.members([
    "lessonId": .id, "courseId": .id, "title": .string, "order": .integer,
    "duration": .described("minutes", .integer), "isRequired": .boolean, "isCompleted": .boolean,
    "completedAt": .optional(.time), "timeSpent": .described("whole minutes", .integer),
  ])
  private static let completed = Schema.members([
    "success": .boolean, "lessonId": .id, "isCompleted": .boolean, "enrollment": Enrolment.schema,
  ])

  var learningRoutes: [Route] {
    [
      .get(
        "/api/courses/:id/my-progress", .signedIn,
        "List the lessons of a course with your progress, in order",
        response: .array(Self.step), steps),
      .get(
        Self.lesson + "/reading", .signedIn, "Get a lesson to be read, with its text as HTML",
        response: LessonReading.schema, read),
      .post(
        Self.lesson + "/visit", .signedIn, "Say every half minute that you are at a lesson",
        request: .members(
          [:], optional: ["position": .integer(0...LessonReading.longest), "leaving": .boolean]),
        response: Enrolment.schema, visit),
      .post(
        Self.lesson + "/complete", .signedIn, "Complete a lesson; again changes nothing",
        response: Self.completed, complete),
    ]
  }

  private static let stepsSQL = """
    SELECT l.id, l.title, l.position, l.duration, l.is_required, p.completed_at, p.time_spent
    FROM lessons AS l LEFT JOIN enrollments AS e ON e.course_id = l.course_id AND e.user_id = ?
      LEFT JOIN lesson_progress AS p ON p.enrollment_id = e.id AND p.lesson_id = l.id
    WHERE l.course_id = ? AND l.deleted_at IS NULL ORDER BY l.position, l.id
    """

  private func steps(_ request: Request) async throws -> Response {
    let account = try request.account()
    let course = try request.id()
    let now = clock.now()
    let bytes = try await database.read { connection in
      _ = try Courses.resource.record(course, for: account, at: now, in: connection)
      var json = JSONWriter(reserve: 4_096)
      try json.array { json in
        try connection.forEach(Self.stepsSQL, account.id, course) { row in
          json.object { json in
            json.id("lessonId", row.int64(0))
            json.id("courseId", course)
            json.field("title", row.text(1))
            json.field("order", row.int64(2))
            json.field("duration", row.int64(3))
            json.field("isRequired", row.bool(4))
            json.field("isCompleted", !row.isNull(5))
            json.time("completedAt", row.optionalInt64(5))
            json.field("timeSpent", row.int64(6) / Enrolment.minute)
          }
        }
      }
      return json.bytes
    }
    return .json(200, bytes: bytes)
  }

  private func read(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let now = clock.now()
    let reading = try await database.read { connection in
      try LessonReading(id, for: account, at: now, in: connection)
    }
    return await .json(200, bytes: reading.json())
  }

  private func visit(_ request: Request) async throws -> Response {
    let body = try request.json()
    let playhead = body["position"]?.int64
    guard playhead.map((0...LessonReading.longest).contains) ?? true else { throw Self.wrongPosition }
    let enrolment = try await learn(request) { lesson, enrolment, tx in
      try LessonVisit(
        enrolment: enrolment, lesson: lesson, playhead: playhead, isLeaving: body["leaving"]?.bool == true
      ).note(in: tx)
    }
    return .json { enrolment.write(to: &$0) }
  }

  private func complete(_ request: Request) async throws -> Response {
    let id = try request.id()
    let enrolment = try await learn(request) { [hub] lesson, enrolment, tx in
      try LessonVisit(enrolment: enrolment, lesson: lesson).note(in: tx)
      try EnrolmentProgress.complete(lesson, of: enrolment, in: tx)
      enrolment.tell("change", hub, in: tx)
    }
    return .json { json in
      json.object { json in
        json.field("success", true)
        json.id("lessonId", id)
        json.field("isCompleted", true)
        json.key("enrollment")
        enrolment.write(to: &json)
      }
    }
  }

  /// Does something with a lesson and the person's enrolment in its course; returns the enrolment afterwards. Throws
  /// 404 when the lesson is not visible, and 409 for an author who is not enrolled.
  private func learn(
    _ request: Request, _ body: @escaping @Sendable (Int64, Enrolment, Transaction) throws -> Void
  ) async throws -> Enrolment {
    let id = try request.id()
    return try await database.write { tx in
      let learner = try Enrolment.learner(request, in: tx)
      let row = try Lessons.resource.record(id, for: learner, at: tx.now, in: tx)
      let course = row.int64(Lessons.courseID) ?? 0
      guard let mine = try Enrolment.of(learner.id, in: course, tx) else { throw Enrolment.notEnrolled }
      try body(id, mine, tx)
      guard let now = try Enrolment.of(learner.id, in: course, tx) else { throw Failure.notFound }
      return now
    }
  }

  private static let wrongPosition = Failure.invalid([
    FieldError(
      "position", "NOT_IN_RANGE", Sentence(fr: "Un nombre de secondes.", en: "A number of seconds."))
  ])
}
