import HTTP
import Store

extension Trainings {
  /// The columns that determine when and where a training takes place.
  private static let times = [startDate, endDate, location]

  /// Rejects an end before the start and times out of range, and the deletion of a training that somebody has
  /// completed. Before a deletion it records the participants to notify afterwards.
  static func check(_ change: inout Resource.Change, in tx: Transaction) throws {
    guard let new = change.new else {
      guard try !TrainingParticipants.isCompleted(change.id, in: tx) else { throw hasRecords }
      change.affected = try TrainingParticipants.registered(to: change.id, in: tx)
      return
    }
    for column in [startDate, endDate, dueDate] {
      guard let time = new.int64(column) else { continue }
      guard Event.times.contains(time) else { throw Failure.invalid([tooFar(column)]) }
    }
    guard let start = new.int64(startDate), let end = new.int64(endDate) else { return }
    guard end >= start else { throw Failure.invalid([endsBefore]) }
    guard end - start <= Event.longest else { throw Failure.invalid([tooLong]) }
  }

  /// Updates the computed times and the registrations of a training, and notifies those concerned.
  static func follow(_ change: Resource.Change, _ notifications: Notifications, in tx: Transaction) throws {
    guard let new = change.new else { return try tellGone(change, notifications, in: tx) }
    let training = Training(new)
    try TrainingSpan.write(training, before: change.old.map(Training.init), in: tx)
    guard let old = change.old else {
      return try askAudience(of: training, without: nil, by: change.actor, notifications, in: tx)
    }
    let before = Training(old)
    if before.over <= tx.now, training.over > tx.now {
      try TrainingParticipants.beginAgain(training.id, in: tx)
    }
    if before.audience != training.audience {
      let dropped = try TrainingParticipants.dropOthers(training.audience, of: training.id, in: tx)
      try notifications.notify(
        dropped, of: training.notice(.trainingChanged, by: change.actor.id, ["task": "removed"]), in: tx)
    }
    if before.validMonths != training.validMonths {
      try TrainingParticipants.writeValidity(of: training, in: tx)
    }
    try TrainingParticipants.fillPlaces(of: training, notifications, in: tx)
    try askAudience(of: training, without: before, by: change.actor, notifications, in: tx)
    guard times.contains(where: { old[$0] != new[$0] }), training.over > tx.now else { return }
    try notifications.notify(
      TrainingParticipants.registered(to: training.id, in: tx),
      of: training.notice(.trainingChanged, by: change.actor.id, ["task": "changed"]), in: tx)
  }

  /// Notifies those for whom a training has become mandatory.
  private static func askAudience(
    of training: Training, without before: Training?, by actor: Account, _ notifications: Notifications,
    in tx: Transaction
  ) throws {
    guard training.isRequired, training.over > tx.now else { return }
    var people = Set(try Readership.members(of: training.audience, in: tx))
    if let before, before.isRequired {
      guard before.audience != training.audience else { return }
      people.subtract(try Readership.members(of: before.audience, in: tx))
    }
    if let instructor = training.instructor { people.remove(instructor) }
    try notifications.notify(
      people, of: training.notice(.trainingMandatory, by: actor.id, ["task": "assigned"]), in: tx)
  }

  private static func tellGone(
    _ change: Resource.Change, _ notifications: Notifications, in tx: Transaction
  ) throws {
    guard let old = change.old.map(Training.init) else { return }
    try notifications.settle(Training.subject(old.id), in: tx)
    guard old.over > tx.now else { return }
    try notifications.notify(
      change.affected, of: old.notice(.trainingChanged, by: change.actor.id, ["task": "cancelled"]), in: tx)
  }

  private static func tooFar(_ column: Column) -> FieldError {
    column.wrong("OUT_OF_RANGE", fr: "Une date de 1970 à 2199.", en: "A date from 1970 to 2199.")
  }

  private static let endsBefore = endDate.wrong(
    "END_BEFORE_START", fr: "La fin ne peut pas précéder le début.", en: "The end cannot be before the start."
  )
  private static let tooLong = endDate.wrong("TOO_LONG", fr: "Au plus 400 jours.", en: "At most 400 days.")
  private static let hasRecords = Failure(
    409, "TRAINING_HAS_RECORDS",
    Sentence(
      fr: "Des personnes ont terminé cette formation. Masquez-la plutôt : leurs résultats sont conservés.",
      en: "People have completed this training. Hide it instead: their results are kept."))
}
