import HTTP

@testable import Appliance

extension Storm {
  /// Performs one step on both sides and returns its description. For a step that ends in `…` the network
  /// decides when it is done.
  mutating func play(_ dice: Int) async throws -> String {
    switch dice {
    case ..<310: return try await signIn()
    case ..<350: return try await signInTwiceAtOnce()
    case ..<430: return try await signOut()
    case ..<530: return try await ask()
    case ..<720: return try await openSocket()
    case ..<860: return try await cutSocket()
    case ..<900: return try await reload()
    case ..<950: return pass(.seconds(Int.random(in: 1...50, using: &random)))
    case ..<970: return try await askWithOld()
    case ..<985: return try await endAsAdmin()
    case ..<990: return try await mistype()
    case ..<996: return try await restart()
    case ..<999: return pass(.seconds(70))
    default: return try await expire()
    }
  }

  private mutating func signIn() async throws -> String {
    let user = someone()
    let place = somewhere(for: user)
    let takeover = Int.random(in: 0..<3, using: &random) == 0
    var client = client(at: place)
    // Some clients send their current token along.
    var presented: StormModel.Session?
    if Bool.random(using: &random) {
      presented = model.sessions.first { $0.user == user } ?? anySession()
    }
    client.token = presented?.token
    let answer = try await test.signIn("person\(user)", with: client, takeover: takeover)
    let what = "signIn of \(user) at \(place) takeover \(takeover)"
    if let refusal = model.refusal(user, at: place, takeover: takeover) {
      try expect(answer.code == refusal.rawValue, "\(what): \(answer.text) for \(refusal)")
      return what + " refused"
    }
    guard answer.status == 200, let token = answer.json["token"]?.string else {
      throw Broken(description: "\(what): \(answer.text)")
    }
    try await expectEnd(model.signIn(user, at: place, token: token), "TAKEN_OVER")
    if let presented, presented.user == user {
      try await expectEnd(model.end(presented.token), "REPLACED")
    }
    return what
  }

  /// Two people, or one person twice, sign in concurrently; the result must match one of both orders.
  private mutating func signInTwiceAtOnce() async throws -> String {
    let first = someone()
    let second = Bool.random(using: &random) ? first : someone()
    let place = somewhere(for: first)
    let other = first == second ? somewhere(for: second) : place
    let takeover = Bool.random(using: &random)
    async let one = test.signIn("person\(first)", with: client(at: place), takeover: takeover)
    async let two = test.signIn("person\(second)", with: client(at: other), takeover: takeover)
    let came = try await [(first, place, one), (second, other, two)]
    let now = picture().sessions
    for order in [came, came.reversed()] {
      var copy = model
      var over: [StormModel.Session] = []
      var fits = true
      for (user, place, answer) in order where fits {
        let refusal = copy.refusal(user, at: place, takeover: takeover)
        fits = answer.code == refusal?.rawValue
        if fits, refusal == nil, let token = answer.json["token"]?.string {
          over += copy.signIn(user, at: place, token: token)
        }
      }
      guard fits, picture(of: copy).sessions == now else { continue }
      model = copy
      try await expectEnd(over, "TAKEN_OVER")
      return "twice"
    }
    throw Broken(description: "no order of two gives \(came.map(\.2.text))")
  }

  private mutating func signOut() async throws -> String {
    guard let session = anySession() else { return "idle" }
    let answer = try await client(at: session.place, session.token).post("/api/auth/logout")
    try expect(answer.status == 200, answer.text)
    try await expectEnd(model.signOut(session.token), "SIGNED_OUT")
    return "signOut of \(session.user)"
  }

  private mutating func ask() async throws -> String {
    guard let session = anySession() else { return "idle" }
    let answer = try await client(at: session.place, session.token).get("/api/auth/me")
    try expect(answer.json["username"]?.string == "person\(session.user)", answer.text)
    model.ask(session.token)
    return "ask by \(session.user)"
  }

  private mutating func openSocket() async throws -> String {
    guard let session = anySession(), sockets.count < 100 else { return "idle" }
    try await open(session)
    return "open by \(session.user)"
  }

  private mutating func open(_ session: StormModel.Session) async throws {
    let byCookie = Bool.random(using: &random)
    let socket = try await TestWebSocket.open(client(at: session.place, session.token), byCookie: byCookie)
    if !byCookie { try socket.send("AUTHENTICATE", ["token": .string(session.token)]) }
    _ = try await socket.next("AUTHENTICATED")
    opened += 1
    sockets[opened] = (session.token, socket)
    model.open(opened, of: session.token)
  }

  private mutating func cutSocket() async throws -> String {
    guard let number = sockets.keys.sorted().randomElement(using: &random) else { return "idle" }
    leave(number)
    return "cut …"
  }

  private mutating func leave(_ number: Int) {
    guard let (token, client) = sockets.removeValue(forKey: number) else { return }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: client.close()
    case 1: client.cut()
    default: client.reset()
    }
    model.cut(number, of: token)
  }

  /// Closes a page and opens it again at once, without waiting until the daemon has noticed.
  private mutating func reload() async throws -> String {
    guard let number = sockets.keys.sorted().randomElement(using: &random),
      let session = sockets[number].flatMap({ model.session($0.token) })
    else { return "idle" }
    leave(number)
    try await open(session)
    return "reload by \(session.user) …"
  }

  private mutating func pass(_ duration: Duration) -> String {
    time.advance(by: duration)
    model.now = time.now
    return "pass \(duration)"
  }

  private mutating func askWithOld() async throws -> String {
    guard let token = ended.randomElement(using: &random) else { return "idle" }
    let answer = try await test.client.signedIn(token).get("/api/auth/me")
    try expect(answer.status == 401, "an ended session still works")
    return "old token"
  }

  private mutating func endAsAdmin() async throws -> String {
    guard let session = anySession(), let hash = Sessions.hash(bearer: session.token) else {
      return "idle"
    }
    let sessions = test.appliance.sessions
    guard let id = sessions.state.withLock({ $0.byHash[hash]?.id }) else { return "idle" }
    try await test.appliance.database.write { tx in
      try sessions.end([id], reason: .endedByAdmin, in: tx)
    }
    try await expectEnd(model.end(session.token), "ENDED_BY_ADMIN")
    return "ended by admin"
  }

  private mutating func mistype() async throws -> String {
    let user = someone()
    let answer = try await client(at: somewhere(for: user)).post(
      "/api/auth/login", ["username": .string("person\(user)"), "password": "something else"])
    try expect([401, 429].contains(answer.status), answer.text)
    return "mistype"
  }

  private mutating func restart() async throws -> String {
    async let again = test.restarted(
      clock: .manual(time), sockets: .patient, passwordCost: .cheapest)
    for (_, socket) in sockets.values { socket.cut() }
    sockets = [:]
    model.restart()
    test = try await again
    try await compareDisk()
    return "restart"
  }

  private mutating func expire() async throws -> String {
    _ = pass(.milliseconds(StormModel.lifetime))
    let sessions = test.appliance.sessions
    try await test.appliance.database.write { tx in try sessions.flush(in: tx) }
    try await expectEnd(model.expire(), "EXPIRED")
    return "expire"
  }

  private mutating func someone() -> Int { Int.random(in: 0..<Self.accounts, using: &random) }

  /// Mostly a workstation that the person has used before, so that the same one occurs again.
  private mutating func somewhere(for user: Int) -> Int {
    Int.random(in: 0..<3, using: &random) == 0
      ? user % Self.places : Int.random(in: 0..<Self.places, using: &random)
  }

  private func expect(_ isTrue: Bool, _ what: @autoclosure () -> String) throws {
    if !isTrue { throw Broken(description: what()) }
  }
}

extension WebSocketLimits {
  /// No pings: time only passes by the storm's steps.
  static let patient = WebSocketLimits(pingEvery: .seconds(3600), deadAfter: .seconds(7200))
}
