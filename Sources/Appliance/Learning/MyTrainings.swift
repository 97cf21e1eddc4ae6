import HTTP
import Store

/// The trainings of a person that are next, and those that they have to complete.
enum MyTrainings {
  struct Next: Sendable {
    let id: Int64
    let title: String
    let start: Int64?
    let location: String
    let isWaiting: Bool
  }

  struct Due: Sendable {
    let id: Int64
    let title: String
    let deadline: Int64?
    let validUntil: Int64?
  }

  private static let nextSQL = """
    SELECT t.id, t.title, t.start_date, t.location, p.is_waiting
    FROM training_participants AS p JOIN training_spans AS s ON s.training_id = p.training_id AND s.ends_at > ?
    JOIN trainings AS t ON t.id = p.training_id WHERE p.user_id = ? AND p.status = 'registered'
    """

  private static func dueSQL(_ readers: String) -> String {
    """
    SELECT trainings.id, trainings.title, coalesce(due_date, end_date, start_date) AS deadline, p.valid_until
    FROM trainings INDEXED BY trainings_mandatory LEFT JOIN training_participants AS p ON p.training_id = trainings.id AND p.user_id = ?
    WHERE is_mandatory = 1 AND is_active = 1 AND is_visible = 1 AND instructor_id IS NOT ? AND \(readers)
      AND NOT (p.status IS 'registered' AND coalesce(end_date, start_date, ?) >= ?)
      AND NOT (p.completion_date IS NOT NULL AND (p.valid_until IS NULL OR p.valid_until > ?))
    """
  }

  /// Those that the person is registered for, earliest first.
  static func next(for account: Account, at now: Int64, in connection: Connection) throws -> [Next] {
    let found = try connection.query(nextSQL, now, account.id) { row in
      Next(
        id: row.int64("id"), title: row.text("title"), start: row.optionalInt64("start_date"),
        location: row.text("location"), isWaiting: row.bool("is_waiting"))
    }
    return found.sorted { ($0.start ?? .max, $0.id) < ($1.start ?? .max, $1.id) }
  }

  /// The mandatory ones that the person has neither completed nor registered for, the most urgent first.
  static func due(for account: Account, at now: Int64, in connection: Connection) throws -> [Due] {
    let readers = Readership.condition("trainings.audience", for: account)
    let given: [Value] =
      [account.id.value, account.id.value] + readers.arguments
      + [now.value, now.value, (now + Training.renewal).value]
    let found = try connection.query(dueSQL(readers.sql), arguments: given) { row in
      Due(
        id: row.int64("id"), title: row.text("title"), deadline: row.optionalInt64("deadline"),
        validUntil: row.optionalInt64("valid_until"))
    }
    return found.sorted { ($0.deadline ?? .max, $0.id) < ($1.deadline ?? .max, $1.id) }
  }
}
