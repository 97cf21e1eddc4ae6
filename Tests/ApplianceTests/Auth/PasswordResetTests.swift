import HTTP
import Testing

@testable import Appliance

@Suite struct PasswordResetTests {
  @Test func `requesting a link answers the same for known and unknown addresses`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      let known = try await test.client.post("/api/auth/reset-password-request", ["email": "lea@example.org"])
      let unknown = try await test.client.post("/api/auth/reset-password-request", ["email": "x@example.org"])
      let name = try await test.client.post("/api/auth/reset-password-request", ["email": "lea"])
      #expect(known.status == 200)
      #expect(known.body == unknown.body && known.body == name.body)
      #expect(try await test.mailedToken(to: "lea@example.org") != nil)
      try await test.idle()
      let mails = try await test.appliance.database.read { try $0.scalar("SELECT count(*) FROM outbox") }
      #expect(mails == 1)
      let kept = try await test.appliance.database.read {
        try $0.scalar("SELECT count(*) FROM jobs WHERE arguments LIKE '%@%'")
      }
      #expect(kept == 0)
    }
  }

  @Test func `requests are limited by address and by mailbox`() async throws {
    try await TestAppliance.run(clock: .withoutWaits) { test in
      _ = try await test.person("lea")
      var statuses: [Int] = []
      for _ in 0..<12 {
        statuses.append(
          try await test.client.post("/api/auth/reset-password-request", ["email": "lea@example.org"]).status)
      }
      #expect(statuses.prefix(10).allSatisfy { $0 == 200 })
      #expect(statuses.last == 429)
      try await test.idle()
      #expect(try await test.mails(to: "lea@example.org").count == 5)
    }
  }

  @Test func `a link that is invalid, used, expired or of a deactivated account is refused`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      _ = try await test.client.post("/api/auth/reset-password-request", ["email": "lea@example.org"])
      let token = try #require(try await test.mailedToken(to: "lea@example.org"))
      func reset(_ token: String, _ password: String = "a quiet old place") async throws -> String? {
        try await test.client.post(
          "/api/auth/reset-password", ["token": .string(token), "newPassword": .string(password)]
        ).code
      }
      #expect(try await reset("") == "INVALID_TOKEN")
      #expect(try await reset("guess") == "INVALID_TOKEN")
      #expect(try await reset(Token(for: .resetPassword).text) == "INVALID_TOKEN")
      #expect(try await test.client.get("/api/auth/verify-reset-token?token=guess").status == 400)
      #expect(try await test.client.get("/api/auth/verify-reset-token?token=\(token)").status == 200)
      #expect(try await test.client.get("/api/auth/verify-email?token=\(token)").status == 400)
      #expect(try await reset(token, "password123") == "VALIDATION_FAILED")

      let database = test.appliance.database
      for (change, restore) in [
        ("UPDATE users SET is_active = 0", "UPDATE users SET is_active = 1"),
        (
          "UPDATE tokens SET expires_at = expires_at - 3600001",
          "UPDATE tokens SET expires_at = expires_at + 3600001"
        ),
      ] {
        try await database.write { tx in try tx.execute(change) }
        #expect(try await reset(token) == "INVALID_TOKEN", "\(change)")
        try await database.write { tx in try tx.execute(restore) }
      }
      #expect(try await reset(token) == nil)
      #expect(try await reset(token) == "INVALID_TOKEN")
    }
  }

  @Test func `a password set by link ends all sessions and all other links`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for _ in 0..<2 {
        _ = try await test.client.post("/api/auth/reset-password-request", ["email": "Lea@example.org"])
      }
      let newer = try #require(try await test.mailedToken(to: "lea@example.org", mails: 2))
      let older = try #require(
        try await test.mails(to: "lea@example.org").last?.firstMatch(of: /token=([A-Za-z0-9_-]+)/)?.1)
      let body: JSONValue = ["token": .string(newer), "newPassword": "a quiet old place"]
      #expect(try await test.client.post("/api/auth/reset-password", body).status == 200)
      #expect(try await lea.get("/api/auth/me").status == 401)
      #expect(try await test.client.get("/api/auth/verify-reset-token?token=\(older)").status == 400)
      #expect(try await test.audited("password_reset") == ["ok"])
      #expect(try await test.mails(to: "lea@example.org").count == 3)
      let login = try await test.client.post(
        "/api/auth/login", ["username": "lea", "password": "a quiet old place"])
      #expect(login.status == 200)
    }
  }
}
