import HTTP
import Store

/// Choosing a new password with a mailed link.
struct PasswordResetFeature: Feature {
  let clock: Clock
  let database: Database
  let sessions: Sessions
  let passwords: Passwords
  let attempts: AttemptLimiter
  let outbox: Outbox
  let mailLink: MailLinkJob

  var routes: [Route] {
    [
      .post(
        "/api/auth/reset-password-request", .everyone, "Request a password reset link",
        request: .members(["email": .string]), response: .done, ask),
      .get(
        "/api/auth/verify-reset-token", .everyone, "Check a password reset link",
        response: .members(["valid": .boolean, "invited": .boolean]), check
      ).reading(.init("token", .string, "the token of the link", required: true)),
      .post(
        "/api/auth/reset-password", .everyone, "Reset the password; ends all sessions",
        request: .members(
          ["token": .string],
          optional: ["newPassword": .described("this or `password`", .string), "password": .string]),
        response: .done, reset),
    ]
  }

  var jobs: [any JobKind] { [mailLink] }

  private func ask(_ request: Request) async throws -> Response {
    let key = "reset:\(request.place)"
    try attempts.check(key)
    let email = (try request.json()["email"]?.string ?? "").trimmed()
    guard !email.isEmpty else { throw Failure.missingCredentials(login: "") }
    attempts.fail(key, free: 10)
    try await mailLink.ask(.reset, for: email, request)
    return .done(
      Sentence(
        fr:
          "Si un compte existe avec cette adresse, un lien vient de lui être envoyé. Il est valable une heure.",
        en: "If an account exists for this address, we have sent it a link. The link is valid for one hour."),
      for: request)
  }

  private func check(_ request: Request) async throws -> Response {
    try attempts.check(guessing(request))
    let hash = Token.hash(request.query["token"] ?? "", for: .resetPassword) ?? []
    let now = clock.now()
    let isInvited = try await database.read { connection -> Bool? in
      guard let owner = try Self.owner(of: hash, at: now, connection) else { return nil }
      // Without a password the person was invited, and the page shows a welcome.
      return try connection.scalar("SELECT password_hash IS NULL FROM users WHERE id = ?", owner.id) == 1
    }
    guard let isInvited else {
      attempts.fail(guessing(request), free: 30)
      throw Self.badToken
    }
    return .json { json in
      json.object { json in
        json.field("valid", true)
        json.field("invited", isInvited)
      }
    }
  }

  private func reset(_ request: Request) async throws -> Response {
    try attempts.check(guessing(request))
    let body = try request.json()
    let password = body["newPassword"]?.string ?? body["password"]?.string ?? ""
    let token = Token.hash(body["token"]?.string ?? "", for: .resetPassword) ?? []
    let now = clock.now()
    guard let account = try await database.read({ try Self.owner(of: token, at: now, $0) }) else {
      attempts.fail(guessing(request), free: 30)
      throw Self.badToken
    }
    try Password.check(password, of: account, field: "newPassword")
    let hash = try await passwords.hashed(password, lane: request.place)
    let workstation = try await database.write { [self] tx in
      guard let account = try Self.owner(of: token, at: tx.now, tx) else { throw Self.badToken }
      // The link was sent to the account's own address, so it verifies that, too.
      try tx.execute(
        "UPDATE users SET password_hash = ?, is_verified = 1, updated_at = ? WHERE id = ?",
        hash, tx.now, account.id)
      try tx.execute("DELETE FROM tokens WHERE user_id = ? AND purpose = 'reset-password'", account.id)
      try sessions.end(ofUser: account.id, reason: .passwordChanged, in: tx)
      try sessions.endTokens(ofUser: account.id, in: tx)
      try sessions.refresh(account.id, in: tx)
      try outbox.enqueue(.passwordChanged(name: account.name), to: account, in: tx)
      try Audit.record(.passwordReset, actor: account, subject: account, request: request, in: tx)
      let workstation = try Workstation.find(
        Workstation.mark(request, sessions: sessions), agent: request.headers["user-agent"] ?? "",
        in: tx)
      try workstation.becomeKnown(to: account.id, in: tx)
      return workstation
    }
    SignInAttempts.forgive(
      attempts, logins: [account.username, account.email ?? ""], user: account.id,
      address: request.peerAddress, workstation: workstation.id)
    var response = Response.done(
      Sentence(
        fr: "Mot de passe modifié. Connectez-vous avec le nouveau.",
        en: "Password changed. Sign in with your new password."), for: request)
    if let cookie = workstation.cookieHeader(isTLS: request.isTLS) { response.headers.append(cookie) }
    return response
  }

  private func guessing(_ request: Request) -> String {
    "reset-token:\(request.place)"
  }

  private static func owner(of hash: [UInt8], at now: Int64, _ connection: Connection) throws -> Account? {
    let user = try connection.scalar(
      "SELECT user_id FROM tokens WHERE hash = ? AND purpose = 'reset-password' AND expires_at > ?", hash, now
    )
    guard let account = try user.flatMap({ try Account.find($0, in: connection) }), account.isActive else {
      return nil
    }
    return account
  }

  private static let badToken = Failure(
    400, "INVALID_TOKEN",
    Sentence(
      fr: "Ce lien n’est plus valable. Demandez-en un nouveau.",
      en: "This link has expired. Ask for a new one."))
}
