import HTTP
import Store

/// Reminding those who have to take a training.
extension TrainingsFeature {
  func remind(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let answer = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      guard let actor = try Account.find(account.id, in: tx), actor.isActive else { throw Failure.forbidden }
      let training = try Training.visible(id, to: account, in: tx)
      guard training.isLed(by: account), training.isLed(by: actor) else { throw Failure.forbidden }
      guard training.isRequired else { throw Self.notRequired }
      let people = try TrainingCompliance(training: training, now: tx.now).open(in: tx)
      let due = try ReminderLog.training(id).due(people, in: tx)
      if !due.isEmpty { try remind(due, of: training, by: actor, request, in: tx) }
      return ReminderAnswer(count: due.count, skipped: people.count - due.count)
    }
    return answer.response(to: request)
  }

  private func remind(
    _ people: [Int64], of training: Training, by actor: Account, _ request: Request, in tx: Transaction
  ) throws {
    try notifications.notify(
      people, of: training.notice(.trainingMandatory, by: actor.id, ["task": "reminder"]), in: tx)
    try ReminderLog.training(training.id).note(people, in: tx)
    try audit("remind \(people.count)", training, by: actor, request, in: tx)
  }

  private static let notRequired = Failure(
    409, "TRAINING_NOT_MANDATORY",
    Sentence(fr: "Cette formation n’est pas obligatoire.", en: "This training is not mandatory."))
}
