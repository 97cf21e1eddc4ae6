import HTTP
import Store

/// Enabling, renewing and disabling two-step sign-in.
struct TOTPFeature: Feature {
  let site: Site
  let database: Database
  let vault: Vault
  let sessions: Sessions
  let attempts: AttemptLimiter
  let proof: PasswordProof

  var routes: [Route] {
    let code = Schema.members(["code": .string])
    let codes = Schema.members(["recoveryCodes": .array(.string)])
    return [
      .get(
        "/api/totp", .signedIn, "Get the state of two-step sign-in",
        response: .members(["enabled": .boolean, "required": .boolean, "recoveryCodesLeft": .integer]), status
      ),
      .post(
        "/api/totp", .signedIn, "Start setting up two-step sign-in",
        response: .members(["secret": .string, "uri": .string, "qr": .string]), prepare),
      .post(
        "/api/totp/confirm", .signedIn, "Confirm two-step sign-in with a first code", request: code,
        response: codes, confirm),
      .post(
        "/api/totp/recovery-codes", .signedIn, "Generate new recovery codes", request: code, response: codes,
        renew),
      .delete(
        "/api/totp", .signedIn, "Turn off two-step sign-in",
        request: .members(["password": .string, "code": .string]), response: .done, remove),
      .delete(
        "/api/admin/users/:id/totp", .right("admin"), "Turn off a user's two-step sign-in", response: .done,
        removeFor),
    ]
  }

  private func step(of account: Account) -> SecondStep {
    SecondStep(vault: vault, user: account.id)
  }

  private func status(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let step = step(of: account)
    let left = try await database.read { try step.recoveryCodesLeft(in: $0) }
    return .json { json in
      json.object { json in
        json.field("enabled", account.hasTOTP)
        json.field("required", account.role == .admin && site.configuration.requireAdminTOTP)
        json.field("recoveryCodesLeft", left)
      }
    }
  }

  private func prepare(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let step = step(of: account)
    let secret = try await database.write { tx in
      guard try step.stored(in: tx)?.isConfirmed != true else { throw Self.alreadyOn }
      return try step.prepare(in: tx)
    }
    let uri = TOTP.uri(secret, username: account.username)
    return .json { json in
      json.object { json in
        json.field("secret", Base32.encode(secret))
        json.field("uri", uri)
        json.field("qr", QRCode(uri)?.dataURI() ?? "")
      }
    }
  }

  private func confirm(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let code = try Self.code(request)
    let step = step(of: account)
    let codes = try await attempts(account, request).hold(failingOn: Self.isWrong) {
      try await database.write { [sessions] tx in
        guard let stored = try step.stored(in: tx) else { throw Self.notBegun }
        guard !stored.isConfirmed else { throw Self.alreadyOn }
        try step.accept(code, stored, in: tx)
        try tx.execute("UPDATE totp SET confirmed_at = ? WHERE user_id = ?", tx.now, account.id)
        try sessions.refresh(account.id, in: tx)
        try Audit.record(.totpEnabled, actor: account, subject: account, request: request, in: tx)
        return try step.newRecoveryCodes(in: tx)
      }
    }
    return Self.answer(codes)
  }

  private func renew(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let code = try Self.code(request)
    let step = step(of: account)
    let codes = try await attempts(account, request).hold(failingOn: Self.isWrong) {
      try await database.write { tx in
        guard let stored = try step.stored(in: tx), stored.isConfirmed else { throw Self.notBegun }
        try step.acceptAny(code, stored, in: tx)
        try Audit.record(
          .totpEnabled, actor: account, subject: account, request: request, details: "new recovery codes",
          in: tx)
        return try step.newRecoveryCodes(in: tx)
      }
    }
    return Self.answer(codes)
  }

  private func remove(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let code = try Self.code(request)
    let password = try request.json()["password"]?.string ?? ""
    let step = step(of: account)
    _ = try await proof.prove(password, of: account, request)
    try await attempts(account, request).hold(failingOn: Self.isWrong) {
      try await database.write { [sessions] tx in
        guard let stored = try step.stored(in: tx), stored.isConfirmed else { throw Self.notBegun }
        try step.acceptAny(code, stored, in: tx)
        try step.remove(in: tx)
        try sessions.refresh(account.id, in: tx)
        try Audit.record(.totpDisabled, actor: account, subject: account, request: request, in: tx)
      }
    }
    return .done(Self.removed, for: request)
  }

  private func removeFor(_ request: Request) async throws -> Response {
    let admin = try request.interactive().account
    guard let id = Int64(digits: request.parameter("id")) else { throw Failure.notFound }
    guard id != admin.id else { throw Failure.forbidden }
    try await database.write { [self] tx in
      guard let account = try Account.find(id, in: tx) else { throw Failure.notFound }
      try SecondStep(vault: vault, user: id).remove(in: tx)
      try sessions.refresh(id, in: tx)
      try Audit.record(.totpDisabled, actor: admin, subject: account, request: request, in: tx)
    }
    return .done(Self.removed, for: request)
  }

  private func attempts(_ account: Account, _ request: Request) -> SignInAttempts {
    SignInAttempts(
      attempts, scope: "own-code", login: account.username, user: account.id,
      address: request.peerAddress)
  }

  private static func isWrong(_ failure: Failure) -> Bool { failure.code == Failure.totpInvalid.code }

  private static func code(_ request: Request) throws(Failure) -> String {
    let code = (try request.json()["code"]?.string ?? "").trimmed()
    guard !code.isEmpty else {
      throw .invalid([FieldError("code", "REQUIRED", Failure.totpRequired.sentence)])
    }
    return code
  }

  private static func answer(_ codes: [String]) -> Response {
    .json { json in
      json.object { json in
        json.array("recoveryCodes") { json in
          for code in codes { json.value(code) }
        }
      }
    }
  }

  private static let removed = Sentence(
    fr: "Connexion en deux étapes désactivée.", en: "Two-step sign-in turned off.")

  private static let alreadyOn = Failure(
    409, "TOTP_ALREADY_ENABLED",
    Sentence(
      fr: "La connexion en deux étapes est déjà activée. Désactivez-la d’abord.",
      en: "Two-step sign-in is already on. Turn it off first."))

  private static let notBegun = Failure(
    409, "TOTP_NOT_ENABLED",
    Sentence(
      fr: "La connexion en deux étapes n’est pas activée. Activez-la d’abord.",
      en: "Two-step sign-in is not set up. Set it up first."))
}
