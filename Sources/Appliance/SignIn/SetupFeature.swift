import HTTP
import Store
import Synchronization

/// Creates the first admin of a new database: from the configuration, or by a single-use link.
struct SetupFeature: Feature {
  let site: Site
  let clock: Clock
  let database: Database
  let sessions: Sessions
  let passwords: Passwords
  let attempts: AttemptLimiter
  let opening: SessionOpening

  var routes: [Route] {
    [
      .get("/api/setup", .everyone, "Check a setup link", response: Self.linkSchema, check).reading(
        .init("token", .string, "the token of the link", required: true)),
      .post(
        "/api/setup", .everyone, "Create the first administrator", request: Self.schema,
        response: SessionOpening.schema, create),
    ]
  }

  private static let schema = Schema.members(
    ["token": .string, "username": .string, "email": .string, "password": .string],
    optional: [
      "name": .string, "department": .string, "position": .string, "phone": .string,
      "adminMachines": .described("whether administrators can create machines", .boolean),
    ])

  /// Creates the configured admin unless there is an admin.
  func start() async throws {
    guard let first = site.configuration.firstAdmin,
      try await database.read({ try !Self.hasAdmin($0) })
    else { return }
    var admin = NewAccount(
      .object(["email": .string(first.email), "password": .string(first.password)]), language: .fr)
    admin.role = .admin
    let hash = try await passwords.hashed(first.password)
    do {
      try await database.write { [admin, sessions] tx in
        let account = try admin.insert(hash: hash, in: tx)
        try sessions.refresh(account.id, in: tx)
        try Audit.record(
          .setup, actor: nil, subject: account, request: nil, details: "configuration", in: tx)
      }
    } catch let failure as Failure {
      throw FirstAdminRefused(setting: .adminEmail, sentence: failure.sentence)
    }
  }

  /// The configured admin cannot be created; `description` is the message that ends the start.
  private struct FirstAdminRefused: Error, CustomStringConvertible {
    let setting: Setting
    let sentence: Sentence

    var description: String { "\(setting.rawValue): \(sentence(.en))" }
  }

  /// Creates a setup link, which invalidates earlier ones; nil when an admin exists.
  static func link(_ site: Site, _ database: Database) async throws -> String? {
    let token = Token(for: .setup)
    let isNeeded = try await database.write { tx in
      guard try !hasAdmin(tx) else { return false }
      try tx.execute("DELETE FROM tokens WHERE purpose = 'setup'")
      try tx.execute(
        "INSERT INTO tokens (hash, purpose, created_at, expires_at) VALUES (?, 'setup', ?, ?)",
        token.hash, tx.now, tx.now + 24 * 3600 * 1000)
      return true
    }
    return isNeeded ? "\(site.publicURL)/setup?token=\(token.text)" : nil
  }

  static func hasAdmin(_ connection: Connection) throws -> Bool {
    try connection.scalar("SELECT 1 FROM users WHERE role = 'admin' LIMIT 1") != nil
  }

  private static let linkSchema = Schema.members(["valid": .boolean, "asksAdminMachines": .boolean])

  private func check(_ request: Request) async throws -> Response {
    let hash = Token.hash(request.query["token"] ?? "", for: .setup) ?? []
    let now = clock.now()
    let isValid = try await database.read { try Self.isValid(hash, at: now, $0) }
    guard isValid else { throw Self.used }
    let isConfigured = site.configuration.adminMachines != nil
    return .json { json in
      json.object { json in
        json.field("valid", true)
        // Not asked when the configuration decides it.
        json.field("asksAdminMachines", !isConfigured)
      }
    }
  }

  private func create(_ request: Request) async throws -> Response {
    let key = "setup:\(request.place)"
    try attempts.check(key)
    let body = try request.json()
    let tokenHash = Token.hash(body["token"]?.string ?? "", for: .setup) ?? []
    let now = clock.now()
    guard try await database.read({ try Self.isValid(tokenHash, at: now, $0) }) else {
      attempts.fail(key, free: 10)
      throw Self.used
    }
    var admin = NewAccount(body, language: request.language)
    admin.role = .admin
    try admin.check(needsEmail: true, needsUsername: true)
    let allowsMachines = body["adminMachines"]?.bool == true
    let hash = try await passwords.hashed(admin.password, lane: request.place)
    let opened = try await sessions.order.hold { [admin] in
      try await database.write { [self] tx in
        guard try Self.isValid(tokenHash, at: tx.now, tx) else { throw Self.used }
        let account = try admin.insert(hash: hash, in: tx)
        try tx.execute("DELETE FROM tokens WHERE purpose = 'setup'")
        if allowsMachines { try AdminMachines.allow(in: tx) }
        try Audit.record(.setup, actor: account, subject: account, request: request, in: tx)
        return try opening.open(account, for: request, takeover: false, in: tx)
      }
    }
    return opening.answer(opened, for: request, status: 201)
  }

  private static func isValid(_ hash: [UInt8], at now: Int64, _ connection: Connection) throws -> Bool {
    guard try !hasAdmin(connection) else { return false }
    return try connection.scalar(
      "SELECT 1 FROM tokens WHERE hash = ? AND purpose = 'setup' AND expires_at > ?", hash, now) != nil
  }

  private static let used = Failure(
    400, "INVALID_TOKEN",
    Sentence(
      fr:
        "Ce lien de configuration n’est plus valable. Redémarrez OBox pour en obtenir un nouveau, ou connectez-vous.",
      en: "This setup link has expired. Restart OBox to get a new one, or sign in."))
}
