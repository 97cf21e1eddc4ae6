import HTTP
import Store

/// Becoming an account, and proving one's e-mail address.
struct RegisterFeature: Feature {
  /// A verification link works this long: 48 hours.
  static let verificationHours: Int64 = 48

  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  var routes: [Route] {
    [
      .post("/api/auth/register", .everyone, "Create an account", request: NewAccount.schema, register),
      .get("/api/auth/verify-email", .everyone, "Prove an e-mail address with its token", verifyEmail),
      .post(
        "/api/auth/resend-verification", .everyone, "Send the verification message again",
        request: .object([("email", .string, required: true)]), resend),
    ]
  }

  private func register(_ request: Request) async throws -> Response {
    let mode = appliance.site.configuration.registration
    guard mode != .closed else {
      throw Failure(
        403, "REGISTRATION_CLOSED",
        Sentence(
          fr: "Les inscriptions sont fermées. Demandez un compte à l’administrateur.",
          en: "Registration is closed. Ask the administrator for an account."))
    }
    let key = "register:\(request.peerAddress)"
    try appliance.attempts.check(key)
    appliance.attempts.fail(key, free: 30)

    let body = try request.json()
    var account = NewAccount(body, language: request.language)
    let byUsername = !account.username.isEmpty
    account.isApproved = mode == .open
    account.isVerified = byUsername
    try account.check(needsEmail: !byUsername, needsUsername: byUsername)
    let hash = try await appliance.hasher.hash(account.password)

    let (created, opened) = try await appliance.sessions.order.hold { [account] in
      try await appliance.database.write { [appliance] tx in
        let created = try account.insert(hash: hash, in: tx)
        try appliance.sessions.refresh(created.id, in: tx)
        if !byUsername {
          try Self.sendVerification(to: created, appliance, in: tx)
          return (created, SignedInAnswer.Opened?.none)
        }
        guard created.isApproved else { return (created, nil) }
        return (created, try SignedInAnswer(appliance).open(created, for: request, takeover: false, in: tx))
      }
    }
    if let opened {
      return SignedInAnswer(appliance).answer(opened, for: request, status: 201)
    }
    return .json(201) { json in
      json.beginObject()
      json.field("success", true)
      json.field("message", Self.welcome(byUsername: byUsername)(request.language))
      created.writeFields(to: &json)
      created.writeNested(to: &json)
      json.endObject()
    }
  }

  private func verifyEmail(_ request: Request) async throws -> Response {
    let hash = Token.hash(request.query["token"] ?? "", for: .verifyEmail) ?? []
    try await appliance.database.write { [sessions = appliance.sessions] tx in
      let user = try tx.first(
        "SELECT user_id FROM tokens WHERE hash = ? AND purpose = 'verify-email' AND expires_at > ?",
        hash, tx.now, map: { $0.int64(0) })
      guard let user else { throw Self.badToken }
      try tx.execute("UPDATE tokens SET used_at = coalesce(used_at, ?) WHERE hash = ?", tx.now, hash)
      try tx.execute(
        "UPDATE users SET is_verified = 1, updated_at = ? WHERE id = ? AND is_verified = 0", tx.now, user)
      try sessions.refresh(user, in: tx)
    }
    return Self.answer(
      Sentence(
        fr: "Votre adresse est vérifiée. Vous pouvez vous connecter.",
        en: "Your address is verified. You can sign in."), request)
  }

  private func resend(_ request: Request) async throws -> Response {
    let key = "resend:\(request.peerAddress)"
    try appliance.attempts.check(key)
    appliance.attempts.fail(key, free: 5)
    let email = (try request.json()["email"]?.string ?? "").trimmed()
    try await appliance.database.write { [appliance] tx in
      guard let account = try Account.find(login: email, in: tx), account.email != nil,
        !account.isVerified, account.isActive
      else { return }
      try Self.sendVerification(to: account, appliance, in: tx)
    }
    return Self.answer(
      Sentence(
        fr: "Si cette adresse attend d’être vérifiée, un nouveau message est parti.",
        en: "If this address is waiting to be verified, a new message is on its way."), request)
  }

  private static func sendVerification(to account: Account, _ appliance: Appliance, in tx: Transaction) throws
  {
    let token = Token(for: .verifyEmail)
    try tx.execute(
      "INSERT INTO tokens (hash, purpose, user_id, created_at, expires_at) VALUES (?, 'verify-email', ?, ?, ?)",
      token.hash, account.id, tx.now, tx.now + verificationHours * 3600 * 1000)
    let link = "\(appliance.site.publicURL)/verify-email?token=\(token.text)"
    try appliance.outbox.enqueue(
      .verifyEmail(name: account.name, link: link, hours: Int(verificationHours)), to: account, in: tx)
  }

  private static func welcome(byUsername: Bool) -> Sentence {
    byUsername
      ? Sentence(
        fr: "Votre compte attend l’accord d’un administrateur.",
        en: "Your account is waiting for an administrator's approval.")
      : Sentence(
        fr: "Votre compte est créé. Ouvrez le lien que vous avez reçu par e-mail pour l’activer.",
        en: "Your account is created. Open the link in the e-mail that you received to activate it.")
  }

  private static func answer(_ sentence: Sentence, _ request: Request) -> Response {
    .json { json in
      json.beginObject()
      json.field("success", true)
      json.field("message", sentence(request.language))
      json.endObject()
    }
  }

  private static let badToken = Failure(
    400, "INVALID_TOKEN",
    Sentence(
      fr: "Ce lien n’est plus valable. Demandez-en un nouveau.",
      en: "This link is no longer valid. Ask for a new one."))
}
