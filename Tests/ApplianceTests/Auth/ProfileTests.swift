import HTTP
import Testing

@testable import Appliance

@Suite struct ProfileTests {
  private static let refusals: [(JSONValue, String, String)] = [
    (["name": " "], "name", "REQUIRED"),
    (["name": "Lea\nDubois"], "name", "TOO_LONG"),
    (["phone": .string(String(repeating: "1", count: 201))], "phone", "TOO_LONG"),
    (["email": "lea"], "email", "INVALID_EMAIL"),
    (["email": ""], "email", "INVALID_EMAIL"),
    (["email": "lea@x.org\r\nBcc: y@z.org"], "email", "INVALID_EMAIL"),
    (["avatar": "javascript:alert(1)"], "avatar", "INVALID_AVATAR"),
    (["avatar": "//elsewhere.example/x.png"], "avatar", "INVALID_AVATAR"),
  ]

  @Test func `an invalid field is named and nothing is changed`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for (body, field, code) in Self.refusals {
        guard case .object(var members) = body else { continue }
        members["department"] = "Changed"
        let answer = try await lea.put("/api/profile", .object(members))
        #expect(answer.status == 400, "\(body)")
        let errors = answer.json["errors"]?.array ?? []
        #expect(errors.contains { $0["field"]?.string == field && $0["code"]?.string == code }, "\(body)")
      }
      #expect(try await lea.get("/api/auth/me").json["department"]?.string == "")
    }
  }

  @Test func `a taken address is a conflict, and nobody can make themselves an admin`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.person("noa")
      #expect(try await lea.put("/api/profile", ["email": "NOA@example.org"]).code == "EMAIL_TAKEN")
      let answer = try await lea.patch(
        "/api/profile",
        ["role": "admin", "id": "1000", "isActive": false, "username": "boss", "name": "Léa Dubois"])
      #expect(answer.status == 200)
      #expect(answer.json["name"]?.string == "Léa Dubois")
      #expect(answer.json["role"]?.string == "employee")
      #expect(answer.json["username"]?.string == "lea")
      #expect(try await lea.get("/api/auth/me").json["user"]?["name"]?.string == "Léa Dubois")
    }
  }

  @Test func `a new address is used once its link was opened, the old one until then`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let wrong = try await lea.put("/api/profile", ["email": "typo@example.org"])
      #expect(wrong.json["email"]?.string == "lea@example.org")
      #expect(wrong.json["isVerified"]?.bool == false)
      let typo = try #require(try await test.mailedToken(to: "typo@example.org"))
      let asked = try await lea.put("/api/profile", ["email": "Lea.New@example.org"])
      #expect(asked.json["pendingEmail"]?.string == "lea.new@example.org")
      #expect(try await test.mails(to: "lea@example.org").contains { $0.contains("lea.new@example.org") })

      let password = JSONValue.string(TestAppliance.password)
      let home = test.client(at: "lea")
      let old: JSONValue = ["email": "lea@example.org", "password": password]
      let new: JSONValue = ["email": "lea.new@example.org", "password": password]
      #expect(try await home.post("/api/auth/login", old).status == 200)
      #expect(try await home.post("/api/auth/login", new).code == "INVALID_CREDENTIALS")
      #expect(try await test.client.get("/api/auth/verify-email?token=\(typo)").code == "INVALID_TOKEN")

      let token = try #require(try await test.mailedToken(to: "lea.new@example.org"))
      for _ in 0..<2 {
        #expect(try await test.client.get("/api/auth/verify-email?token=\(token)").status == 200)
      }
      #expect(try await home.post("/api/auth/login", new).json["isVerified"]?.bool == true)
      #expect(try await home.post("/api/auth/login", old).code == "INVALID_CREDENTIALS")
    }
  }

  @Test func `an address verified first by someone else stays theirs`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let noa = try await test.person("noa")
      for client in [lea, noa] {
        #expect(try await client.put("/api/profile", ["email": "both@example.org"]).status == 200)
      }
      let second = try #require(try await test.mailedToken(to: "both@example.org", mails: 2))
      let first = try #require(
        try await test.mails(to: "both@example.org").last?.firstMatch(of: /token=([A-Za-z0-9_-]+)/)?.1)
      #expect(try await test.client.get("/api/auth/verify-email?token=\(first)").status == 200)
      #expect(try await test.client.get("/api/auth/verify-email?token=\(second)").code == "INVALID_TOKEN")
    }
  }

  @Test func `changing a password requires the current one and an acceptable new one`() async throws {
    try await TestAppliance.run(clock: .withoutWaits) { test in
      let lea = try await test.person("lea")
      func change(_ old: String, _ new: String) async throws -> TestClient.Answer {
        try await lea.put(
          "/api/profile/password", ["currentPassword": .string(old), "newPassword": .string(new)])
      }
      #expect(try await change("wrong", "a quiet old place").code == "WRONG_PASSWORD")
      #expect(try await change("", "a quiet old place").code == "WRONG_PASSWORD")
      for (bad, code) in [
        ("short", "PASSWORD_TOO_SHORT"), ("password123", "PASSWORD_COMMON"),
        ("lea@example.org", "PASSWORD_PERSONAL"),
      ] {
        let answer = try await change(TestAppliance.password, bad)
        #expect(answer.status == 400)
        #expect(answer.json["errors"]?.array?.first?["field"]?.string == "newPassword")
        #expect(answer.json["errors"]?.array?.first?["code"]?.string == code)
      }
      var last: TestClient.Answer?
      for _ in 0..<7 { last = try await change("guess", "a quiet old place") }
      #expect(last?.code == "TOO_MANY_ATTEMPTS")
    }
  }

  @Test func `changing the password ends other sessions, keeps this one, and is mailed`()
    async throws
  {
    try await TestAppliance.run(settings: ["SESSION_POLICY": "unlimited"]) { test in
      let home = try await test.person("lea")
      let office = try await test.again("lea", at: "office")
      let answer = try await home.put(
        "/api/profile/password",
        ["currentPassword": .string(TestAppliance.password), "newPassword": "a quiet old place"])
      #expect(answer.status == 200)
      #expect(try await home.get("/api/auth/me").status == 200)
      #expect(try await office.get("/api/auth/me").status == 401)
      #expect(try await test.mails(to: "lea@example.org").count == 1)
      #expect(try await test.audited("password_changed") == ["ok"])
      let there = test.client(at: "office")
      for (password, status) in [(TestAppliance.password, 401), ("a quiet old place", 200)] {
        let login = try await there.post(
          "/api/auth/login", ["username": "lea", "password": .string(password)])
        #expect(login.status == status)
      }
    }
  }

  @Test func `a password link becomes invalid when the address changes`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.client.post("/api/auth/reset-password-request", ["email": "lea@example.org"])
      let link = try #require(try await test.mailedToken(to: "lea@example.org"))
      let path = "/api/auth/verify-reset-token?token=\(link)"
      #expect(try await test.client.get(path).status == 200)
      #expect(try await lea.put("/api/profile", ["email": "lea@new.example"]).status == 200)
      #expect(try await test.client.get(path).status == 200)
      let proof = try #require(try await test.mailedToken(to: "lea@new.example"))
      #expect(try await test.client.get("/api/auth/verify-email?token=\(proof)").status == 200)
      #expect(try await test.client.get(path).status == 400)
    }
  }
}
