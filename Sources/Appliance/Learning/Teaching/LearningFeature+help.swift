import HTTP
import Store

/// What a trainer does for learners: remind them, give them a further attempt.
extension LearningFeature {
  private static let one = learners + "/:userId"

  var helpRoutes: [Route] {
    let access = Access.right(Courses.right)
    return [
      .post(
        "/api/courses/:id/seen", .signedIn, "Mark your notifications about a course as read",
        response: .done, seenCourse),
      .post(
        "/api/courses/:id/remind", access,
        "Remind those who are late or stuck, except who was reminded within the last day",
        response: ReminderAnswer.schema, remindAll),
      .post(
        Self.one + "/remind", access, "Remind a learner, at most once a day", response: ReminderAnswer.schema,
        remindOne),
      .post(
        Self.one + "/attempts", access,
        "Give a learner one more attempt at the quizzes of which they have used all", response: .done,
        giveAttempt),
    ]
  }

  private func seenCourse(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    try await database.write { [notifications] tx in
      _ = try Courses.resource.record(id, for: account, at: tx.now, in: tx)
      try notifications.seen(Course.subject(id), by: account.id, in: tx)
    }
    return .done(Sentence(fr: "Lu.", en: "Read."), for: request)
  }

  private func remindAll(_ request: Request) async throws -> Response {
    let id = try request.id()
    let answer = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (actor, list) = try trainer(request, id, in: tx)
      let people = try list.toRemind(in: tx)
      let due = try ReminderLog.course(id).due(people, in: tx)
      try remind(due, of: list.course, by: actor, request, in: tx)
      return ReminderAnswer(count: due.count, skipped: people.count - due.count)
    }
    return answer.response(to: request)
  }

  private func remindOne(_ request: Request) async throws -> Response {
    let (id, person) = (try request.id(), try request.id("userId"))
    try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (actor, list) = try trainer(request, id, in: tx)
      guard try list.state(of: person, in: tx) != .done else { throw Self.isDone }
      guard try !ReminderLog.course(id).due([person], in: tx).isEmpty else { throw Self.alreadyReminded }
      try remind([person], of: list.course, by: actor, request, in: tx)
    }
    return ReminderAnswer(count: 1, skipped: 0).response(to: request)
  }

  private func giveAttempt(_ request: Request) async throws -> Response {
    let (id, person) = (try request.id(), try request.id("userId"))
    try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (actor, list) = try trainer(request, id, in: tx)
      guard let enrolment = try Enrolment.of(person, in: id, tx) else { throw Failure.notFound }
      guard try !ExtraAttempts.give(person, in: id, tx).isEmpty else { throw Self.notUsedUp }
      try EnrolmentProgress.note(enrolment.id, in: tx)
      try EnrolmentProgress.compute(of: .enrolment(enrolment.id, inCourse: id), in: tx)
      try notifications.notify(
        [person], of: list.course.notice(.courseReminder, by: actor.id, ["task": "attempt"]), in: tx)
      try audit("attempt user-\(person)", list.course, by: actor, request, in: tx)
      enrolment.tell("change", hub, in: tx)
    }
    return .done(
      Sentence(fr: "Une tentative de plus est accordée.", en: "One more attempt was given."), for: request)
  }

  private func trainer(_ request: Request, _ course: Int64, in tx: Transaction) throws
    -> (Account, CourseLearners)
  {
    let actor = try Privilege.actor(request, right: Courses.right, in: tx)
    let found = try Course.find(course, in: tx)
    guard found.isPublished else { throw Enrolment.notPublished }
    return (actor, CourseLearners(course: found, now: tx.now))
  }

  private func remind(
    _ people: [Int64], of course: Course, by actor: Account, _ request: Request, in tx: Transaction
  ) throws {
    guard !people.isEmpty else { return }
    try notifications.notify(
      people, of: course.notice(.courseReminder, by: actor.id, CourseDuty.details(of: course, "reminder")),
      in: tx)
    try ReminderLog.course(course.id).note(people, in: tx)
    let whom = people.count == 1 ? "user-\(people.first ?? 0)" : "\(people.count)"
    try audit("remind \(whom)", course, by: actor, request, in: tx)
  }

  private func audit(
    _ details: String, _ course: Course, by actor: Account, _ request: Request, in tx: Transaction
  ) throws {
    try Audit.record(
      .resourceChanged, actor: actor, on: .init(type: "courses", id: course.id, name: course.title),
      request: request, details: details, in: tx)
  }

  private static let isDone = Failure(
    409, "COURSE_COMPLETED",
    Sentence(fr: "Cette personne a terminé le cours.", en: "This person has completed the course."))
  private static let alreadyReminded = Failure(
    409, "REMINDED_TODAY",
    Sentence(
      fr: "Cette personne a déjà été relancée depuis 24 h.",
      en: "This person has been reminded within the last 24 hours."))
  private static let notUsedUp = Failure(
    409, "ATTEMPTS_LEFT",
    Sentence(
      fr: "Cette personne a encore des tentatives, ou a réussi.",
      en: "This person still has attempts, or has passed."))
}
