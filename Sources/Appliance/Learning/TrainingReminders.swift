import Store

/// Reminds participants before a training starts, those who have to take one before its deadline, and those whose
/// completion expires.
struct TrainingReminders: JobKind {
  static let dueSQL = """
    SELECT \(Training.columns) FROM training_spans JOIN trainings ON trainings.id = training_spans.training_id
    WHERE training_spans.remind_at <= ? ORDER BY training_spans.remind_at LIMIT ?
    """
  static let warningsSQL = """
    SELECT \(Training.columns) FROM training_spans JOIN trainings ON trainings.id = training_spans.training_id
    WHERE training_spans.warn_at <= ? ORDER BY training_spans.warn_at LIMIT ?
    """
  static let expiringSQL = """
    SELECT id, training_id, user_id, valid_until FROM training_participants
    WHERE renew_at <= ? ORDER BY renew_at LIMIT ?
    """
  /// Trainings that have not started.
  static let waitingSQL = """
    SELECT DISTINCT p.training_id FROM training_participants AS p INDEXED BY training_participants_waiting
    CROSS JOIN training_spans AS s ON s.training_id = p.training_id AND s.starts_at > ? WHERE p.is_waiting = 1
    """
  private static let batch = 200

  let database: Database
  let settings: SystemSettings
  let notifications: Notifications

  let name = "trainings.remind"
  let period: Int64? = 60_000

  func run(_ context: JobContext) async throws {
    // Who opens the link would find nothing.
    guard settings.isOn(.training) else { return }
    while try await step({ try remind(in: $0) }) {}
    while try await step({ try warn(in: $0) }) {}
    while try await step({ try expire(in: $0) }) {}
    // The deletion or deactivation of an account may have freed a place.
    _ = try await database.write { tx in
      for id in try tx.query(Self.waitingSQL, tx.now, map: { $0.int64(0) }) {
        guard let training = try Training.find(id, in: tx) else { continue }
        try TrainingParticipants.fillPlaces(of: training, notifications, in: tx)
      }
    }
  }

  /// One batch in a transaction. Returns whether more may be due.
  private func step(_ body: @escaping @Sendable (Transaction) throws -> Int) async throws -> Bool {
    try await database.write { try body($0) == Self.batch }
  }

  private func remind(in tx: Transaction) throws -> Int {
    let due = try tx.query(Self.dueSQL, tx.now, Self.batch, map: Training.init(_:))
    for training in due {
      try tx.execute("UPDATE training_spans SET remind_at = NULL WHERE training_id = ?", training.id)
      guard let start = training.start, start > tx.now else { continue }
      try notifications.notify(
        TrainingParticipants.reminded(of: training.id, in: tx),
        of: training.notice(.trainingReminder, ["when": Training.clock(start)]), in: tx)
    }
    return due.count
  }

  private func warn(in tx: Transaction) throws -> Int {
    let due = try tx.query(Self.warningsSQL, tx.now, Self.batch, map: Training.init(_:))
    for training in due {
      try tx.execute(
        "UPDATE training_spans SET warn_at = ? WHERE training_id = ?",
        TrainingSpan.warning(of: training, after: tx.now), training.id)
      guard training.isRequired, let deadline = training.deadline else { continue }
      let details = ["task": deadline <= tx.now ? "late" : "due", "when": Training.clock(deadline)]
      let people = try TrainingCompliance(training: training, now: tx.now).open(in: tx)
      try notifications.notify(people, of: training.notice(.trainingMandatory, details), in: tx)
      try ReminderLog.training(training.id).note(people, in: tx)
    }
    return due.count
  }

  private func expire(in tx: Transaction) throws -> Int {
    let due = try tx.query(Self.expiringSQL, tx.now, Self.batch) { row in
      (id: row.int64(0), training: row.int64(1), person: row.int64(2), end: row.int64(3))
    }
    for one in due {
      try tx.execute("UPDATE training_participants SET renew_at = NULL WHERE id = ?", one.id)
      guard let training = try Training.find(one.training, in: tx), training.isVisible else { continue }
      try notifications.notify(
        [one.person],
        of: training.notice(
          .trainingMandatory, ["task": "expiring", "when": Training.clock(one.end)]), in: tx)
    }
    return due.count
  }
}
