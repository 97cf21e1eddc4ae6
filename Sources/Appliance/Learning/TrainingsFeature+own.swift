import HTTP
import Store

/// `/api/training-participants` and somebody's trainings.
extension TrainingsFeature {
  private static let path = "/api/training-participants"

  /// A participant with what a list shows of the training.
  private static let mineSchema =
    TrainingParticipant.schema
    + Schema.members([
      "title": .string, "category": .string, "location": .string, "startDate": .optional(.time),
      "endDate": .optional(.time), "isMandatory": .boolean,
    ])

  var ownRoutes: [Route] {
    [
      .get(
        Self.path, .signedIn, "List your trainings, or who takes part in one, newest first",
        response: .array(TrainingParticipant.schema), list
      ).reading(
        QueryParameter.paging + [QueryParameter("trainingId", .string, "who takes part in this one")]),
      .post(
        Self.path, .signedIn, "Register for a training; you wait while all places are taken",
        request: .object([("trainingId", .reference, required: true)]), response: TrainingParticipant.schema,
        registerByBody),
      .patch(
        Self.path + "/:id", .signedIn, "Record attendance and score as the instructor, or give feedback",
        request: TrainingMarks.schema, response: TrainingParticipant.schema
      ) { try await mark($0, try Self.numbered($0)) }.checkingKinds(),
      .put(
        Self.path + "/:id", .signedIn, "Record attendance and score as the instructor, or give feedback",
        request: TrainingMarks.schema, response: TrainingParticipant.schema
      ) { try await mark($0, try Self.numbered($0)) }.checkingKinds(),
      .delete(
        Self.path + "/:id", .signedIn, "Cancel your registration, or somebody's as the instructor",
        response: .done
      ) { try await cancel($0, try Self.numbered($0)) },
      .get(
        "/api/users/:id/trainings", .signedIn,
        "List somebody's trainings, newest first: yours, or as a manager",
        response: .array(Self.mineSchema), ofPerson
      ).reading(QueryParameter.paging),
    ]
  }

  private static func numbered(_ request: Request) throws -> Finder {
    let id = try request.id()
    return { try $0.first(TrainingParticipant.rowSQL, id, map: TrainingParticipant.init) }
  }

  private func list(_ request: Request) async throws -> Response {
    if let text = request.query["trainingId"], !text.isEmpty {
      guard let id = Int64(digits: text) else { throw Failure.notFound }
      return try await participants(of: id, request)
    }
    let account = try request.account()
    let paging = try Paging(request)
    let page = try await database.read { connection in
      try connection.page(
        TrainingParticipant.ownSQL, [account.id, paging.before], limit: paging.limit,
        map: TrainingParticipant.init)
    }
    return .page(page) { one, json in json.object { one.writeFields(to: &$0, isFull: true) } }
  }

  private func registerByBody(_ request: Request) async throws -> Response {
    guard let id = try Reference("trainingId", of: try request.json()).id else {
      throw Failure.invalid([
        FieldError(
          "trainingId", "REQUIRED",
          Sentence(fr: "Ce champ est obligatoire.", en: "This field is required."))
      ])
    }
    return try await register(request, for: id)
  }

  static let ofPersonSQL = """
    SELECT \(TrainingParticipant.columns), t.title, t.category, t.location, t.start_date, t.end_date, t.is_mandatory
    FROM training_participants AS p JOIN users AS u ON u.id = p.user_id JOIN trainings AS t ON t.id = p.training_id
    WHERE p.user_id = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?
    """

  private func ofPerson(_ request: Request) async throws -> Response {
    let account = try request.account()
    let (id, paging) = (try request.id(), try Paging(request))
    guard id == account.id || account.has(right: Trainings.right) else { throw Failure.forbidden }
    let (bytes, next) = try await database.read { connection in
      guard try Account.find(id, in: connection) != nil else { throw Failure.notFound }
      var json = JSONWriter(reserve: 8192)
      var next: Int64?
      try json.array { json in
        next = try connection.page(Self.ofPersonSQL, [id, paging.before], limit: paging.limit) { row in
          Self.write(row, to: &json)
        }.next
      }
      return (json.bytes, next)
    }
    return .page(next: next, bytes: bytes)
  }

  private static func write(_ row: Row, to json: inout JSONWriter) {
    json.object { json in
      TrainingParticipant(row).writeFields(to: &json, isFull: true)
      json.field("title", row.text("title"))
      json.field("category", row.text("category"))
      json.field("location", row.text("location"))
      json.time("startDate", row.optionalInt64("start_date"))
      json.time("endDate", row.optionalInt64("end_date"))
      json.field("isMandatory", row.bool("is_mandatory"))
    }
  }
}
