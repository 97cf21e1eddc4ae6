import HTTP
import Store

/// A person's sessions: list, end, and name of the workstation.
struct SessionsFeature: Feature {
  let database: Database
  let sessions: Sessions

  var routes: [Route] {
    let name = Schema.members(["name": .string])
    let workstation = Self.workstationSchema
    return [
      .get(
        "/api/sessions", .signedIn, "List your sessions", response: .array(Self.schema(withUser: false)), mine
      ).reading(QueryParameter.paging),
      .delete("/api/sessions", .signedIn, "End your other sessions", response: .done, endOthers),
      .delete("/api/sessions/:id", .signedIn, "End one of your sessions", response: .done, endMine),
      .get(
        "/api/workstation", .signedIn, "Get the workstation of this session", response: workstation,
        self.workstation),
      .patch(
        "/api/workstation", .signedIn, "Rename the workstation of this session", request: name,
        response: workstation, rename),
      .put(
        "/api/workstation", .signedIn, "Rename the workstation of this session", request: name,
        response: workstation, rename),
      .get(
        "/api/admin/sessions", .right("admin"), "List all sessions, or those of one user",
        response: .array(Self.schema(withUser: true)), everyones
      ).reading(
        QueryParameter.paging + [
          .init("userId", .string, "of this user only; nothing where there is none of this ID")
        ]),
      .delete("/api/admin/sessions/:id", .right("admin"), "End any session", response: .done, endAnyones),
    ]
  }

  private func mine(_ request: Request) async throws -> Response {
    let signedIn = try request.interactive()
    return try await list(sessions.entries(ofUser: signedIn.account.id), request, withUser: false)
  }

  private func everyones(_ request: Request) async throws -> Response {
    _ = try request.interactive()
    let user = request.query["userId"].map { Int64(digits: $0) ?? 0 }
    return try await list(sessions.entries(ofUser: user), request, withUser: true)
  }

  static let workstationSchema = Schema.members(["id": .id, "name": .string])

  private static func schema(withUser: Bool) -> Schema {
    let session = Schema.members([
      "id": .id, "current": .boolean, "phone": .boolean, "live": .boolean, "address": .string, "since": .time,
      "lastSeen": .time, "workstation": workstationSchema,
    ])
    return withUser ? session + Schema.members(["user": .members(["id": .id, "name": .string])]) : session
  }

  private func list(_ entries: [SessionEntry], _ request: Request, withUser: Bool) async throws -> Response {
    let page = try Paging(request)
    let older = entries.filter { $0.id < page.before }.sorted { $0.id > $1.id }
    let shown = older.prefix(page.limit)
    let names = try await database.read { connection in
      try Set(shown.map(\.workstationID)).reduce(into: [Int64: String]()) { names, id in
        names[id] = try Workstation.name(id, in: connection)
      }
    }
    let found = ListPage(rows: Array(shown), next: older.count > shown.count ? shown.last?.id : nil)
    return .page(found) { entry, json in
      json.object { json in
        json.id("id", entry.id)
        json.field("current", entry.id == request.signedIn?.sessionID)
        json.field("phone", entry.isPhone)
        json.field("live", sessions.isLive(entry))
        json.field("address", entry.address)
        json.time("since", entry.createdAt)
        json.time("lastSeen", entry.seenAt)
        json.key("workstation")
        Self.write(entry.workstationID, names[entry.workstationID] ?? "", to: &json)
        if withUser {
          json.key("user")
          Self.write(entry.userID, sessions.account(entry.userID)?.name ?? "", to: &json)
        }
      }
    }
  }

  private func endMine(_ request: Request) async throws -> Response {
    let signedIn = try request.interactive()
    guard let id = Int64(digits: request.parameter("id")) else { throw Failure.notFound }
    let isCurrent = id == signedIn.sessionID
    try await database.write { [sessions] tx in
      guard try Self.owner(of: id, in: tx) == signedIn.account.id else { throw Failure.notFound }
      let ids = isCurrent ? sessions.together(with: id) : [id]
      try sessions.end(ids, reason: isCurrent ? .signedOut : .endedByOwner, in: tx)
      try Audit.record(
        isCurrent ? .signOut : .sessionEnded, actor: signedIn.account, subject: signedIn.account,
        request: request, in: tx)
    }
    var response = Response.done(Self.ended, for: request)
    if isCurrent { response.headers.append(SessionCookie.clear(isTLS: request.isTLS)) }
    return response
  }

  private func endOthers(_ request: Request) async throws -> Response {
    let signedIn = try request.interactive()
    try await database.write { [sessions] tx in
      try sessions.end(
        ofUser: signedIn.account.id, except: signedIn.sessionID, reason: .endedByOwner, in: tx)
      try Audit.record(
        .sessionEnded, actor: signedIn.account, subject: signedIn.account, request: request,
        details: "all others", in: tx)
    }
    return .done(
      Sentence(fr: "Autres sessions fermées.", en: "Other sessions ended."), for: request
    )
  }

  private func endAnyones(_ request: Request) async throws -> Response {
    let admin = try request.interactive().account
    guard let id = Int64(digits: request.parameter("id")) else { throw Failure.notFound }
    try await database.write { [sessions] tx in
      guard let owner = try Self.owner(of: id, in: tx) else { throw Failure.notFound }
      try sessions.end([id], reason: .endedByAdmin, in: tx)
      try Audit.record(
        .sessionEnded, actor: admin, subject: try Account.find(owner, in: tx), request: request, in: tx)
    }
    return .done(Self.ended, for: request)
  }

  private func workstation(_ request: Request) async throws -> Response {
    let id = try workstationID(of: request)
    let name = try await database.read { try Workstation.name(id, in: $0) }
    return .json { Self.write(id, name, to: &$0) }
  }

  private func rename(_ request: Request) async throws -> Response {
    let id = try workstationID(of: request)
    let name = (try request.json()["name"]?.string ?? "").trimmed()
    guard name.isLabel, !name.isInvisible else {
      throw Failure.invalid([
        FieldError(
          field: "name", code: "INVALID_NAME",
          sentence: Sentence(
            fr: "Saisissez un nom de 1 à 60 caractères sur une seule ligne.",
            en: "Enter a name of 1 to 60 characters on one line."))
      ])
    }
    try await database.write { tx in
      try tx.execute("UPDATE workstations SET name = ? WHERE id = ?", name, id)
    }
    return .json { Self.write(id, name, to: &$0) }
  }

  private func workstationID(of request: Request) throws -> Int64 {
    guard let entry = sessions.entry(try request.interactive().sessionID), entry.workstationID != 0
    else { throw Failure.notFound }
    return entry.workstationID
  }

  private static func owner(of session: Int64, in tx: Transaction) throws -> Int64? {
    try tx.scalar("SELECT user_id FROM sessions WHERE id = ?", session)
  }

  private static func write(_ id: Int64, _ name: String, to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.field("name", name)
    }
  }

  private static let ended = Sentence(fr: "Session fermée.", en: "Session ended.")
}
