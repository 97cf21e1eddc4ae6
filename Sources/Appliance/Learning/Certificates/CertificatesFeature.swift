import HTTP
import Store

/// Certificates of their people, and for whoever manages trainings.
struct CertificatesFeature: Feature {
  let site: Site
  let database: Database
  let clock: Clock
  let hub: Hub
  let settings: SystemSettings
  let notifications: Notifications
  let press: CertificatePress
  let attempts: AttemptLimiter

  var jobs: [any JobKind] {
    [CertificateReminders(database: database, settings: settings, notifications: notifications)]
  }

  func stop() async { press.stop() }

  /// An issued paper can be verified also while the module is disabled.
  var routes: [Route] {
    (ownRoutes + managingRoutes).map { $0.belonging(to: .training, settings) } + verifyingRoutes
  }

  private var ownRoutes: [Route] {
    [
      .get(
        "/api/my-certificates", .signedIn, "List your certificates, newest first",
        response: .array(Certificate.schema), mine
      ).reading(Self.filters),
      .post(
        "/api/certificates", .signedIn,
        "Get the certificate of a course or training that you have completed; again is the same",
        request: .members([:], optional: ["courseId": .reference, "trainingId": .reference]),
        response: Certificate.schema, issue),
      .post(
        "/api/courses/:id/renew", .signedIn, "Take a course again whose certificate ends soon",
        response: Enrolment.schema, renew),
    ]
  }

  static let filters =
    QueryParameter.paging + [
      QueryParameter("courseId", .string, "only those of this course"),
      QueryParameter("trainingId", .string, "only those of this training"),
    ]

  private func mine(_ request: Request) async throws -> Response {
    let account = try request.account()
    return try await list(request, of: account.id)
  }

  /// Certificates of a person, or of everyone.
  func list(_ request: Request, of person: Int64?) async throws -> Response {
    let paging = try Paging(request)
    let now = clock.now()
    let (condition, arguments) = Self.condition(request, person)
    let sql = """
      SELECT \(Certificate.columns) FROM certificates AS c WHERE c.id < ?\(condition)
      ORDER BY c.id DESC LIMIT ?
      """
    let page = try await database.read { connection in
      try connection.page(
        sql, [paging.before.value] + arguments, limit: paging.limit, map: Certificate.init)
    }
    return .page(page) { one, json in one.write(at: now, to: &json) }
  }

  private static func condition(_ request: Request, _ person: Int64?) -> (sql: String, arguments: [Value]) {
    var (sql, arguments): (String, [Value]) = ("", [])
    if let person {
      sql += " AND c.user_id = ?"
      arguments.append(person.value)
    }
    for (name, column) in [("courseId", "course_id"), ("trainingId", "training_id")] {
      guard let text = request.query[name] else { continue }
      sql += " AND c.\(column) = ?"
      arguments.append((Int64(digits: text) ?? 0).value)
    }
    if person == nil, let typed = request.query["code"] {
      sql += " AND c.code = ?"
      arguments.append((CertificateCode(typed: typed)?.text ?? "").value)
    }
    return (sql, arguments)
  }

  private func issue(_ request: Request) async throws -> Response {
    let body = try request.json()
    let course = try Reference("courseId", of: body).id
    let training = try Reference("trainingId", of: body).id
    guard (course == nil) != (training == nil) else { throw Self.noPlace }
    let (certificate, isNew, now) = try await database.write { tx in
      let learner = try Enrolment.learner(request, in: tx)
      let before = try tx.scalar("SELECT max(id) FROM certificates") ?? 0
      let found =
        if let course {
          try Self.certificate(ofCourse: course, of: learner, in: tx)
        } else {
          try Self.certificate(ofTraining: training ?? 0, of: learner, in: tx)
        }
      return (found, found.id > before, tx.now)
    }
    return .json(isNew ? 201 : 200) { certificate.write(at: now, to: &$0) }
  }

  private static func certificate(ofCourse course: Int64, of learner: Account, in tx: Transaction) throws
    -> Certificate
  {
    let mine = "FROM enrollments WHERE course_id = ? AND user_id = ?"
    guard let enrolment = try tx.scalar("SELECT id \(mine)", course, learner.id) else {
      _ = try Courses.resource.record(course, for: learner, at: tx.now, in: tx)
      throw Certificate.notCompleted
    }
    try Certificates.issue(enrolment: enrolment, in: tx)
    return try certificate(tx.scalar("SELECT certificate_id \(mine)", course, learner.id), in: tx)
  }

  private static func certificate(ofTraining training: Int64, of learner: Account, in tx: Transaction) throws
    -> Certificate
  {
    let mine = "FROM training_participants WHERE training_id = ? AND user_id = ?"
    guard let participant = try tx.scalar("SELECT id \(mine)", training, learner.id) else {
      _ = try Training.visible(training, to: learner, in: tx)
      throw Certificate.notCompleted
    }
    try Certificates.issue(participant: participant, in: tx)
    return try certificate(tx.scalar("SELECT certificate_id \(mine)", training, learner.id), in: tx)
  }

  private static func certificate(_ id: Int64?, in tx: Transaction) throws -> Certificate {
    guard let id, let found = try Certificate.find(id, in: tx) else { throw Certificate.notCompleted }
    return found
  }

  private func renew(_ request: Request) async throws -> Response {
    let course = try request.id()
    let enrolment = try await database.write { [hub] tx in
      let learner = try Enrolment.learner(request, in: tx)
      _ = try Courses.resource.record(course, for: learner, at: tx.now, in: tx)
      try CourseRenewal(course: course, learner: learner.id, tx: tx).begin()
      guard let now = try Enrolment.of(learner.id, in: course, tx) else { throw Failure.notFound }
      now.tell("change", hub, in: tx)
      return now
    }
    return .json { enrolment.write(to: &$0) }
  }

  private static let noPlace = Failure.invalid([
    FieldError(
      "courseId", "REQUIRED",
      Sentence(
        fr: "Indiquez un cours (courseId) ou une formation (trainingId).",
        en: "Name a course (courseId) or a training (trainingId)."))
  ])
}
