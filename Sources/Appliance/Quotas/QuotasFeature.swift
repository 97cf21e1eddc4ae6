import HTTP
import Store

/// Quotas: shown to each person, changed by admins for a role or a person.
struct QuotasFeature: Feature {
  let database: Database
  let quotas: Quotas

  /// An object with a member for each resource.
  private static func each(_ schema: Schema) -> Schema {
    .object(Amounts.Resource.allCases.map { ($0.rawValue, schema, required: true) })
  }

  private static let mineSchema = each(.members(["used": .integer, "most": .integer]))
  private static let personSchema = each(
    .members(["used": .integer, "most": .integer, "own": .optional(.integer), "role": .integer]))
  private static let listSchema = Schema.members([
    "defaults": each(.integer),
    "roles": .object(Role.allCases.map { ($0.rawValue, each(.optional(.integer)), required: true) }),
  ])

  var routes: [Route] {
    let person = "/api/admin/users/:id/quota"
    let role = "/api/admin/quotas/:role"
    let access = Access.right("admin")
    let limits = QuotaChange.schema
    return [
      .get(
        "/api/quota", .signedIn, "Get your quotas and usage", response: Self.mineSchema, mine),
      .get(
        "/api/admin/quotas", access, "Get the default quotas and those of each role",
        response: Self.listSchema, list),
      .patch(
        role, access, "Set the quotas of a role; null for the default", request: limits,
        response: Self.listSchema,
        changeRole),
      .put(
        role, access, "Set the quotas of a role; null for the default", request: limits,
        response: Self.listSchema,
        changeRole),
      .get(person, access, "Get a user's quotas and usage", response: Self.personSchema, get),
      .patch(
        person, access, "Set a user's quotas; null for the role's quota", request: limits,
        response: Self.personSchema, change),
      .put(
        person, access, "Set a user's quotas; null for the role's quota", request: limits,
        response: Self.personSchema, change),
    ]
  }

  private func mine(_ request: Request) async throws -> Response {
    let id = try request.account().id
    let (used, most) = try await database.read { [quotas] connection in
      (try Quotas.used(by: id, in: connection), try quotas.most(for: id, in: connection))
    }
    return .json { json in
      json.object { json in
        for resource in Amounts.Resource.allCases {
          json.key(text: resource.rawValue)
          json.object { json in
            json.field("used", Int(used[resource]))
            json.field("most", Int(most[resource]))
          }
        }
      }
    }
  }

  private func list(_ request: Request) async throws -> Response {
    let ofRoles = try await database.read { connection in
      try Role.allCases.map { ($0, try Quotas.ofRole($0, in: connection)) }
    }
    return .json { json in
      json.object { json in
        json.key("defaults")
        Self.write(quotas.defaults, to: &json)
        json.object("roles") { json in
          for (role, limits) in ofRoles {
            json.key(text: role.rawValue)
            Self.write(limits, to: &json)
          }
        }
      }
    }
  }

  private func changeRole(_ request: Request) async throws -> Response {
    guard let role = Role(rawValue: request.parameter("role")) else { throw Failure.notFound }
    let change = try QuotaChange(try request.json())
    try await database.change(.quotaChanged, on: nil, by: request) { tx in
      let actor = try Privilege.actor(request, right: "admin", in: tx)
      try change.write(to: role, in: tx)
      let subject = Audit.Subject(type: "role", id: nil, name: role.rawValue)
      try Audit.record(
        .quotaChanged, actor: actor, on: subject, request: request, details: change.details, in: tx)
    }
    return try await list(request)
  }

  private func get(_ request: Request) async throws -> Response {
    let id = try request.id()
    let found = try await database.read { [quotas] connection in
      try Account.find(id, in: connection).map { account in
        (
          used: try Quotas.used(by: id, in: connection), own: try Quotas.own(id, in: connection),
          role: try quotas.most(for: account.role, in: connection)
        )
      }
    }
    guard let (used, own, role) = found else { throw Failure.notFound }
    return .json { json in
      json.object { json in
        for resource in Amounts.Resource.allCases {
          json.key(text: resource.rawValue)
          json.object { json in
            json.field("used", Int(used[resource]))
            json.field("most", Int(own[resource] ?? role[resource]))
            json.key("own")
            Self.write(own[resource], to: &json)
            json.field("role", Int(role[resource]))
          }
        }
      }
    }
  }

  private func change(_ request: Request) async throws -> Response {
    let id = try request.id()
    let change = try QuotaChange(try request.json())
    try await database.change(.quotaChanged, on: id, by: request) { tx in
      let actor = try Privilege.actor(request, right: "admin", in: tx)
      guard let subject = try Account.find(id, in: tx) else { throw Failure.notFound }
      try change.write(to: subject, in: tx)
      try Audit.record(
        .quotaChanged, actor: actor, subject: subject, request: request, details: change.details, in: tx)
    }
    return try await get(request)
  }

  private static func write(_ amounts: Amounts, to json: inout JSONWriter) {
    json.object { json in
      for resource in Amounts.Resource.allCases {
        json.key(text: resource.rawValue)
        json.value(Int(amounts[resource]))
      }
    }
  }

  private static func write(_ limits: [Amounts.Resource: Int64], to json: inout JSONWriter) {
    json.object { json in
      for resource in Amounts.Resource.allCases {
        json.key(text: resource.rawValue)
        write(limits[resource], to: &json)
      }
    }
  }

  private static func write(_ limit: Int64?, to json: inout JSONWriter) {
    if let limit { json.value(Int(limit)) } else { json.null() }
  }
}
