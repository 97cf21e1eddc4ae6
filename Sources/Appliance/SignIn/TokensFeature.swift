import HTTP
import Store

/// API tokens for programs: created by a person, shown once, with rights and an expiry.
struct TokensFeature: Feature {
  static let mostPerPerson: Int64 = 20
  static let longestDays = 366
  private static let rights = ["read", "write", "admin"]

  let database: Database
  let sessions: Sessions
  let proof: PasswordProof

  var routes: [Route] {
    [
      .get(
        "/api/tokens", .signedIn, "List your API tokens, without their secrets",
        response: .array(Listed.schema),
        list),
      .post(
        "/api/tokens", .signedIn, "Create an API token; its secret is shown once",
        request: .members(
          ["name": .string, "password": .string],
          optional: [
            "rights": .array(.enumeration(Self.rights)), "days": .integer(1...Int64(Self.longestDays)),
          ]), response: Listed.schema + Schema.members(["token": .string]), create
      ).checkingKinds(),
      .delete("/api/tokens/:id", .signedIn, "Revoke an API token", response: .done, remove),
    ]
  }

  private struct Listed: Sendable {
    let id: Int64
    let name: String
    let rights: Set<String>
    let createdAt: Int64
    let expiresAt: Int64
    let seenAt: Int64?

    static let schema = Schema.members([
      "id": .id, "name": .string, "rights": .array(.enumeration(TokensFeature.rights)), "createdAt": .time,
      "expiresAt": .time, "lastSeen": .optional(.time),
    ])

    func writeFields(to json: inout JSONWriter) {
      json.id("id", id)
      json.field("name", name)
      json.array("rights") { json in
        for right in TokensFeature.rights where rights.contains(right) { json.value(right) }
      }
      json.time("createdAt", createdAt)
      json.time("expiresAt", expiresAt)
      json.time("lastSeen", seenAt)
    }
  }

  private func list(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let tokens = try await database.read { connection in
      try connection.query(
        """
        SELECT id, name, rights, created_at, expires_at, seen_at FROM api_tokens WHERE user_id = ?
        ORDER BY id DESC
        """, account.id
      ) { row in
        Listed(
          id: row.int64("id"), name: row.text("name"), rights: Permission.words(row.text("rights")),
          createdAt: row.int64("created_at"),
          expiresAt: row.int64("expires_at"), seenAt: row.optionalInt64("seen_at"))
      }
    }
    return .json { json in
      json.array { json in
        for token in tokens {
          json.object { json in
            token.writeFields(to: &json)
          }
        }
      }
    }
  }

  private func create(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let body = try request.json()
    let name = (body["name"]?.string ?? "").trimmed()
    let given = body["rights"] ?? .null
    let words = given.isNull ? ["read"] : given.array?.map { $0.string ?? "" } ?? []
    let days = body["days"].map { $0.int ?? 0 } ?? 90
    let password = body["password"]?.string ?? ""
    try Self.check(name: name, rights: words, days: days, hasPassword: !password.isEmpty, of: account)
    try await prove(password, of: account, request)

    let rights = Set(words).union(["read"])
    let token = Token(for: .api)
    let made = try await database.write { [sessions] tx in
      try tx.execute("DELETE FROM api_tokens WHERE user_id = ? AND expires_at <= ?", account.id, tx.now)
      guard
        try tx.scalar("SELECT count(*) FROM api_tokens WHERE user_id = ?", account.id) ?? 0
          < Self.mostPerPerson
      else { throw Self.tooMany }
      let expiresAt = tx.now + Int64(days) * 24 * 3600 * 1000
      let text = "[" + Self.rights.filter(rights.contains).map { "\"\($0)\"" }.joined(separator: ",") + "]"
      try tx.execute(
        "INSERT INTO api_tokens (user_id, name, rights, hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        account.id, name, text, token.hash, tx.now, expiresAt)
      let id = tx.lastInsertedID
      sessions.add(
        Sessions.APIToken(id: id, userID: account.id, rights: rights, expiresAt: expiresAt),
        hash: token.hash, in: tx)
      try Audit.record(
        .tokenCreated, actor: account, subject: account, request: request, details: "\(name) \(text)", in: tx)
      return Listed(
        id: id, name: name, rights: rights, createdAt: tx.now, expiresAt: expiresAt, seenAt: nil)
    }
    return .json(201) { json in
      json.object { json in
        made.writeFields(to: &json)
        json.field("token", Sessions.tokenPrefix + token.text)
      }
    }
  }

  private func remove(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    guard let id = Int64(digits: request.parameter("id")) else { throw Failure.notFound }
    try await database.write { [sessions] tx in
      let name = try tx.first(
        "SELECT name FROM api_tokens WHERE id = ? AND user_id = ?", id, account.id, map: { $0.text(0) })
      guard let name else { throw Failure.notFound }
      try tx.execute("DELETE FROM api_tokens WHERE id = ?", id)
      sessions.removeToken(id, in: tx)
      try Audit.record(
        .tokenDeleted, actor: account, subject: account, request: request, details: name, in: tx)
    }
    return .done(Sentence(fr: "Jeton révoqué.", en: "Token revoked."), for: request)
  }

  private static func check(
    name: String, rights: [String], days: Int, hasPassword: Bool, of account: Account
  ) throws(Failure) {
    var errors: [FieldError] = []
    if !name.isLabel || name.isInvisible {
      errors.append(
        FieldError(
          field: "name", code: "INVALID_NAME",
          sentence: Sentence(
            fr: "Saisissez un nom de 1 à 60 caractères sur une seule ligne.",
            en: "Enter a name of 1 to 60 characters on one line.")))
    }
    if rights.isEmpty || !rights.allSatisfy(Self.rights.contains) {
      errors.append(
        FieldError(
          field: "rights", code: "UNKNOWN_RIGHT",
          sentence: Sentence(
            fr: "Choisissez parmi « read », « write » et « admin ».",
            en: "Choose from \"read\", \"write\" and \"admin\".")))
    } else if rights.contains("admin"), account.role != .admin {
      errors.append(
        FieldError(
          field: "rights", code: "RIGHT_NOT_YOURS",
          sentence: Sentence(
            fr: "Le droit « admin » est réservé aux administrateurs.",
            en: "Only administrators can use the \"admin\" right.")))
    }
    if !(1...longestDays).contains(days) {
      errors.append(
        FieldError(
          field: "days", code: "OUT_OF_RANGE",
          sentence: Sentence(
            fr: "Saisissez un nombre de jours de 1 à \(longestDays).",
            en: "Enter a number of days from 1 to \(longestDays).")))
    }
    if !hasPassword {
      errors.append(
        FieldError(
          field: "password", code: "REQUIRED",
          sentence: Sentence(fr: "Saisissez votre mot de passe.", en: "Enter your password.")))
    }
    if !errors.isEmpty { throw .invalid(errors) }
  }

  /// Requires the password, so that an unattended or stolen session cannot create a token that outlives it.
  private func prove(
    _ password: String, of account: Account, _ request: Request
  ) async throws {
    do {
      _ = try await proof.prove(password, of: account, request)
    } catch let failure as Failure where failure.code == Failure.wrongPassword.code {
      throw Failure(
        failure.status, failure.code, failure.sentence,
        errors: [FieldError(field: "password", code: failure.code, sentence: failure.sentence)])
    }
  }

  private static let tooMany = Failure(
    409, "TOO_MANY_TOKENS",
    Sentence(
      fr: "Vous avez atteint la limite de \(mostPerPerson) jetons. Supprimez-en un d’abord.",
      en: "You have reached the limit of \(mostPerPerson) tokens. Delete one first."))
}
