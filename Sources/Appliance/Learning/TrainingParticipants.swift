import HTTP
import Store

/// Registrations for trainings. There is one writer at a time, so no more than the available places are given.
enum TrainingParticipants {
  /// Those who have a place: registered and not absent, or completed since it starts. For the row `trainings`.
  static let takenSQL = """
    FROM training_participants AS p JOIN users AS u ON u.id = p.user_id AND u.is_active = 1
    WHERE p.training_id = trainings.id AND (p.status = 'registered' AND p.is_waiting = 0 AND p.attended IS NOT 0
      OR p.status = 'completed' AND p.completion_date >= trainings.start_date)
    """
  private static let countSQL = "SELECT (SELECT count(*) \(takenSQL)) FROM trainings WHERE id = ?"

  static let registeredSQL = """
    SELECT user_id FROM training_participants WHERE training_id = ? AND status = 'registered'
    UNION SELECT instructor_id FROM trainings WHERE id = ? AND instructor_id IS NOT NULL
    """
  static let remindedSQL = """
    SELECT user_id FROM training_participants WHERE training_id = ? AND status = 'registered' AND is_waiting = 0
    UNION SELECT instructor_id FROM trainings WHERE id = ? AND instructor_id IS NOT NULL
    """

  /// The people to notify of a change: those registered, also on the waiting list, and the instructor.
  static func registered(to training: Int64, in connection: Connection) throws -> [Int64] {
    try connection.query(registeredSQL, training, training) { $0.int64(0) }
  }

  /// The people to remind: those who have a place, and the instructor.
  static func reminded(of training: Int64, in connection: Connection) throws -> [Int64] {
    try connection.query(remindedSQL, training, training) { $0.int64(0) }
  }

  static func isCompleted(_ training: Int64, in connection: Connection) throws -> Bool {
    try connection.scalar(
      "SELECT 1 FROM training_participants WHERE training_id = ? AND completion_date IS NOT NULL LIMIT 1",
      training) != nil
  }

  static func taken(of training: Int64, in connection: Connection) throws -> Int64 {
    try connection.scalar(countSQL, training) ?? 0
  }

  static func isFull(_ training: Training, in connection: Connection) throws -> Bool {
    guard let places = training.places else { return false }
    return try taken(of: training.id, in: connection) >= places
  }

  /// Gives somebody a place, or a turn on the waiting list while all are taken. Who has either keeps it, and who
  /// has completed the training registers again only for a new date, or when the completion expires.
  static func register(_ person: Int64, to training: Training, in tx: Transaction) throws {
    let participant = try TrainingParticipant.find(of: person, in: training.id, in: tx)
    if let participant, participant.keepsPlace(in: training, at: tx.now) { return }
    let isWaiting = try isFull(training, in: tx)
    try tx.execute(
      """
      INSERT INTO training_participants (training_id, user_id, status, is_waiting, registered_at, feedback, created_at,
        updated_at) VALUES (?, ?, 'registered', ?, ?, '', ?, ?)
      ON CONFLICT (training_id, user_id) DO UPDATE SET status = 'registered', is_waiting = excluded.is_waiting,
        attended = NULL, registered_at = excluded.registered_at, updated_at = excluded.updated_at
      """, training.id, person, isWaiting, tx.now, tx.now, tx.now)
  }

  /// Takes a registration back. An earlier completion of its person stays.
  static func cancel(_ participant: TrainingParticipant, in tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE training_participants SET is_waiting = 0, attended = NULL, updated_at = ?,
        status = CASE WHEN completion_date IS NULL THEN 'cancelled' ELSE 'completed' END
      WHERE id = ?
      """, tx.now, participant.id)
  }

  static let firstWaitingSQL = """
    SELECT p.id, p.user_id FROM training_participants AS p JOIN users AS u ON u.id = p.user_id AND u.is_active = 1
    WHERE p.training_id = ? AND p.status = 'registered' AND p.is_waiting = 1 ORDER BY p.registered_at, p.id LIMIT 1
    """

  /// Gives free places to the people on the waiting list, in its order, and notifies them; until the training
  /// starts.
  static func fillPlaces(of training: Training, _ notifications: Notifications, in tx: Transaction) throws {
    guard !training.hasStarted(at: tx.now) else { return }
    var given: [Int64] = []
    while try !isFull(training, in: tx),
      let next = try tx.first(firstWaitingSQL, training.id, map: { (id: $0.int64(0), person: $0.int64(1)) })
    {
      try tx.execute(
        "UPDATE training_participants SET is_waiting = 0, updated_at = ? WHERE id = ?", tx.now, next.id)
      given.append(next.person)
    }
    try notifications.notify(given, of: training.notice(.trainingChanged, ["task": "place"]), in: tx)
  }

  /// Prepares a training that was over for a new date: who did not complete it is no longer registered.
  static func beginAgain(_ training: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE training_participants SET is_waiting = 0, attended = NULL, updated_at = ?,
        status = CASE WHEN completion_date IS NULL THEN 'cancelled' ELSE 'completed' END
      WHERE training_id = ? AND status = 'registered'
      """, tx.now, training)
  }

  /// Cancels the registrations of those who are no longer in the audience; returns their ids. Administrators see
  /// every training.
  static func dropOthers(_ audience: String, of training: Int64, in tx: Transaction) throws -> [Int64] {
    try tx.query(
      """
      UPDATE training_participants SET is_waiting = 0, attended = NULL, updated_at = ?3,
        status = CASE WHEN completion_date IS NULL THEN 'cancelled' ELSE 'completed' END
      WHERE training_id = ?1 AND status = 'registered' AND EXISTS (
        SELECT 1 FROM users WHERE users.id = training_participants.user_id AND users.role <> 'admin'
          AND NOT \(Readership.includesSQL("?2", "users")))
      RETURNING user_id
      """, training, audience, tx.now
    ) { $0.int64(0) }
  }

  private static let completedSQL = """
    SELECT id, completion_date FROM training_participants
    WHERE training_id = ?1 AND completion_date IS NOT NULL AND (?2 IS NULL OR user_id = ?2)
    """

  /// Computes until when the completions of a training are valid; of one person, if given. Those that expire are
  /// told so once.
  static func writeValidity(of training: Training, person: Int64? = nil, in tx: Transaction) throws {
    let completed = try tx.query(completedSQL, training.id, person) { (id: $0.int64(0), at: $0.int64(1)) }
    for one in completed {
      let end = Validity.end(of: one.at, months: training.validMonths)
      let renewal = end.flatMap { $0 > tx.now ? $0 - Training.renewal : nil }
      try tx.execute(
        "UPDATE training_participants SET valid_until = ?, renew_at = ? WHERE id = ?", end, renewal, one.id)
    }
  }
}
