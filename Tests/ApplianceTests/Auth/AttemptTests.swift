import HTTP
import Testing

@testable import Appliance

/// Ways around the limits, the origin check and the sign-in's own checks, all closed.
@Suite(.timeLimit(.minutes(1))) struct AttemptTests {
  @Test func `many guesses at once are no more than one after the other`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      let client = test.client
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<30 {
          group.addTask {
            try await client.post("/api/auth/login", ["username": "lea", "password": "wrong"]).status
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.filter { $0 == 401 }.count <= 6)
      #expect(statuses.filter { $0 == 429 }.count >= 24)
    }
  }

  @Test func `an account has the same attempts under each of its names`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      let names: [JSONValue] = [
        ["username": "lea"], ["username": "LEA "], ["email": "lea@example.org"],
        ["email": " Lea@Example.ORG"], ["email": "lea"], ["username": "lea@example.org"],
      ]
      for name in names {
        #expect(try await test.client.post("/api/auth/login", name.with("password", "wrong")).status == 401)
      }
      for name in names {
        #expect(try await test.client.post("/api/auth/login", name.with("password", "wrong")).status == 429)
      }
    }
  }

  @Test func `signing in forgives that one attempt, not those that failed before`() throws {
    let time = ManualTime()
    let attempts = AttemptLimiter(clock: .manual(time))
    for _ in 0..<3 { try attempts.begin("a", free: 3) }
    try attempts.begin("a", free: 3)
    attempts.forgive("a")
    try attempts.begin("a", free: 3)
    #expect(throws: Failure.self) { try attempts.begin("a", free: 3) }
    time.advance(by: .seconds(2))
    try attempts.begin("a", free: 3)
  }

  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2::1", "20.1.d.b8.0.1.0.2/64"),
    ("2001:db8:1:2:ffff::9", "20.1.d.b8.0.1.0.2/64"), ("2001:db8:1:3::1", "20.1.d.b8.0.1.0.3/64"),
    ("not:an:address", "not:an:address"),
  ])
  func `an IPv6 client is one place, whichever of its addresses it takes`(address: String, place: String) {
    #expect(Request.place(of: address) == place)
  }

  @Test func `a header that does not sign in does not excuse a foreign origin`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      var browser = test.client
      browser.headers["Cookie"] = "obox_session=\(lea.token ?? "")"
      browser.headers["Authorization"] = "Basic bGVhOnNlY3JldA=="
      #expect(try await browser.get("/api/auth/me").status == 200)
      browser.headers["Sec-Fetch-Site"] = "cross-site"
      #expect(try await browser.put("/api/user/settings", ["theme": "dark"]).code == "FOREIGN_ORIGIN")
      // A Bearer wins, also one that is empty or wrong.
      for header in ["Bearer", "Bearer wrong", "bearer  "] {
        browser.headers["Authorization"] = header
        #expect(try await browser.get("/api/auth/me").status == 401, "\(header)")
      }
    }
  }

  @Test func `an account that changed after the password was checked is looked at again`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      let (account, hash) = try await test.appliance.database.read { connection in
        let account = try #require(try Account.find(login: "lea", in: connection))
        return (account, try SignedInAnswer.hash(of: account.id, in: connection))
      }
      let answer = SignedInAnswer(test.appliance)
      let request = Request(method: .post, path: "/api/auth/login")
      for (change, code) in [
        ("is_active = 0", "DEACTIVATED"), ("is_active = 1, password_hash = 'x'", "INVALID_CREDENTIALS"),
      ] {
        try await test.appliance.database.write { tx in try tx.execute("UPDATE users SET \(change)") }
        let refusal = await #expect(throws: Failure.self) {
          _ = try await answer.open(account, provenBy: hash, for: request, status: 200, takeover: true)
        }
        #expect(refusal?.code == code)
      }
    }
  }

  @Test func `when a session was last seen is not forgotten by a write that is undone`() async throws {
    struct Undone: Error {}
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      // The appliance's own are tidied at any time.
      let sessions = Sessions(clock: .system, hub: Hub())
      try await test.appliance.database.read { try sessions.load(from: $0) }
      #expect(sessions.find(token: lea.token ?? "") != nil)
      await #expect(throws: Undone.self) {
        try await test.appliance.database.write { tx in
          try sessions.flush(in: tx)
          throw Undone()
        }
      }
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE sessions SET seen_at = 1")
        try sessions.flush(in: tx)
      }
      let seen = try await test.appliance.database.read { try $0.scalar("SELECT seen_at FROM sessions") }
      #expect(seen ?? 0 > 1)
    }
  }

  @Test func `other origins read answers and refusals, without credentials`() async throws {
    try await TestAppliance.run(settings: ["CORS_ORIGIN": "https://page.example"]) { test in
      for (origin, isAllowed) in [
        ("https://page.example", true), ("null", true), ("file://", true), ("https://evil.example", false),
      ] {
        var page = test.client
        page.headers["Origin"] = origin
        for path in ["/api/health", "/api/auth/me", "/api/nothing"] {
          let answer = try await page.get(path)
          #expect(answer.headers["access-control-allow-origin"] == (isAllowed ? origin : nil), "\(path)")
          #expect(answer.headers["access-control-allow-credentials"] == nil)
        }
      }
    }
    try await TestAppliance.run(settings: ["CORS_ORIGIN": "*"]) { test in
      var page = test.client
      page.headers["Origin"] = "https://anyone.example"
      let answer = try await page.get("/api/health")
      #expect(answer.headers["access-control-allow-origin"] == "https://anyone.example")
    }
  }
}
