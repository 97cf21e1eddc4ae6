import HTTP
import Store

/// Sign-in, sign-out, and the current account.
struct SignInFeature: Feature {
  /// Minimum response time for a wrong name or password, so that timing does not distinguish an unknown name
  /// from an account with an older, faster hash.
  static let soonestRefusal: Duration = .milliseconds(300)

  let database: Database
  let vault: Vault
  let sessions: Sessions
  let passwords: Passwords
  let attempts: AttemptLimiter
  let opening: SessionOpening

  var routes: [Route] {
    [
      .post(
        "/api/auth/login", .everyone, "Sign in with an email address or a username",
        request: SignInForm.schema, response: SessionOpening.schema, login),
      .post("/api/auth/logout", .everyone, "Sign out", response: .done, logout),
      .get("/api/auth/me", .signedIn, "Get the signed-in user", response: Self.meSchema, me),
      .get(
        "/api/auth/verify", .signedIn, "Check the session and its expiry", response: Self.validSchema, verify),
      .post(
        "/api/auth/verify", .signedIn, "Check the session and its expiry", response: Self.validSchema, verify),
    ]
  }

  var jobs: [any JobKind] { [TidySessions(sessions: sessions)] }

  /// The account to sign in to, with its password hash.
  private struct Candidate: Sendable {
    let account: Account
    var hash: String?
    /// The workstation, if this person has signed in there before.
    let known: String?

    static func find(_ login: String, at mark: Workstation.Mark, in connection: Connection) throws
      -> Candidate?
    {
      let found = try Account.find(login: login, in: connection)
      // A person whose address is pending gets an error that says so, after the password was verified.
      let waiting = try found == nil && login.hasByte("@") ? EmailClaim.newest(login, in: connection) : nil
      guard let account = found ?? waiting else { return nil }
      return Candidate(
        account: account, hash: try storedHash(of: account.id, in: connection),
        known: try Workstation.known(mark, to: account.id, in: connection))
    }

    static func storedHash(of id: Int64, in connection: Connection) throws -> String? {
      let hash = try connection.first(
        "SELECT password_hash FROM users WHERE id = ?", id, map: { $0.optionalText(0) })
      return hash ?? nil
    }
  }

  private func login(_ request: Request) async throws -> Response {
    let arrival = ContinuousClock.now
    let form = try SignInForm(try request.json())
    let mark = Workstation.mark(request, sessions: sessions)
    let candidate = try await database.read { try Candidate.find(form.login, at: mark, in: $0) }
    do {
      let proven = try await prove(form, candidate, request)
      return try await open(proven, form, request)
    } catch let failure as Failure {
      if failure.status != 429 && failure.status != 503 {
        try await database.write { tx in
          try Audit.record(
            .signInRefused, actor: nil, subject: candidate?.account, request: request, outcome: .refused,
            code: failure.code, in: tx)
        }
      }
      if failure.code == Failure.invalidCredentials.code {
        try await Task.sleep(until: arrival + Self.soonestRefusal, clock: .continuous)
      }
      throw failure
    }
  }

  /// Verifies the password, and replaces a hash of an older kind or cost.
  private func prove(_ form: SignInForm, _ candidate: Candidate?, _ request: Request) async throws
    -> Candidate
  {
    let attempts = SignInAttempts(
      attempts, login: form.login, user: candidate?.account.id, address: request.peerAddress,
      known: candidate?.known)
    // At a known workstation, a person does not wait behind others of the same network.
    let lane = candidate?.known.map { "\(candidate?.account.id ?? 0)@\($0)" } ?? request.place
    let (candidate, match) = try await attempts.hold(
      failingOn: { $0.code == Failure.invalidCredentials.code }
    ) {
      let match = try await passwords.match(form.password, for: candidate?.hash, lane: lane)
      guard match != .wrong, let candidate else { throw Failure.invalidCredentials }
      return (candidate, match)
    }
    var proven = candidate
    if let old = proven.hash, match == .rightAsTyped || passwords.hasher.needsRehash(old) {
      let new = try await passwords.hashed(form.password, lane: lane)
      let id = proven.account.id
      let replaced = try await database.write { tx in
        try tx.execute(
          "UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?", new, id, old)
      }
      if replaced == 1 {
        proven.hash = new
      } else {
        // A concurrent sign-in replaced the hash first, or the password was changed.
        let stored = try await database.read {
          try Candidate.storedHash(of: id, in: $0)
        }
        guard try await passwords.isRight(form.password, for: stored, lane: lane) else {
          throw Failure.invalidCredentials
        }
        proven.hash = stored
      }
    }
    return proven
  }

  /// Verifies the second step if there is one, and opens the session. When refused, the code stays unused.
  private func open(_ candidate: Candidate, _ form: SignInForm, _ request: Request) async throws -> Response {
    let account = candidate.account
    try account.checkMaySignIn()
    if account.hasTOTP && form.code.isEmpty { throw Failure.totpRequired }
    let step = SecondStep(vault: vault, user: account.id)
    let hash = candidate.hash
    let attempts = SignInAttempts(
      attempts, scope: "code", login: account.username, user: account.id,
      address: request.peerAddress, known: candidate.known)
    return try await attempts.hold(failingOn: { $0.code == Failure.totpInvalid.code }) {
      try await opening.open(
        for: request, status: 200, device: form.device, takeover: form.takeover,
        remember: form.remember
      ) { tx in
        // What was read before verifying the password may have changed.
        guard try Candidate.storedHash(of: account.id, in: tx) == hash else {
          throw Failure.invalidCredentials
        }
        if let stored = try step.stored(in: tx), stored.isConfirmed {
          guard !form.code.isEmpty else { throw Failure.totpRequired }
          try step.acceptAny(form.code, stored, in: tx)
        }
        return account
      }
    }
  }

  /// Accepts any body and content type, so that a closing page can use `navigator.sendBeacon`.
  private func logout(_ request: Request) async throws -> Response {
    if let signedIn = request.signedIn, signedIn.isInteractive {
      try await database.write { [sessions] tx in
        try sessions.end(sessions.together(with: signedIn.sessionID), reason: .signedOut, in: tx)
        try Audit.record(
          .signOut, actor: signedIn.account, subject: signedIn.account, request: request, in: tx)
      }
    }
    var response = Response.done(
      Sentence(fr: "Vous êtes déconnecté.", en: "You are signed out."), for: request)
    response.headers.append(SessionCookie.clear(isTLS: request.isTLS))
    return response
  }

  private static let meSchema =
    Schema.members(["success": .boolean, "hasSettings": .boolean]) + Account.schema + Account.nestedSchema

  private func me(_ request: Request) async throws -> Response {
    let account = try request.account()
    let hasSettings = try await database.read { try SettingsFeature.exist(for: account.id, $0) }
    return .json { json in
      json.object { json in
        json.field("success", true)
        account.writeFields(to: &json)
        account.writeNested(to: &json)
        json.field("hasSettings", hasSettings)
      }
    }
  }

  private static let validSchema =
    Schema.members(["valid": .boolean, "userId": .id, "expiresAt": .optional(.time)]) + Account.nestedSchema

  private func verify(_ request: Request) async throws -> Response {
    guard let signedIn = request.signedIn else { throw Failure.unauthenticated }
    let expiresAt = sessions.expiry(ofSession: signedIn.sessionID)
    return .json { json in
      json.object { json in
        json.field("valid", true)
        json.id("userId", signedIn.account.id)
        json.time("expiresAt", expiresAt)
        signedIn.account.writeNested(to: &json)
      }
    }
  }
}
