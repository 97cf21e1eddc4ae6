import HTTP
import Store

/// The section of trainings: the next ones, and the mandatory ones to complete.
extension HomeSection {
  private static let mostTrainings = 5

  static let nextTrainingsSQL = """
    SELECT t.id, t.title, t.start_date, t.location, p.is_waiting
    FROM training_participants AS p JOIN training_spans AS s ON s.training_id = p.training_id AND s.ends_at > ?
    JOIN trainings AS t ON t.id = p.training_id WHERE p.user_id = ? AND p.status = 'registered'
    """

  static func dueTrainingsSQL(_ readers: String) -> String {
    """
    SELECT trainings.id, trainings.title, coalesce(due_date, end_date, start_date) AS deadline, p.valid_until
    FROM trainings INDEXED BY trainings_mandatory LEFT JOIN training_participants AS p ON p.training_id = trainings.id AND p.user_id = ?
    WHERE is_mandatory = 1 AND is_active = 1 AND is_visible = 1 AND instructor_id IS NOT ? AND \(readers)
      AND NOT (p.status IS 'registered' AND coalesce(end_date, start_date, ?) >= ?)
      AND NOT (p.completion_date IS NOT NULL AND (p.valid_until IS NULL OR p.valid_until > ?))
    """
  }

  static func trainings(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "trainings",
      schema: .members([
        "next": .array(
          .members([
            "id": .string, "title": .string, "startDate": .optional(.time), "location": .string,
            "isWaiting": .boolean,
          ])),
        "due": .array(
          .members([
            "id": .string, "title": .string, "deadline": .optional(.time), "isLate": .boolean,
            "validUntil": .optional(.time),
          ])),
      ]), isOn: { settings.isOn(.training) }
    ) { account, now, connection, json in
      try json.object { json in
        try writeNext(account, now, connection, &json)
        try writeDue(account, now, connection, &json)
      }
    }
  }

  private static func writeNext(
    _ account: Account, _ now: Int64, _ connection: Connection, _ json: inout JSONWriter
  ) throws {
    let rows = try connection.query(nextTrainingsSQL, now, account.id) { row in
      (
        id: row.int64("id"), title: row.text("title"), start: row.optionalInt64("start_date"),
        location: row.text("location"), isWaiting: row.bool("is_waiting")
      )
    }
    json.array("next") { json in
      for row in rows.sorted(by: { ($0.start ?? .max, $0.id) < ($1.start ?? .max, $1.id) }).prefix(
        mostTrainings)
      {
        json.object { json in
          json.id("id", row.id)
          json.field("title", row.title)
          json.time("startDate", row.start)
          json.field("location", row.location)
          json.field("isWaiting", row.isWaiting)
        }
      }
    }
  }

  private static func writeDue(
    _ account: Account, _ now: Int64, _ connection: Connection, _ json: inout JSONWriter
  ) throws {
    let readers = Readership.condition("trainings.audience", for: account)
    let given: [Value] =
      [account.id.value, account.id.value] + readers.arguments
      + [now.value, now.value, (now + Training.renewal).value]
    let rows = try connection.query(dueTrainingsSQL(readers.sql), arguments: given) { row in
      (
        id: row.int64("id"), title: row.text("title"), deadline: row.optionalInt64("deadline"),
        validUntil: row.optionalInt64("valid_until")
      )
    }
    json.array("due") { json in
      for row in rows.sorted(by: { ($0.deadline ?? .max, $0.id) < ($1.deadline ?? .max, $1.id) }).prefix(
        mostTrainings)
      {
        json.object { json in
          json.id("id", row.id)
          json.field("title", row.title)
          json.time("deadline", row.deadline)
          json.field("isLate", row.deadline.map { $0 <= now } ?? false)
          json.time("validUntil", row.validUntil)
        }
      }
    }
  }
}
