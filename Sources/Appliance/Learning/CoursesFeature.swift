import HTTP
import Store

/// Enrolments in courses, and what learners do with their lessons. The tables themselves are resources.
struct CoursesFeature: Feature {
  let database: Database
  let clock: Clock
  let hub: Hub
  let settings: SystemSettings

  var routes: [Route] {
    (enrolmentRoutes + lessonRoutes + learningRoutes).map { $0.belonging(to: .training, settings) }
  }

  private var enrolmentRoutes: [Route] {
    let one = "/api/enrollments/:id"
    let change = Schema.members([:], optional: ["lessonId": .reference])
    return [
      .post(
        "/api/enroll/:courseId", .signedIn, "Enrol in a course; again is the same enrolment",
        response: Enrolment.schema, enrol
      ).refusing(Self.missing),
      .get(
        "/api/my-enrollments", .signedIn, "List your enrolments, newest first",
        response: .array(Enrolment.schema), enrolments
      ).reading(
        QueryParameter.paging + [
          QueryParameter("status", .words(Enrolment.Status.self), "only those with this status"),
          QueryParameter("courseId", .string, "only that of this course"),
        ]),
      .patch(
        one, .signedIn, "Say that you are at a course; progress, time and score are computed here",
        request: change, response: Enrolment.schema, stay),
      .put(
        one, .signedIn, "Say that you are at a course; progress, time and score are computed here",
        request: change, response: Enrolment.schema, stay),
    ]
  }

  /// What a refused enrolment says besides.
  private static let missing =
    Schema.failure
    + .members([:], optional: ["missing": .array(.members(["id": .id, "title": .string]))])

  private func enrol(_ request: Request) async throws -> Response {
    let course = try request.id("courseId")
    let (enrolment, isNew) = try await database.write { [hub] tx in
      let learner = try Enrolment.learner(request, in: tx)
      if let mine = try Enrolment.of(learner.id, in: course, tx) { return (mine, false) }
      let row = try Courses.resource.record(course, for: learner, at: tx.now, in: tx)
      guard row.bool(Courses.isPublished) else { throw Enrolment.notPublished }
      try CoursePrerequisites.require(course, of: learner.id, in: tx)
      try tx.claimSpace()
      try tx.execute(
        """
        INSERT INTO enrollments (course_id, user_id, status, progress, time_spent, score, last_lesson_id,
          last_active_at, started_at, completed_at, created_at, updated_at)
        VALUES (?, ?2, 'enrolled', 0, 0, NULL, NULL, ?3, NULL, NULL, ?3, ?3)
        """, course, learner.id, tx.now)
      guard let made = try Enrolment.of(learner.id, in: course, tx) else { throw Failure.notFound }
      made.tell("create", hub, in: tx)
      return (made, true)
    }
    return .json(isNew ? 201 : 200) { enrolment.write(to: &$0) }
  }

  private func enrolments(_ request: Request) async throws -> Response {
    let account = try request.account()
    let paging = try Paging(request)
    var conditions = ""
    var arguments: [Value] = [account.id.value, paging.before.value]
    if let word = request.query["status"] {
      guard Enrolment.Status(rawValue: word) != nil else { throw Self.unknownStatus }
      conditions += " AND e.status = ?"
      arguments.append(word.value)
    }
    if let course = request.query["courseId"] {
      conditions += " AND e.course_id = ?"
      arguments.append((Int64(digits: course) ?? 0).value)
    }
    let sql = """
      SELECT \(Enrolment.columns) FROM \(Enrolment.tables) WHERE e.user_id = ? AND e.id < ?\(conditions)
      ORDER BY e.id DESC LIMIT ?
      """
    let page = try await database.read { [arguments] connection in
      try connection.page(sql, arguments, limit: paging.limit, map: Enrolment.init)
    }
    return .page(page) { enrolment, json in enrolment.write(to: &json) }
  }

  /// A sign of life from clients that report on the enrolment instead of the lesson.
  private func stay(_ request: Request) async throws -> Response {
    let id = try request.id()
    let named = try Reference("lessonId", of: try request.json()).id
    let enrolment = try await database.write { tx in
      let learner = try Enrolment.learner(request, in: tx)
      guard let mine = try Enrolment.find(id, of: learner.id, in: tx) else { throw Failure.notFound }
      if let lesson = named ?? mine.lastLesson {
        guard try Self.isLesson(lesson, of: mine, in: tx) else {
          if named == nil { return mine }
          throw Self.unknownLesson
        }
        try LessonVisit(enrolment: mine, lesson: lesson).note(in: tx)
      }
      guard let now = try Enrolment.find(id, of: learner.id, in: tx) else { throw Failure.notFound }
      return now
    }
    return .json { enrolment.write(to: &$0) }
  }

  private static func isLesson(_ lesson: Int64, of enrolment: Enrolment, in tx: Transaction) throws -> Bool {
    try tx.scalar(
      "SELECT 1 FROM lessons WHERE id = ? AND course_id = ? AND deleted_at IS NULL", lesson, enrolment.course)
      != nil
  }

  private static let unknownStatus = Failure.invalid([
    FieldError(
      "status", "UNKNOWN_CHOICE",
      Sentence(
        fr: "Choisissez parmi : enrolled, in-progress, completed, failed.",
        en: "Choose one of: enrolled, in-progress, completed, failed."))
  ])
  private static let unknownLesson = Failure.invalid([
    FieldError(
      "lessonId", "UNKNOWN_REFERENCE",
      Sentence(fr: "Cette leçon n’est pas dans ce cours.", en: "This lesson is not in this course."))
  ])
}
