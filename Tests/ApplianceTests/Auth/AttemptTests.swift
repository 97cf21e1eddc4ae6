import HTTP
import Testing

@testable import Appliance

/// Attempts to bypass the origin check and the checks of sign-in.
@Suite(.timeLimit(.minutes(30))) struct AttemptTests {
  @Test func `a header that does not authenticate does not bypass the origin check`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      var browser = test.client
      browser.headers["Cookie"] = lea.cookie
      browser.headers["Authorization"] = "Basic bGVhOnNlY3JldA=="
      #expect(try await browser.get("/api/auth/me").status == 200)
      browser.headers["Sec-Fetch-Site"] = "cross-site"
      #expect(try await browser.put("/api/user/settings", ["theme": "dark"]).code == "FOREIGN_ORIGIN")
      // A Bearer takes precedence even if it is empty or wrong.
      for header in ["Bearer", "Bearer wrong", "bearer  "] {
        browser.headers["Authorization"] = header
        #expect(try await browser.get("/api/auth/me").status == 401, "\(header)")
      }
    }
  }

  @Test func `an account changed after the password check is checked again`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      let account = try await test.appliance.database.read { connection in
        try #require(try Account.find(login: "lea", in: connection))
      }
      let answer = SessionOpening(
        site: test.appliance.site, database: test.appliance.database, sessions: test.appliance.sessions)
      let request = Request(method: .post, path: "/api/auth/login")
      for (change, code) in [
        ("is_active = 0", "DEACTIVATED"), ("is_active = 1, is_verified = 0", "EMAIL_NOT_VERIFIED"),
      ] {
        try await test.appliance.database.write { tx in
          try tx.execute("/* test */ UPDATE users SET \(change)")
        }
        let refusal = await #expect(throws: Failure.self) {
          try await test.appliance.database.write { tx in
            _ = try answer.open(account, for: request, takeover: true, in: tx)
          }
        }
        #expect(refusal?.code == code)
      }
    }
  }

  @Test func `the time a session was last seen survives an undone write`() async throws {
    struct Undone: Error {}
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      // Not the appliance's own sessions, which a job may flush at any time.
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

  @Test func `other origins can read responses and errors, without credentials`() async throws {
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
