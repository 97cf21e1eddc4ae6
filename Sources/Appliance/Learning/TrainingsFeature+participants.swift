import HTTP
import Store

/// Registering, cancelling, and what the instructor records.
extension TrainingsFeature {
  private static let path = "/api/trainings/:id/participants"

  var participantRoutes: [Route] {
    [
      .get(
        Self.path, .signedIn, "List who takes part in a training, newest first",
        response: .array(TrainingParticipant.schema), participants
      ).reading(QueryParameter.paging),
      .post(
        Self.path, .signedIn, "Register for a training; you wait while all places are taken",
        response: TrainingParticipant.schema
      ) { try await register($0, for: try $0.id()) },
      .post(
        "/api/trainings/:id/seen", .signedIn, "Mark your notifications about a training as read",
        response: .done, seen),
      .get(
        Self.path + "/:userId", .signedIn, "Get somebody's part in a training: yours, or as its instructor",
        response: TrainingParticipant.schema, participant),
      .patch(
        Self.path + "/:userId", .signedIn, "Record attendance and score as the instructor, or give feedback",
        request: TrainingMarks.schema, response: TrainingParticipant.schema
      ) { try await mark($0, try Self.named($0)) }.checkingKinds(),
      .put(
        Self.path + "/:userId", .signedIn, "Record attendance and score as the instructor, or give feedback",
        request: TrainingMarks.schema, response: TrainingParticipant.schema
      ) { try await mark($0, try Self.named($0)) }.checkingKinds(),
      .delete(
        Self.path + "/:userId", .signedIn, "Cancel your registration, or somebody's as the instructor",
        response: .done
      ) { try await cancel($0, try Self.named($0)) },
    ]
  }

  /// Finds a participant in a transaction.
  typealias Finder = @Sendable (Connection) throws -> TrainingParticipant?

  private static func named(_ request: Request) throws -> Finder {
    let (training, person) = (try request.id(), try request.id("userId"))
    return { try TrainingParticipant.find(of: person, in: training, in: $0) }
  }

  private func participants(_ request: Request) async throws -> Response {
    try await participants(of: try request.id(), request)
  }

  func participants(of id: Int64, _ request: Request) async throws -> Response {
    let account = try request.account()
    let paging = try Paging(request)
    let (training, page) = try await database.read { connection in
      let training = try Training.visible(id, to: account, in: connection)
      let page = try connection.page(
        TrainingParticipant.listSQL, [id, paging.before], limit: paging.limit, map: TrainingParticipant.init)
      return (training, page)
    }
    return .page(page) { one, json in
      json.object {
        one.writeFields(to: &$0, isFull: training.isLed(by: account) || one.person == account.id)
      }
    }
  }

  private func participant(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let find = try Self.named(request)
    let found = try await database.read { connection in
      let training = try Training.visible(id, to: account, in: connection)
      guard let found = try find(connection), found.person == account.id || training.isLed(by: account) else {
        throw Failure.notFound
      }
      return found
    }
    return Self.answer(found, 200)
  }

  private func seen(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    try await database.write { [self] tx in
      _ = try Training.visible(id, to: account, in: tx)
      try notifications.seen(Training.subject(id), by: account.id, in: tx)
    }
    return .done(Sentence(fr: "Lu.", en: "Read."), for: request)
  }

  static func answer(_ participant: TrainingParticipant, _ status: Int) -> Response {
    .json(status) { json in json.object { participant.writeFields(to: &$0, isFull: true) } }
  }

  func register(_ request: Request, for id: Int64) async throws -> Response {
    let account = try request.account()
    let registered = try await database.write { [self] tx in
      guard let actor = try Account.find(account.id, in: tx), actor.isActive else { throw Failure.forbidden }
      let training = try Training.visible(id, to: account, in: tx)
      let before = try TrainingParticipant.find(of: actor.id, in: id, in: tx)
      guard before?.keepsPlace(in: training, at: tx.now) != true else { return before }
      guard !training.hasStarted(at: tx.now) else { throw Self.started }
      guard training.isActive else { throw Self.closed }
      try tx.claimSpace()
      try TrainingParticipants.register(actor.id, to: training, in: tx)
      try notifications.seen(Training.subject(id), by: actor.id, in: tx)
      try audit("register", training, by: actor, request, in: tx)
      try tell(id, in: tx)
      return try TrainingParticipant.find(of: actor.id, in: id, in: tx)
    }
    guard let registered else { throw Failure.notFound }
    return Self.answer(registered, 201)
  }

  func mark(_ request: Request, _ find: @escaping Finder) async throws -> Response {
    let account = try request.account()
    let marks = try TrainingMarks(try request.json())
    let marked = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (actor, training, participant) = try self.participant(find, for: account, in: tx)
      let isLed = training.isLed(by: account) && training.isLed(by: actor)
      guard isLed || !marks.isRecord else { throw Failure.forbidden }
      guard participant.person == actor.id || !marks.isFeedback else { throw Failure.forbidden }
      guard !marks.isEmpty else { return participant }
      try marks.write(to: participant, of: training, in: tx)
      try audit("\(marks.fields) of user \(participant.person)", training, by: actor, request, in: tx)
      try tell(training.id, also: participant.person, in: tx)
      return try TrainingParticipant.find(of: participant.person, in: training.id, in: tx) ?? participant
    }
    return Self.answer(marked, 200)
  }

  func cancel(_ request: Request, _ find: @escaping Finder) async throws -> Response {
    let account = try request.account()
    try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (actor, training, participant) = try self.participant(find, for: account, in: tx)
      let isLed = training.isLed(by: account) && training.isLed(by: actor)
      guard isLed || participant.person == actor.id else { throw Failure.forbidden }
      guard participant.status != .cancelled else { throw Failure.notFound }
      if isLed, participant.status == .completed {
        try TrainingMarks.reset(participant, to: .cancelled, attended: nil, in: tx)
      } else {
        guard isLed || !training.hasStarted(at: tx.now) else { throw Self.started }
        guard participant.status == .registered else { throw Self.completed }
        try TrainingParticipants.cancel(participant, in: tx)
      }
      try TrainingParticipants.fillPlaces(of: training, notifications, in: tx)
      if participant.person != actor.id {
        try notifications.notify(
          [participant.person], of: training.notice(.trainingChanged, by: actor.id, ["task": "removed"]),
          in: tx)
      }
      try audit("cancel user \(participant.person)", training, by: actor, request, in: tx)
      try tell(training.id, also: participant.person, in: tx)
    }
    return .done(Sentence(fr: "Inscription annulée.", en: "Registration cancelled."), for: request)
  }

  /// The actor as of this transaction, a participant, and their training. Throws 404 when the actor may not see it.
  private func participant(
    _ find: Finder, for account: Account, in tx: Transaction
  ) throws -> (Account, Training, TrainingParticipant) {
    guard let actor = try Account.find(account.id, in: tx), actor.isActive else { throw Failure.forbidden }
    guard let participant = try find(tx) else { throw Failure.notFound }
    return (actor, try Training.visible(participant.training, to: account, in: tx), participant)
  }

  func audit(
    _ details: String, _ training: Training, by actor: Account, _ request: Request, in tx: Transaction
  ) throws {
    try Audit.record(
      .resourceChanged, actor: actor, on: .init(type: "trainings", id: training.id, name: training.title),
      request: request, details: details, in: tx)
  }

  private static let started = Failure(
    409, "TRAINING_STARTED",
    Sentence(
      fr: "Cette formation a déjà commencé. Adressez-vous au formateur.",
      en: "This training has already started. Ask the instructor."))
  private static let closed = Failure(
    409, "TRAINING_CLOSED",
    Sentence(fr: "Les inscriptions sont fermées.", en: "Registration is closed."))
  private static let completed = Failure(
    409, "TRAINING_COMPLETED",
    Sentence(fr: "Vous avez terminé cette formation.", en: "You have completed this training."))
}
