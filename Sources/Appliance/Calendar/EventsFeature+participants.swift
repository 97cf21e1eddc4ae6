import HTTP
import Store

/// Answers and invitations.
extension EventsFeature {
  private static let one = "/api/events/:id"
  private static let mostInvited = 2000

  private static let participant = Schema.object([
    ("id", .string, required: true), ("userId", .string, required: true), ("name", .string, required: true),
    ("avatar", .string, required: true),
    ("answer", .enumeration(EventParticipants.Answer.allCases.map(\.rawValue)), required: true),
    ("invited", .boolean, required: true), ("answeredAt", .optional(.time), required: true),
  ])
  private static let answered = Schema.object([
    ("answer", .enumeration(["yes", "no", "maybe", "waiting"]), required: true),
    ("places", .optional(.integer), required: true), ("participantCount", .integer, required: true),
  ])
  private static let busy = Schema.object([
    ("userId", .string, required: true), ("name", .string, required: true), ("start", .time, required: true),
    ("end", .time, required: true),
  ])

  var participantRoutes: [Route] {
    [
      .get(
        Self.one + "/participants", .signedIn,
        "List who comes to an event, and who was invited, newest first",
        response: .array(Self.participant), participants
      ).reading(QueryParameter.paging),
      .put(
        Self.one + "/answer", .signedIn, "Answer whether you come; `yes` waits while all places are taken",
        request: .object([
          ("answer", .enumeration(EventParticipants.answers.map(\.rawValue)), required: true)
        ]), response: Self.answered, answer),
      .post(
        Self.one + "/invitations", .right(Events.right),
        "Invite people to an event, one by one or by what they have in common",
        request: .object([("audience", Column.Kind.audience.limitedSchema, required: true)]),
        response: .object([("invited", .integer, required: true)]), invite),
      .delete(
        Self.one + "/participants/:user", .right(Events.right), "Take somebody off an event", response: .done,
        takeOff),
      .get(
        "/api/events/conflicts", .right(Events.right),
        "List who of some people has said yes to something else at a time",
        response: .array(Self.busy), conflicts
      ).reading(
        QueryParameter("from", .time, "from this time on", required: true),
        QueryParameter("to", .time, "until this time", required: true),
        QueryParameter("users", .string, "their ids, as a JSON array", required: true),
        QueryParameter("except", .string, "an event that does not count")),
    ]
  }

  static let participantsSQL = """
    SELECT p.id, p.user_id, coalesce(nullif(u.name, ''), u.username) AS name, u.avatar, p.answer, p.is_invited, p.answered_at
    FROM event_participants AS p JOIN users AS u ON u.id = p.user_id
    WHERE p.event_id = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?
    """

  private func participants(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let paging = try Paging(request)
    let (bytes, next) = try await database.read { connection in
      _ = try Self.visible(id, to: account, in: connection)
      var json = JSONWriter(reserve: 4096)
      var next: Int64?
      try json.array { json in
        next = try connection.page(Self.participantsSQL, [id, paging.before], limit: paging.limit) { row in
          Self.write(row, to: &json)
        }.next
      }
      return (json.bytes, next)
    }
    return .page(next: next, bytes: bytes)
  }

  private static func write(_ row: Row, to json: inout JSONWriter) {
    json.object { json in
      json.id("id", row.int64("id"))
      json.id("userId", row.int64("user_id"))
      json.field("name", row.text("name"))
      json.field("avatar", row.text("avatar"))
      json.field("answer", row.text("answer"))
      json.field("invited", row.bool("is_invited"))
      json.time("answeredAt", row.optionalInt64("answered_at"))
    }
  }

  private func answer(_ request: Request) async throws -> Response {
    let id = try request.id()
    let word = try request.json()["answer"]?.string ?? ""
    guard let answer = EventParticipants.answers.first(where: { $0.rawValue == word }) else {
      throw Self.unknownAnswer
    }
    let (kept, places, taken) = try await database.write { [self] tx in
      guard let account = try Account.find(try request.account().id, in: tx), account.isActive else {
        throw Failure.forbidden
      }
      let event = try Self.visible(id, to: account, in: tx)
      guard event.over > tx.now else { throw Self.over }
      try tx.claimSpace()
      let kept = try EventParticipants.take(answer, of: account.id, to: id, notifications, in: tx)
      try notifications.seen(Events.subject(id), by: account.id, in: tx)
      try tell(id, in: tx)
      return (kept, try EventParticipants.places(of: id, in: tx), try EventParticipants.taken(of: id, in: tx))
    }
    return .json { json in
      json.object { json in
        json.field("answer", kept.rawValue)
        json.key("places")
        if let places { json.value(places) } else { json.null() }
        json.field("participantCount", taken)
      }
    }
  }

  private func invite(_ request: Request) async throws -> Response {
    let id = try request.id()
    let audience: String
    do throws(FieldError) {
      audience = try Events.audience.audience(try Self.body(request)["audience"] ?? .null)
    } catch { throw Failure.invalid([error]) }
    guard audience != "[]" else { throw Failure.invalid([Events.audience.required]) }
    let count = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: Events.right, in: tx)
      guard try Event.find(id, in: tx) != nil else { throw Failure.notFound }
      let people = try Readership.members(of: audience, in: tx)
      guard people.count <= Self.mostInvited else { throw Self.tooMany }
      try tx.claimSpace()
      let invited = try EventParticipants.invite(people, to: id, in: tx)
      let title = try Self.title(of: id, in: tx)
      try Audit.record(
        .resourceChanged, actor: actor, on: .init(type: "events", id: id, name: title), request: request,
        details: "invite \(invited.count)", in: tx)
      let notice = Notice(
        kind: .eventInvitation, subject: Events.subject(id), link: "/calendar?event=\(id)", actor: actor.id,
        details: ["name": title])
      try notifications.notify(invited, of: notice, in: tx)
      try tell(id, in: tx)
      return invited.count
    }
    return .json { json in json.object { $0.field("invited", count) } }
  }

  private static func body(_ request: Request) throws(FieldError) -> JSONValue {
    do { return try request.json() } catch { throw Events.audience.required }
  }

  private func takeOff(_ request: Request) async throws -> Response {
    let id = try request.id()
    let person = try request.id("user")
    try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: Events.right, in: tx)
      let gone = try tx.execute(
        "DELETE FROM event_participants WHERE event_id = ? AND user_id = ?", id, person)
      guard gone > 0 else { throw Failure.notFound }
      try EventParticipants.fillPlaces(of: id, notifications, in: tx)
      try Audit.record(
        .resourceChanged, actor: actor,
        on: .init(type: "events", id: id, name: try Self.title(of: id, in: tx)),
        request: request, details: "remove user \(person)", in: tx)
      try tell(id, in: tx)
    }
    return .done(Sentence(fr: "Retiré.", en: "Removed."), for: request)
  }

  private static let unknownAnswer = Failure.invalid([
    FieldError(
      "answer", "UNKNOWN_CHOICE",
      Sentence(fr: "Choisissez parmi : yes, no, maybe.", en: "Choose one of: yes, no, maybe."))
  ])
  private static let over = Failure(
    409, "EVENT_OVER", Sentence(fr: "Cet événement est terminé.", en: "This event is over."))
  private static let tooMany = Failure.invalid([
    FieldError(
      "audience", "TOO_MANY",
      Sentence(
        fr: "Au plus \(mostInvited) personnes à la fois.", en: "At most \(mostInvited) people at once."))
  ])
}
