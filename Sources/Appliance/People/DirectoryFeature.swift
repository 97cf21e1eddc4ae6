import HTTP
import Store

/// `/api/users`: the directory of people for everyone, with more fields for those who manage people.
struct DirectoryFeature: Feature {
  let database: Database
  let people: People

  var routes: [Route] {
    let path = "/api/users"
    let one = path + "/:id"
    let access = Access.right(People.right)
    let changes = PersonChanges.schema
    let password = Schema.members(
      [:], optional: ["newPassword": .described("this or `password`", .string), "password": .string])
    let status = Schema.members(["isActive": .boolean])
    let (full, entry) = (Self.fullSchema, Schema.either([Self.fullSchema, Self.publicSchema]))
    return [
      .get(path, .signedIn, "List the directory: public fields of all users", response: .array(entry), list)
        .reading(QueryParameter.paging + PeopleList.parameters),
      .get("/api/search/users", .signedIn, "Search the directory", response: .array(entry), search)
        .reading(QueryParameter.paging + PeopleList.parameters),
      .get(
        path + "/pictures", .signedIn, "List the people who have a picture", response: Self.pictures, pictures
      ),
      .get(one, .signedIn, "Get a user's public fields", response: entry, get),
      .get(one + "/vcard", .signedIn, "Download a user's contact card", vcard).producing("text/vcard"),
      .post(path, access, "Create a user", request: PeopleFeature.newSchema, response: full, create),
      .patch(one, access, "Edit a user", request: changes, response: full, change),
      .put(one, access, "Edit a user", request: changes, response: full, change),
      .delete(one, access, "Deactivate a user", response: .done, deactivate),
      .patch(
        one + "/password", access, "Set a user's password", request: password, response: .done, setPassword),
      .put(
        one + "/password", access, "Set a user's password", request: password, response: .done, setPassword),
      .patch(
        one + "/status", access, "Activate or deactivate a user", request: status, response: full, setStatus),
      .put(
        one + "/status", access, "Activate or deactivate a user", request: status, response: full, setStatus),
    ]
  }

  private func list(_ request: Request) async throws -> Response {
    let isManager = try request.account().has(right: People.right)
    let list = try PeopleList(request, conditions: isManager ? [] : ["is_active = 1 AND is_approved = 1"])
    let found = try await database.read {
      try list.read(Account.columns, in: $0, map: Account.init)
    }
    return .page(found) { account, json in Self.write(account, to: &json, isManager) }
  }

  private static let pictures = Schema.array(.members(["id": .id, "avatar": .string]))

  private func pictures(_ request: Request) async throws -> Response {
    let isManager = try request.account().has(right: People.right)
    let found = try await database.read { try ProfilePicture.all(forManager: isManager, in: $0) }
    return .json { json in
      json.array { json in
        for one in found {
          json.object { json in
            json.id("id", one.person)
            json.field("avatar", one.address)
          }
        }
      }
    }
  }

  private func get(_ request: Request) async throws -> Response {
    let isManager = try request.account().has(right: People.right)
    let id = try request.id()
    guard let account = try await database.read({ try Account.find(id, in: $0) }),
      isManager || account.isActive && account.isApproved
    else { throw Failure.notFound }
    return .json { Self.write(account, to: &$0, isManager) }
  }

  /// The older intranet's search: nothing without words.
  private func search(_ request: Request) async throws -> Response {
    _ = try Paging(request)
    guard SearchPattern(request.query["q"]) != nil else { return .json { $0.value([]) } }
    return try await list(request)
  }

  private func vcard(_ request: Request) async throws -> Response {
    let isManager = try request.account().has(right: People.right)
    let id = try request.id()
    guard let account = try await database.read({ try Account.find(id, in: $0) }),
      isManager || account.isActive && account.isApproved
    else { throw Failure.notFound }
    var response = Response.bytes(
      Array(VCard.text(of: account).utf8), contentType: "text/vcard; charset=utf-8")
    response.add("Content-Disposition", FileName("\(account.username).vcf").disposition(isInline: false))
    return response
  }

  private func create(_ request: Request) async throws -> Response {
    let account = try await people.create(request)
    return .json(201) { Self.write(account, to: &$0, true) }
  }

  private func change(_ request: Request) async throws -> Response {
    let changes = try PersonChanges(try request.json())
    let account = try await people.change(try request.id(), changes, request)
    return .json { Self.write(account, to: &$0, true) }
  }

  private func setStatus(_ request: Request) async throws -> Response {
    let body = try request.json()
    let changes = try PersonChanges(["isActive": body["isActive"] ?? .null])
    let account = try await people.change(try request.id(), changes, request)
    return .json { Self.write(account, to: &$0, true) }
  }

  private func deactivate(_ request: Request) async throws -> Response {
    _ = try await people.change(try request.id(), try PersonChanges(["isActive": false]), request)
    return .done(
      Sentence(fr: "Compte désactivé.", en: "Account deactivated."), for: request)
  }

  private func setPassword(_ request: Request) async throws -> Response {
    let body = try request.json()
    let password = body["newPassword"]?.string ?? body["password"]?.string ?? ""
    _ = try await people.setPassword(try request.id(), password, request)
    return .done(
      Sentence(fr: "Mot de passe modifié.", en: "Password changed."), for: request)
  }

  /// For those who manage people.
  private static let fullSchema =
    Account.schema + Schema.members(["isApproved": .boolean, "categoryId": .idOrEmpty])

  /// For everyone else.
  private static let publicSchema = Schema.members([
    "id": .id, "username": .string, "name": .string, "email": .string, "role": Role.schema, "avatar": .string,
    "department": .string, "position": .string, "phone": .string, "isActive": .boolean,
  ])

  private static func write(_ account: Account, to json: inout JSONWriter, _ isManager: Bool) {
    json.object { json in
      if isManager {
        account.writeFields(to: &json)
        json.field("isApproved", account.isApproved)
        json.field("categoryId", account.categoryID.map { String($0) } ?? "")
      } else {
        json.id("id", account.id)
        json.field("username", account.username)
        json.field("name", account.name)
        json.field("email", account.email ?? "")
        json.field("role", account.role.rawValue)
        json.field("avatar", account.avatar)
        json.field("department", account.department)
        json.field("position", account.position)
        json.field("phone", account.phone)
        json.field("isActive", account.isActive)
      }
    }
  }
}
