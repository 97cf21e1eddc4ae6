import HTTP
import Store

/// Who has completed a training, until when that is valid, and who is late: everyone in its audience.
struct TrainingCompliance: Sendable {
  enum State: String, Sendable, CaseIterable {
    /// Completed, and valid.
    case done
    case registered
    case waiting
    /// Completed, but no longer valid.
    case expired
    /// Not completed by the deadline.
    case late
    case missing
  }

  /// Those who have to do something.
  static let open: Set<State> = [.expired, .late, .missing]

  /// Parameters: 1 the training, 2 its audience, 3 the time, 4 its deadline or the farthest future, 5 whether it is
  /// over, 6 its instructor or 0.
  private static let stateSQL = """
    CASE WHEN p.completion_date IS NOT NULL AND (p.valid_until IS NULL OR p.valid_until > ?3) THEN 'done'
      WHEN p.status = 'registered' AND ?5 = 0 THEN iif(p.is_waiting = 1, 'waiting', 'registered')
      WHEN p.completion_date IS NOT NULL THEN 'expired'
      WHEN ?4 <= ?3 THEN 'late' ELSE 'missing' END
    """
  private static let peopleSQL = """
    FROM users AS u LEFT JOIN training_participants AS p ON p.training_id = ?1 AND p.user_id = u.id
    WHERE u.is_active = 1 AND u.is_approved = 1 AND u.id <> ?6 AND \(Readership.includesSQL("?2", "u"))
    """
  static let countSQL = "SELECT \(stateSQL) AS state, count(*) \(peopleSQL) GROUP BY state"
  static let pageSQL = """
    SELECT u.id, coalesce(nullif(u.name, ''), u.username) AS name, u.department, \(stateSQL) AS state,
      p.completion_date, p.valid_until, p.score
    \(peopleSQL) AND u.id < ?7 AND (?8 = '' OR state = ?8) ORDER BY u.id DESC LIMIT ?9
    """
  static let openSQL = """
    SELECT u.id, \(stateSQL) AS state \(peopleSQL) AND state IN ('expired', 'late', 'missing')
    """

  let training: Training
  /// Milliseconds since 1970.
  let now: Int64

  var arguments: [Value] {
    [
      training.id.value, training.audience.value, now.value, (training.deadline ?? .max).value,
      (training.over <= now).value, (training.instructor ?? 0).value,
    ]
  }

  func counts(in connection: Connection) throws -> [State: Int] {
    let counts = try connection.query(Self.countSQL, arguments: arguments) {
      (State(rawValue: $0.text(0)), $0.int(1))
    }
    return Dictionary(counts.compactMap { state, count in state.map { ($0, count) } }) { first, _ in first }
  }

  /// Those who have neither completed it nor registered.
  func open(in connection: Connection) throws -> [Int64] {
    try connection.query(Self.openSQL, arguments: arguments) { $0.int64(0) }
  }

  func page(
    _ state: State?, _ paging: Paging, in connection: Connection, to json: inout JSONWriter
  ) throws -> Int64? {
    let arguments = self.arguments + [paging.before.value, (state?.rawValue ?? "").value]
    return try connection.page(Self.pageSQL, arguments, limit: paging.limit) { Self.write($0, to: &json) }
      .next
  }

  private static func write(_ row: Row, to json: inout JSONWriter) {
    json.object { json in
      json.id("id", row.int64("id"))
      json.field("name", row.text("name"))
      json.field("department", row.text("department"))
      json.field("state", row.text("state"))
      json.time("completionDate", row.optionalInt64("completion_date"))
      json.time("validUntil", row.optionalInt64("valid_until"))
      json.field("score", row.optionalInt("score"))
    }
  }

  static let schema = Schema.members([
    "total": .integer,
    "counts": .object(State.allCases.map { ($0.rawValue, .integer, required: true) }),
    "deadline": .optional(.time),
    "people": .array(
      .members([
        "id": .string, "name": .string, "department": .string, "state": .words(State.self),
        "completionDate": .optional(.time), "validUntil": .optional(.time),
        "score": .optional(.integer(TrainingParticipant.scores)),
      ])),
  ])
}

extension TrainingsFeature {
  private static let path = "/api/trainings/:id/compliance"
  private static let stateFilter = QueryParameter(
    "state", .words(TrainingCompliance.State.self), "only those in this state")

  var complianceRoutes: [Route] {
    [
      .get(
        Self.path, .signedIn, "List who has completed a training and who is late, as its instructor",
        response: TrainingCompliance.schema, compliance
      ).reading(
        QueryParameter.paging + [Self.stateFilter]),
      .post(
        "/api/trainings/:id/remind", .signedIn,
        "Remind those who have not completed it, as its instructor, except who was reminded within the last day",
        response: ReminderAnswer.schema, remind),
      .get(
        Self.path + ".csv", .signedIn, "Export who has completed a training, as its instructor",
        exportCompliance
      ).reading(Self.stateFilter).producing("text/csv"),
    ]
  }

  private func compliance(_ request: Request) async throws -> Response {
    let account = try request.account()
    let (id, paging, state) = (try request.id(), try Paging(request), try Self.state(request))
    let now = clock.now()
    let (bytes, next) = try await database.read { connection in
      let training = try Training.visible(id, to: account, in: connection)
      guard training.isLed(by: account) else { throw Failure.forbidden }
      let compliance = TrainingCompliance(training: training, now: now)
      let counts = try compliance.counts(in: connection)
      var json = JSONWriter(reserve: 8192)
      var next: Int64?
      try json.object { json in
        json.field("total", counts.values.reduce(0, +))
        json.object("counts") { json in
          for state in TrainingCompliance.State.allCases {
            json.key(text: state.rawValue)
            json.value(counts[state] ?? 0)
          }
        }
        json.time("deadline", training.deadline)
        try json.array("people") { json in
          next = try compliance.page(state, paging, in: connection, to: &json)
        }
      }
      return (json.bytes, next)
    }
    return .page(next: next, bytes: bytes)
  }

  static func state(_ request: Request) throws -> TrainingCompliance.State? {
    guard let text = request.query["state"], !text.isEmpty else { return nil }
    guard let state = TrainingCompliance.State(rawValue: text) else {
      throw Failure.invalid([
        FieldError("state", "UNKNOWN_FILTER", Sentence(fr: "Filtre inconnu.", en: "Unknown filter."))
      ])
    }
    return state
  }
}
