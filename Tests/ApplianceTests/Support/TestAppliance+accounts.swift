import HTTP

@testable import Appliance

extension TestAppliance {
  /// The password's hash at the minimum cost, since these tests are not about hashing.
  private static let cheapHash = Task {
    try await PasswordHasher(cost: .cheapest).hash(password)
  }

  /// Creates accounts without sessions; returns their ids.
  @discardableResult
  func accounts(_ usernames: [String], role: Role = .employee) async throws -> [Int64] {
    let hash = try await Self.cheapHash.value
    let sessions = appliance.sessions
    return try await appliance.database.write { tx in
      try usernames.map { username in
        var account = NewAccount([:], language: .en)
        account.username = username
        account.name = username.capitalized
        account.role = role
        let id = try account.insert(hash: hash, in: tx).id
        try sessions.refresh(id, in: tx)
        return id
      }
    }
  }

  /// Signs in at a workstation, or at that of `client`.
  func signIn(
    _ username: String, at workstation: String, takeover: Bool = false
  ) async throws -> TestClient.Answer {
    try await signIn(username, with: client(at: workstation), takeover: takeover)
  }

  func signIn(
    _ username: String, with client: TestClient, takeover: Bool = false
  ) async throws -> TestClient.Answer {
    var body: JSONValue = ["username": .string(username), "password": .string(Self.password)]
    if takeover {
      body = [
        "username": .string(username), "password": .string(Self.password), "takeover": true,
      ]
    }
    return try await client.post("/api/auth/login", body)
  }

  /// A client signed in at a workstation. Throws when it was refused.
  func welcome(_ username: String, at workstation: String, takeover: Bool = false) async throws -> TestClient
  {
    let answer = try await signIn(username, at: workstation, takeover: takeover)
    guard answer.status == 200, let token = answer.json["token"]?.string else {
      throw TestClient.Broken(reason: answer.text)
    }
    return client(at: workstation).signedIn(token)
  }

  /// Usernames of the people with an open socket.
  var present: [String] { appliance.hub.present().map(\.username).sorted() }

  /// Stops the daemon and starts it again in the same folder.
  func restarted(
    settings: [String: String] = [:], clock: Clock = .system, sockets: WebSocketLimits = .lenient,
    passwordCost: PasswordCost = .cheapest
  ) async throws -> TestAppliance {
    await appliance.stop()
    return try await Self.start(
      in: folder, settings: settings, clock: clock, sockets: sockets, passwordCost: passwordCost)
  }
}

extension PasswordCost {
  /// Argon2id's minimum, for tests that are not about passwords.
  static let cheapest = PasswordCost(passes: 1, memory: 8192)
}
