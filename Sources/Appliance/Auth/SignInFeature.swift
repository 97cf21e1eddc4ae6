import HTTP
import Store

/// Sign-in, sign-out, and who one is.
struct SignInFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  var routes: [Route] {
    [
      .post(
        "/api/auth/login", .everyone, "Sign in by e-mail or username",
        request: .object([
          ("email", .string, required: false), ("username", .string, required: false),
          ("password", .string, required: true),
        ]), login),
      .post("/api/auth/logout", .everyone, "End this session", logout),
      .get("/api/auth/me", .signedIn, "The person signed in", me),
      .get("/api/auth/verify", .signedIn, "Whether the session is valid, and until when", verify),
      .post("/api/auth/verify", .signedIn, "Whether the session is valid, and until when", verify),
    ]
  }

  private func login(_ request: Request) async throws -> Response {
    let body = try request.json()
    let login = (body["email"]?.string ?? body["username"]?.string ?? "").trimmed()
    let password = body["password"]?.string ?? ""
    guard !login.isEmpty, !password.isEmpty else { throw SignInRefusal.missing(login: login) }

    let attempts = appliance.attempts
    let personal = "login:\(login.lowercased()):\(request.peerAddress)"
    let fromAddress = "login:\(request.peerAddress)"
    try attempts.check(personal)
    try attempts.check(fromAddress)

    let found = try await appliance.database.read { connection in
      try Account.find(login: login, in: connection).map { account in
        let hash = try connection.first(
          "SELECT password_hash FROM users WHERE id = ?", account.id, map: { $0.optionalText(0) })
        return (account, hash ?? nil)
      }
    }
    guard let (account, hash) = found, let hash, try await appliance.hasher.verify(password, hash: hash)
    else {
      if found?.1 == nil { try await appliance.hasher.verifyNothing(password) }
      attempts.fail(personal, free: 5)
      attempts.fail(fromAddress, free: 50)
      throw SignInRefusal.invalidCredentials
    }
    attempts.succeed(personal)
    try SignInRefusal.check(account)
    return try await SignedInAnswer(appliance).open(
      account, for: request, status: 200, takeover: body["takeover"]?.bool ?? false)
  }

  private func logout(_ request: Request) async throws -> Response {
    if let signedIn = request.signedIn, signedIn.isInteractive {
      try await appliance.database.write { [sessions = appliance.sessions] tx in
        try sessions.end(sessions.together(with: signedIn.sessionID), reason: .signedOut, in: tx)
      }
    }
    let sentence = Sentence(fr: "Vous êtes déconnecté.", en: "You are signed out.")
    var response = Response.json { json in
      json.beginObject()
      json.field("success", true)
      json.field("message", sentence(request.language))
      json.endObject()
    }
    response.headers.append(SessionCookie.clear(isTLS: request.isTLS))
    return response
  }

  private func me(_ request: Request) async throws -> Response {
    let account = try request.account()
    return .json { json in
      json.beginObject()
      json.field("success", true)
      account.writeFields(to: &json)
      account.writeNested(to: &json)
      json.endObject()
    }
  }

  private func verify(_ request: Request) async throws -> Response {
    guard let signedIn = request.signedIn else { throw Failure.unauthenticated }
    let expiresAt = appliance.sessions.expiry(ofSession: signedIn.sessionID)
    return .json { json in
      json.beginObject()
      json.field("valid", true)
      json.id("userId", signedIn.account.id)
      json.time("expiresAt", expiresAt)
      signedIn.account.writeNested(to: &json)
      json.endObject()
    }
  }
}
