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
          ("password", .string, required: true), ("takeover", .boolean, required: false),
        ]), login),
      .post("/api/auth/logout", .everyone, "End this session", logout),
      .get("/api/auth/me", .signedIn, "The person signed in", me),
      .get("/api/auth/verify", .signedIn, "Whether the session is valid, and until when", verify),
      .post("/api/auth/verify", .signedIn, "Whether the session is valid, and until when", verify),
    ]
  }

  var jobs: [any JobKind] { [TidySessions(appliance: appliance)] }

  private func login(_ request: Request) async throws -> Response {
    let body = try request.json()
    let login = (body["email"]?.string ?? body["username"]?.string ?? "").trimmed()
    let password = body["password"]?.string ?? ""
    guard !login.isEmpty, !password.isEmpty else { throw SignInRefusal.missing(login: login) }

    let found = try await appliance.database.read { connection in
      try Account.find(login: login, in: connection).map { account in
        (account, try SignedInAnswer.hash(of: account.id, in: connection))
      }
    }
    // The account by whichever of its names, so that each does not get attempts of its own.
    let who = found.map { "#\($0.0.id)" } ?? String(login.lowercased().prefix(100))
    let attempts = appliance.attempts
    let personal = "login:\(who):\(request.place)"
    let fromAddress = "login:\(request.place)"
    // Counted before the password is looked at: a hundred at once are a hundred attempts.
    try attempts.begin(fromAddress, free: 50)
    try attempts.begin(personal, free: 5)
    guard let (account, hash) = found, let hash, try await appliance.hasher.verify(password, hash: hash)
    else {
      if found?.1 == nil { try await appliance.hasher.verifyNothing(password) }
      throw SignInRefusal.invalidCredentials
    }
    attempts.succeed(personal)
    attempts.forgive(fromAddress)
    try SignInRefusal.check(account)
    return try await SignedInAnswer(appliance).open(
      account, provenBy: hash, for: request, status: 200, takeover: body["takeover"]?.bool ?? false)
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
