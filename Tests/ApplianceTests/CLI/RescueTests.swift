import HTTP
import TestSupport
import Testing

@testable import Appliance

/// Letting people in again from the command line, beside the running daemon.
@Suite struct RescueTests {
  private static func ask(
    _ command: String, _ username: String, _ test: TestAppliance, _ more: [String: JSONValue] = [:]
  ) async throws -> JSONValue {
    let question: [String: JSONValue] = ["command": .string(command), "username": .string(username)]
    let path = ControlSocket.path(test.appliance.site)
    let whole = JSONValue.object(question.merging(more) { own, _ in own })
    let answer = await onThread { try? ControlSocket.ask(whole, at: path) }
    return try #require(answer ?? nil)
  }

  private static func lines(_ answer: JSONValue) -> [String] {
    (answer["lines"]?.array ?? []).compactMap(\.string)
  }

  @Test
  func `an unknown account, a weak password and a step that is not on are refused, and nothing is audited`()
    async throws
  {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      for (command, name, more) in [
        ("user reset-password", "noa", ["password": "a quiet old place"]), ("user reset-password", "", [:]),
        ("user unlock", "noa", [:]), ("user disable-totp", "noa", [:]), ("user disable-totp", "lea", [:]),
      ] as [(String, String, [String: JSONValue])] {
        let error = try await Self.ask(command, name, test, more)["error"]?.string
        #expect(error?.hasPrefix("--username: ") == true, "\(command) \(name): \(error ?? "-")")
      }
      let weak = try await Self.ask("user reset-password", "lea", test, ["password": "short"])
      #expect(weak["error"]?.string?.hasPrefix("--password-stdin: ") == true)
      #expect(try await test.audited() == [])
    }
  }

  @Test func `a new password ends the sessions and tokens, and is audited`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let page = try await TestWebSocket.signedIn(lea)
      let answer = try await Self.ask(
        "user reset-password", "lea@example.org", test, ["password": "another quiet place"])
      #expect(Self.lines(answer).first == "password of lea changed; all sessions ended")
      #expect(try await page.next("SESSION_ENDED")["reason"] == "PASSWORD_CHANGED")
      #expect(try await lea.get("/api/auth/me").status == 401)
      let old: JSONValue = ["username": "lea", "password": .string(TestAppliance.password)]
      #expect(try await test.client.post("/api/auth/login", old).status == 401)
      let new: JSONValue = ["username": "lea", "password": "another quiet place"]
      #expect(try await test.client(at: "lea").post("/api/auth/login", new).status == 200)
      #expect(try await test.audited().contains("password_changed"))
    }
  }

  @Test func `a printed link sets a password once`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      let lines = Self.lines(try await Self.ask("user reset-password", "lea", test))
      let token = try #require(lines.last?.firstMatch(of: /token=([A-Za-z0-9_-]+)/)?.1)
      let body: JSONValue = ["token": .string(String(token)), "newPassword": "another quiet place"]
      #expect(try await test.client.post("/api/auth/reset-password", body).status == 200)
      #expect(try await test.client.post("/api/auth/reset-password", body).status == 400)
      #expect(try await test.audited().first == "password_reset_requested")
    }
  }

  @Test func `an unlocked account is active, and its waits are over`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      let wrong: JSONValue = ["username": "lea", "password": "not that one at all"]
      var last = 0
      for _ in 0..<7 { last = try await test.client(at: "x").post("/api/auth/login", wrong).status }
      #expect(last == 429)
      #expect(
        Self.lines(try await Self.ask("user unlock", "lea", test)) == [
          "lea: waits after failed sign-ins ended"
        ])
      #expect(try await test.signIn("lea", at: "x").status == 200)
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE users SET is_active = 0 WHERE username = 'noa'")
        try test.appliance.sessions.refresh(2, in: tx)
      }
      #expect(try await test.signIn("noa", at: "y").status != 200)
      #expect(Self.lines(try await Self.ask("user unlock", "noa", test)) == ["noa: activated"])
      #expect(try await test.signIn("noa", at: "y").status == 200)
      #expect(try await test.audited().count { $0 == "user_activated" } == 2)
    }
  }

  @Test func `the failures of another account stay, also when its name begins alike`() throws {
    let attempts = AttemptLimiter(clock: .system)
    let keys = ["login:lea", "login:lea:192.0.2.1", "code:#7:192.0.2.1", "login:#7@3"]
    let others = ["login:lean", "login:lea@example.org", "login:#77", "login-from:192.0.2.1"]
    for key in keys + others { for _ in 0..<3 { attempts.fail(key, free: 0) } }
    attempts.forgive(["lea", "#7"])
    for key in keys { try attempts.check(key) }
    for key in others { #expect(throws: Failure.self) { try attempts.check(key) } }
  }
}
