import Store

/// Computed times of a training, stored so that an index finds what is coming, and the reminders that are due.
enum TrainingSpan {
  /// Those who have to take a training are warned that long before its deadline, in milliseconds, and at it.
  private static let warned = 7 * Training.day

  /// A reminder is due once for each start: another change of the training does not repeat it.
  static func write(_ training: Training, before: Training? = nil, in tx: Transaction) throws {
    let isSame = before.map { $0.start == training.start && $0.reminder == training.reminder } ?? false
    let kept =
      try isSame
      ? tx.scalar("SELECT remind_at FROM training_spans WHERE training_id = ?", training.id)
      : reminder(of: training, after: tx.now)
    try tx.execute(
      """
      INSERT OR REPLACE INTO training_spans (training_id, starts_at, ends_at, remind_at, warn_at)
      VALUES (?, ?, ?, ?, ?)
      """, training.id, training.start ?? .max, training.over, kept, warning(of: training, after: tx.now))
  }

  /// When the participants are reminded; the time may have passed while the training has not started yet.
  static func reminder(of training: Training, after now: Int64) -> Int64? {
    guard let start = training.start, start > now, let minutes = training.reminder else { return nil }
    return start - minutes * 60_000
  }

  /// The next moment at which those who have not completed a mandatory training are warned.
  static func warning(of training: Training, after now: Int64) -> Int64? {
    guard training.isRequired, let deadline = training.deadline else { return nil }
    return [deadline - warned, deadline].first { $0 > now }
  }
}
