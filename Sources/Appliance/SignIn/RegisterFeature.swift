import HTTP
import Store

/// Registration, and verification of e-mail addresses.
struct RegisterFeature: Feature {
  let site: Site
  let database: Database
  let sessions: Sessions
  let passwords: Passwords
  let attempts: AttemptLimiter
  let notifications: Notifications
  let mailLink: MailLinkJob
  let opening: SessionOpening

  var routes: [Route] {
    [
      .post(
        "/api/auth/register", .everyone, "Create an account", request: NewAccount.schema,
        response: Self.schema, register),
      .get("/api/auth/verify-email", .everyone, "Verify an email address", response: .done, verifyEmail)
        .reading(.init("token", .string, "the token of the link", required: true)),
      .post(
        "/api/auth/resend-verification", .everyone, "Resend the verification email",
        request: .members(["email": .string]), response: .done, resend),
    ]
  }

  /// A session if one was opened; else the next step.
  private static let schema = Schema.either([
    SessionOpening.schema,
    Schema.members(["success": .boolean, "message": .string]) + Account.schema + Account.nestedSchema,
  ])

  private func register(_ request: Request) async throws -> Response {
    let mode = site.configuration.registration
    guard mode != .closed else {
      throw Failure(
        403, "REGISTRATION_CLOSED",
        Sentence(
          fr: "Les inscriptions sont fermées. Demandez un compte à votre administrateur.",
          en: "Registration is closed. Ask your administrator for an account."))
    }
    let key = "register:\(request.place)"
    try attempts.check(key)
    attempts.fail(key, free: 30)

    let body = try request.json()
    var account = NewAccount(body, language: request.language)
    let byUsername = !account.username.isEmpty
    account.isApproved = mode == .open
    account.isVerified = byUsername
    account.ownsEmail = false
    try account.check(needsEmail: !byUsername, needsUsername: byUsername)
    let hash = try await passwords.hashed(account.password, lane: request.place)

    let (created, opened) = try await sessions.order.hold { [account] in
      try await database.write { [self] tx in
        let created = try account.insert(hash: hash, in: tx)
        try sessions.refresh(created.id, in: tx)
        try Audit.record(.register, actor: created, subject: created, request: request, in: tx)
        if created.pendingEmail != nil {
          try mailLink.links.sendVerification(to: created, in: tx)
        }
        if !byUsername { return (created, SessionOpening.Opened?.none) }
        guard created.isApproved else {
          try notifications.approvalWanted(for: created, in: tx)
          return (created, nil)
        }
        return (created, try opening.open(created, for: request, takeover: false, in: tx))
      }
    }
    if let opened {
      return opening.answer(opened, for: request, status: 201)
    }
    return .json(201) { json in
      json.object { json in
        json.field("success", true)
        json.field("message", Self.welcome(byUsername: byUsername)(request.language))
        created.writeFields(to: &json)
        created.writeNested(to: &json)
      }
    }
  }

  private func verifyEmail(_ request: Request) async throws -> Response {
    let hash = Token.hash(request.query["token"] ?? "", for: .verifyEmail) ?? []
    try await database.write {
      [sessions = sessions, notifications = notifications] tx in
      let found = try tx.first(
        "SELECT user_id, used_at FROM tokens WHERE hash = ? AND purpose = 'verify-email' AND expires_at > ?",
        hash, tx.now, map: { (user: $0.int64(0), isUsed: !$0.isNull(1)) })
      guard let found, let account = try Account.find(found.user, in: tx) else { throw Self.badToken }
      // Some clients send it twice; the second request succeeds without effect.
      if found.isUsed { return }
      if let email = account.pendingEmail {
        guard try tx.scalar("SELECT 1 FROM users WHERE email = ? AND id <> ?", email, account.id) == nil
        else {
          throw NewAccount.emailTaken
        }
      }
      try tx.execute("UPDATE tokens SET used_at = ? WHERE hash = ?", tx.now, hash)
      try tx.execute(
        """
        UPDATE users SET email = coalesce(pending_email, email), pending_email = NULL, is_verified = 1,
          updated_at = ? WHERE id = ?
        """, tx.now, account.id)
      if let email = account.pendingEmail {
        try EmailClaim.settle(email, owner: account.id, sessions, in: tx)
      }
      try Audit.record(.verifyEmail, actor: account, subject: account, request: request, in: tx)
      try sessions.refresh(account.id, in: tx)
      // An account is announced for approval only once its address is verified.
      if !account.isApproved, !account.isVerified { try notifications.approvalWanted(for: account, in: tx) }
    }
    return .done(
      Sentence(
        fr: "Adresse e-mail vérifiée. Vous pouvez vous connecter.",
        en: "Email address verified. You can now sign in."), for: request)
  }

  private func resend(_ request: Request) async throws -> Response {
    let key = "resend:\(request.place)"
    try attempts.check(key)
    attempts.fail(key, free: 5)
    let email = (try request.json()["email"]?.string ?? "").trimmed()
    try await mailLink.ask(.verification, for: email, request)
    return .done(
      Sentence(
        fr: "Si cette adresse est en attente de vérification, un nouvel e-mail a été envoyé.",
        en: "If this address is awaiting verification, a new email has been sent."), for: request)
  }

  private static func welcome(byUsername: Bool) -> Sentence {
    byUsername
      ? Sentence(
        fr: "Votre compte est en attente d’approbation par un administrateur.",
        en: "Your account is pending approval by an administrator.")
      : Sentence(
        fr: "Compte créé. Ouvrez le lien envoyé par e-mail pour l’activer.",
        en: "Account created. Open the link in the email we sent you to activate it.")
  }

  private static let badToken = Failure(
    400, "INVALID_TOKEN",
    Sentence(
      fr: "Ce lien n’est plus valable. Demandez-en un nouveau.",
      en: "This link has expired. Ask for a new one."))
}
