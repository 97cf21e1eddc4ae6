import HTTP
import Store

/// Permissions that an admin delegates to individual people. They apply to open sessions at once.
struct PermissionsFeature: Feature {
  let database: Database
  let sessions: Sessions

  var routes: [Route] {
    let path = "/api/permissions"
    let access = Access.right("admin")
    let one = Schema.members(
      [:],
      optional: [
        "userId": .reference, "permission": .described("here, in the path or behind `?`", Permission.schema),
      ])
    let bulk = Schema.members(
      ["permissions": .array(Permission.schema)],
      optional: [
        "userIds": .described("these or `userId`", .array(.reference)), "userId": .reference,
        "action": .described("grant by default", .words(Verb.self)),
      ])
    let user = QueryParameter("userId", .id, "in place of the body's")
    let word = QueryParameter("permission", Permission.schema, "in place of the body's")
    return [
      .get(path, access, "List delegated permissions", response: .array(Self.schema), list)
        .reading(QueryParameter.paging),
      .get(
        path + "/:userId", access, "List a user's delegated permissions", response: .array(Self.schema),
        listOfPerson
      ),
      .post(path, access, "Grant a permission", request: one, response: Self.grantedSchema, grant)
        .reading(user, word),
      .post(
        path + "/:userId", access, "Grant a permission", request: one, response: Self.grantedSchema, grant
      ).reading(word),
      .delete(path, access, "Revoke a permission", request: one, response: .done, revoke).reading(user, word),
      .delete(path + "/:userId", access, "Revoke a permission", request: one, response: .done, revoke)
        .reading(word),
      .delete(path + "/:userId/:permission", access, "Revoke a permission", response: .done, revoke),
      .post(
        "/api/admin/bulk-permissions", access, "Grant or revoke permissions for several users",
        request: bulk, response: .members(["success": .boolean, "changed": .integer]), change),
      .get(
        "/api/admin/permission-check/:user/:permission", access,
        "Check whether a user has a permission, and where it comes from",
        response: .members([
          "userId": .id, "permission": Permission.schema, "hasPermission": .boolean,
          "source": .enumeration(["none", "role", "permission", "category"]),
        ]), check),
    ]
  }

  private static let schema = Schema.members([
    "id": .string, "userId": .id, "userName": .string, "permission": Permission.schema,
    "grantedBy": .idOrEmpty,
    "createdAt": .time,
  ])
  private static let grantedSchema = Schema.members([
    "success": .boolean, "id": .string, "userId": .id, "permission": Permission.schema,
  ])

  private static let select = """
    SELECT p.user_id, u.name, p.permission, p.granted_by, p.created_at
    FROM permissions AS p JOIN users AS u ON u.id = p.user_id
    """

  /// A person's permissions are never split between pages: `?limit=` and `?before=` refer to people.
  private func list(_ request: Request) async throws -> Response {
    let page = try Paging(request)
    return try await answer(
      """
      \(Self.select) WHERE p.user_id IN (
        SELECT DISTINCT user_id FROM permissions WHERE user_id < ? ORDER BY user_id DESC LIMIT ?)
      ORDER BY p.user_id DESC, p.permission
      """, [page.before, Int64(page.limit)], people: page.limit)
  }

  private func listOfPerson(_ request: Request) async throws -> Response {
    let id = try request.id("userId")
    guard try await database.read({ try Account.find(id, in: $0) }) != nil else {
      throw Failure.notFound
    }
    return try await answer(
      Self.select + " WHERE p.user_id = ? ORDER BY p.permission", [id], people: .max)
  }

  private func answer(_ sql: String, _ arguments: [Int64], people: Int) async throws -> Response {
    let (bytes, next) = try await database.read { connection in
      try Self.page(sql, arguments, people: people, in: connection)
    }
    return .page(next: next, bytes: bytes)
  }

  /// The rows as JSON, and the last person of a page that is full.
  private static func page(
    _ sql: String, _ arguments: [Int64], people: Int, in connection: Connection
  ) throws -> ([UInt8], Int64?) {
    var json = JSONWriter(reserve: 4096)
    var users: [Int64] = []
    var isCut = false
    try json.array { json in
      try connection.forEach(sql, arguments: arguments) { row -> Void in
        let user = row.int64(0)
        if users.last != user {
          isCut = isCut || json.bytes.count > Connection.mostPageBytes
          if !isCut { users.append(user) }
        }
        if !isCut { write(row, to: &json) }
      }
    }
    return (json.bytes, isCut || users.count == people ? users.last : nil)
  }

  /// Writes a row of `select`.
  private static func write(_ row: Row, to json: inout JSONWriter) {
    json.object { json in
      json.field("id", "\(row.int64(0)):\(row.text(2))")
      json.id("userId", row.int64(0))
      json.field("userName", row.text(1))
      json.field("permission", row.text(2))
      json.field("grantedBy", row.optionalInt64(3).map { String($0) } ?? "")
      json.time("createdAt", row.int64(4))
    }
  }

  private func grant(_ request: Request) async throws -> Response {
    let (user, permission) = try Self.target(request)
    try await apply(.grant, [user], [permission], request)
    return .json(201) { json in
      json.object { json in
        json.field("success", true)
        json.field("id", "\(user):\(permission.rawValue)")
        json.id("userId", user)
        json.field("permission", permission.rawValue)
      }
    }
  }

  private func revoke(_ request: Request) async throws -> Response {
    let (user, permission) = try Self.target(request)
    try await apply(.revoke, [user], [permission], request)
    return .done(
      Sentence(fr: "Droit retiré.", en: "Permission revoked."), for: request)
  }

  private func change(_ request: Request) async throws -> Response {
    let body = try request.json()
    let permissions = try Permission.readList(body["permissions"], field: "permissions")
    let words = body["userIds"]?.array ?? body["userId"].map { [$0] } ?? []
    var users: [Int64] = []
    for word in words {
      guard let id = try Reference("userIds", of: ["userIds": word]).id else { continue }
      users.append(id)
    }
    guard (1...500).contains(users.count) else { throw Self.nobody }
    guard let verb = Verb(rawValue: body["action"]?.string ?? "grant") else { throw Self.unknownVerb }
    let changed = try await apply(verb, users, permissions, request)
    return .json { json in
      json.object { json in
        json.field("success", true)
        json.field("changed", changed)
      }
    }
  }

  private func check(_ request: Request) async throws -> Response {
    let id = try request.id("user")
    let permission = try Permission.read(.string(request.parameter("permission")), field: "permission")
    let found = try await database.read { connection in
      try Account.find(id, in: connection).map { account in
        let own = try connection.scalar(
          "SELECT 1 FROM permissions WHERE user_id = ? AND permission = ?", id, permission.rawValue)
        return (account, own != nil)
      }
    }
    guard let (account, isOwn) = found else { throw Failure.notFound }
    let has = account.isActive && account.has(right: permission.rawValue)
    let source = !has ? "none" : account.role == .admin ? "role" : isOwn ? "permission" : "category"
    return .json { json in
      json.object { json in
        json.id("userId", id)
        json.field("permission", permission.rawValue)
        json.field("hasPermission", has)
        json.field("source", source)
      }
    }
  }

  private enum Verb: String, Sendable, CaseIterable { case grant, revoke }

  /// Makes all changes or none, ignoring those without effect. Returns the number of changed rows.
  @discardableResult
  private func apply(
    _ verb: Verb, _ users: [Int64], _ permissions: [Permission], _ request: Request
  ) async throws -> Int {
    let action: Audit.Action = verb == .grant ? .permissionGranted : .permissionRevoked
    return try await database.change(action, on: users.first, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: "admin", in: tx)
      var changed = 0
      for user in users {
        guard let subject = try Account.find(user, in: tx) else { throw Failure.notFound }
        for permission in permissions {
          let rows =
            switch verb {
            case .grant:
              try tx.execute(
                """
                INSERT INTO permissions (user_id, permission, granted_by, created_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, user, permission.rawValue, actor.id, tx.now)
            case .revoke:
              try tx.execute(
                "DELETE FROM permissions WHERE user_id = ? AND permission = ?", user, permission.rawValue)
            }
          guard rows > 0 else { continue }
          changed += 1
          try Audit.record(
            action, actor: actor, subject: subject, request: request, details: permission.rawValue, in: tx)
        }
        try sessions.refresh(user, in: tx)
      }
      return changed
    }
  }

  /// The person and permission named by path, body or query. The path may contain both, as `17:manage_users`.
  private static func target(_ request: Request) throws -> (Int64, Permission) {
    let body = try request.json()
    let path = request.parameter("userId").split(byte: ":", maxSplits: 1).map { String($0) }
    let last = request.parameter("permission")
    let word = path.dropFirst().first ?? (last.isEmpty ? request.query["permission"] : last)
    let permission = try Permission.read(
      word.map(JSONValue.string) ?? body["permission"], field: "permission")
    if let text = path.first {
      guard let id = Int64(digits: text) else { throw Failure.notFound }
      return (id, permission)
    }
    let named = request.query["userId"].map { ["userId": JSONValue.string($0)] }.map(JSONValue.object) ?? body
    guard let id = try Reference("userId", of: named).id else { throw nobody }
    return (id, permission)
  }

  private static let nobody = Failure.invalid([
    FieldError(
      "userId", "REQUIRED",
      Sentence(fr: "Sélectionnez de 1 à 500 utilisateurs.", en: "Select 1 to 500 users."))
  ])
  private static let unknownVerb = Failure.invalid([
    FieldError(
      "action", "UNKNOWN_ACTION", Sentence(fr: "Choisissez grant ou revoke.", en: "Choose grant or revoke."))
  ])
}
