import HTTP
import Store

/// What a body changes of a participant: the instructor records attendance, completion and score, the participant
/// writes feedback.
struct TrainingMarks: Sendable {
  private var status: TrainingParticipant.Status?
  /// `.some(nil)` takes the record back.
  private var attended: Bool??
  private var score: Int64??
  private var feedback: String?

  static let schema = Schema.object([
    ("status", .words(TrainingParticipant.Status.self), required: false),
    ("attended", .described("true completes the training", .optional(.boolean)), required: false),
    ("score", .optional(.integer(TrainingParticipant.scores)), required: false),
    (
      "feedback",
      .described("of the participant alone", .optional(.text(0...TrainingParticipant.longestFeedback))),
      required: false
    ),
  ])

  /// Throws 400 with all invalid fields.
  init(_ body: JSONValue) throws(Failure) {
    var errors: [FieldError] = []
    if let json = body["status"], !json.isNull {
      status = json.string.flatMap(TrainingParticipant.Status.init)
      if status == nil { errors.append(Self.unknownStatus) }
    }
    if let json = body["attended"] {
      if json.isNull {
        attended = .some(nil)
      } else if let flag = json.bool {
        attended = .some(flag)
      } else {
        errors.append(Self.noFlag)
      }
    }
    if let json = body["score"] {
      if json.isNull {
        score = .some(nil)
      } else if let number = json.int64, TrainingParticipant.scores.contains(number) {
        score = .some(number)
      } else {
        errors.append(Self.noScore)
      }
    }
    if let json = body["feedback"], !json.isNull {
      feedback = json.string?.trimmed()
      if feedback?.fits(TrainingParticipant.longestFeedback) != true { errors.append(Self.longFeedback) }
    }
    if !errors.isEmpty { throw .invalid(errors) }
  }

  /// Whether it changes what only the instructor records.
  var isRecord: Bool { status != nil || attended != nil || score != nil }
  var isFeedback: Bool { feedback != nil }
  var isEmpty: Bool { !isRecord && !isFeedback }

  /// The names of the changed fields, for the audit log.
  var fields: String {
    let changed = [
      ("status", status != nil), ("attended", attended != nil), ("score", score != nil),
      ("feedback", feedback != nil),
    ]
    return changed.filter(\.1).map(\.0).joined(separator: " ")
  }

  /// Writes the changes. Throws 409 when they do not fit the state of the training.
  func write(to participant: TrainingParticipant, of training: Training, in tx: Transaction) throws {
    guard training.start == nil || training.hasStarted(at: tx.now) else { throw Self.notStarted }
    try writeAttendance(to: participant, of: training, in: tx)
    if let score {
      try tx.execute("UPDATE training_participants SET score = ? WHERE id = ?", score, participant.id)
    }
    if let feedback {
      try tx.execute("UPDATE training_participants SET feedback = ? WHERE id = ?", feedback, participant.id)
    }
    try tx.execute("UPDATE training_participants SET updated_at = ? WHERE id = ?", tx.now, participant.id)
    try Certificates.issue(participant: participant.id, in: tx)
    if score != nil { try Certificates.correctScore(participant: participant.id, in: tx) }
  }

  private func writeAttendance(
    to participant: TrainingParticipant, of training: Training, in tx: Transaction
  ) throws {
    let isPresent = attended.flatMap { $0 }
    switch status ?? attended.map({ _ in isPresent == true ? .completed : .registered }) {
    case .none: break
    case .completed?: try complete(participant, training, in: tx)
    case .cancelled?: try Self.reset(participant, to: .cancelled, attended: nil, in: tx)
    case .registered?:
      // Who is recorded as absent takes no place.
      if isPresent != false, !participant.isWaiting { try Self.claimPlace(participant, training, in: tx) }
      try Self.reset(participant, to: .registered, attended: isPresent, in: tx)
    }
  }

  /// The completion is of the last day of the training, or of today while it lasts.
  private func complete(_ participant: TrainingParticipant, _ training: Training, in tx: Transaction) throws {
    if participant.status == .completed, participant.keepsPlace(in: training, at: tx.now) { return }
    try Self.claimPlace(participant, training, in: tx)
    try tx.execute(
      """
      UPDATE training_participants SET status = 'completed', is_waiting = 0, attended = 1, completion_date = ?,
        certificate_id = NULL WHERE id = ?
      """, min(training.over, tx.now), participant.id)
    try TrainingParticipants.writeValidity(of: training, person: participant.person, in: tx)
  }

  /// Throws 409 when somebody without a place, who waited or was absent, would take one that is not free.
  private static func claimPlace(
    _ participant: TrainingParticipant, _ training: Training, in tx: Transaction
  ) throws {
    let hasPlace =
      switch participant.status {
      case .registered: !participant.isWaiting && participant.attended != false
      case .completed: participant.keepsPlace(in: training, at: tx.now)
      case .cancelled: false
      }
    guard try hasPlace || !TrainingParticipants.isFull(training, in: tx) else { throw full }
  }

  /// Records that a training is not completed; a completion of an earlier date stays while it was not the last.
  static func reset(
    _ participant: TrainingParticipant, to status: TrainingParticipant.Status, attended: Bool?,
    in tx: Transaction
  ) throws {
    if participant.status == .completed { try Certificates.takeBack(participant: participant.id, in: tx) }
    try tx.execute(
      """
      UPDATE training_participants SET status = ?1, attended = ?2, updated_at = ?3,
        completion_date = iif(status = 'completed', NULL, completion_date),
        valid_until = iif(status = 'completed', NULL, valid_until),
        renew_at = iif(status = 'completed', NULL, renew_at), is_waiting = iif(?1 = 'cancelled', 0, is_waiting)
      WHERE id = ?4
      """, status.rawValue, attended, tx.now, participant.id)
  }

  private static let unknownStatus = FieldError(
    "status", "UNKNOWN_CHOICE",
    Sentence(
      fr: "Choisissez parmi : registered, completed, cancelled.",
      en: "Choose one of: registered, completed, cancelled."))
  private static let noFlag = FieldError(
    "attended", "NOT_A_FLAG", Sentence(fr: "Vrai ou faux.", en: "True or false."))
  private static let noScore = FieldError(
    "score", "NOT_IN_RANGE",
    Sentence(fr: "Un nombre entier de 0 à 100.", en: "A whole number from 0 to 100."))
  private static let longFeedback = FieldError(
    "feedback", "TOO_LONG",
    Sentence(
      fr: "Au plus \(TrainingParticipant.longestFeedback) caractères.",
      en: "At most \(TrainingParticipant.longestFeedback) characters."))
  private static let notStarted = Failure(
    409, "TRAINING_NOT_STARTED",
    Sentence(fr: "Cette formation n’a pas encore commencé.", en: "This training has not started yet."))
  private static let full = Failure(
    409, "TRAINING_FULL",
    Sentence(
      fr: "Toutes les places sont prises. Notez d’abord les absents.",
      en: "All places are taken. Record who was absent first."))
}
