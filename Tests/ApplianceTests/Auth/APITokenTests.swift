import HTTP
import Testing

@testable import Appliance

@Suite struct APITokenTests {
  private static let refusals: [(JSONValue, String, String)] = [
    (["rights": ["read"]], "name", "INVALID_NAME"),
    (["name": "x\ny"], "name", "INVALID_NAME"),
    (["name": "x", "rights": []], "rights", "UNKNOWN_RIGHT"),
    (["name": "x", "rights": ["root"]], "rights", "UNKNOWN_RIGHT"),
    (["name": "x", "rights": [17]], "rights", "UNKNOWN_RIGHT"),
    (["name": "x", "rights": ["admin"]], "rights", "RIGHT_NOT_YOURS"),
    (["name": .string("a" + String(repeating: "\u{301}", count: 450_000))], "name", "INVALID_NAME"),
    (["name": "x", "password": ""], "password", "REQUIRED"),
    (["name": "x", "password": "a guess"], "password", "WRONG_PASSWORD"),
    (["name": "x", "days": 0], "days", "OUT_OF_RANGE"),
    (["name": "x", "days": 367], "days", "OUT_OF_RANGE"),
    (["name": "x", "days": "many"], "days", "OUT_OF_RANGE"),
  ]

  @Test func `a token without a name, a known right or an expiry is refused`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for (body, field, code) in Self.refusals {
        let answer = try await lea.post("/api/tokens", body.withPassword)
        #expect(answer.status == 400, "\(body)")
        let errors = answer.json["errors"]?.array ?? []
        #expect(errors.contains { $0["field"]?.string == field && $0["code"]?.string == code }, "\(body)")
      }
      #expect(try await lea.get("/api/tokens").json.array?.isEmpty == true)
    }
  }

  @Test func `a token cannot access sessions, tokens, the password or two-step sign-in`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let made = try await boss.post(
        "/api/tokens", (["name": "all", "rights": ["read", "write", "admin"]] as JSONValue).withPassword)
      let program = test.client.signedIn(made.json["token"]?.string)
      #expect(try await program.get("/api/auth/me").json["role"]?.string == "admin")
      let routes = test.appliance.makeFeatures().filter {
        $0 is SessionsFeature || $0 is TokensFeature || $0 is TOTPFeature || $0 is ProfileFeature
      }.flatMap(\.routes)
      #expect(routes.count > 10)
      for route in routes {
        let path = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "1" : String($0) }
        let answer = try await program.send(
          route.method.rawValue.uppercased(), "/" + path.joined(separator: "/"), ["name": "x"])
        #expect(answer.code == "TOKEN_NOT_ALLOWED", "\(route.method) \(route.path)")
      }
    }
  }

  @Test func `a read-only token cannot write, a plain one is no admin, an expired one is refused`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let reading = try await boss.post(
        "/api/tokens", (["name": "reader", "days": 30] as JSONValue).withPassword)
      #expect(reading.status == 201)
      #expect(reading.json["rights"]?.array?.compactMap(\.string) == ["read"])
      let secret = try #require(reading.json["token"]?.string)
      #expect(secret.hasPrefix("obox_"))
      let reader = test.client.signedIn(secret)
      #expect(try await reader.get("/api/auth/me").json["username"]?.string == "boss")
      #expect(try await reader.put("/api/user/settings", ["theme": "dark"]).code == "TOKEN_READ_ONLY")
      #expect(try await reader.get("/api/monitoring/system").status == 403)

      let writing = try await boss.post(
        "/api/tokens", (["name": "writer", "rights": ["write"]] as JSONValue).withPassword)
      let writer = test.client.signedIn(writing.json["token"]?.string)
      #expect(try await writer.put("/api/user/settings", ["theme": "dark"]).status == 200)

      let list = try await boss.get("/api/tokens")
      #expect(list.json.array?.map { $0["name"]?.string } == ["writer", "reader"])
      #expect(!list.text.contains("obox_") && !list.text.contains("hash"))
      let id = try #require(reading.json["id"]?.string)
      let noa = try await test.person("noa")
      #expect(try await noa.delete("/api/tokens/\(id)").status == 404)
      #expect(try await boss.delete("/api/tokens/\(id)").status == 200)
      #expect(try await reader.get("/api/auth/me").status == 401)
      #expect(try await writer.get("/api/auth/me").status == 200)
      #expect(try await test.audited("token_created").count == 2)
      #expect(try await test.audited("token_deleted").count == 1)
    }
  }

  @Test func `a token survives a restart and a sign-out, and is no workstation`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let made = try await lea.post("/api/tokens", (["name": "robot"] as JSONValue).withPassword)
      #expect(try await lea.post("/api/auth/logout").status == 200)
      await test.appliance.stop()
      let again = try await TestAppliance.start(in: test.folder)
      let robot = again.client.signedIn(made.json["token"]?.string)
      #expect(try await robot.get("/api/auth/me").json["username"]?.string == "lea")
      _ = try await again.again("lea", at: "elsewhere")
      #expect(try await robot.post("/api/auth/logout").code == "TOKEN_READ_ONLY")
      await again.appliance.stop()
    }
  }

  @Test func `a person can have at most twenty tokens`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for number in 1...20 {
        #expect(
          try await lea.post("/api/tokens", (["name": .string("t\(number)")] as JSONValue).withPassword)
            .status == 201)
      }
      let answer = try await lea.post("/api/tokens", (["name": "t21"] as JSONValue).withPassword)
      #expect(answer.status == 409)
      #expect(answer.code == "TOO_MANY_TOKENS")
    }
  }

  @Test func `a token cannot read mails or keys, whatever its rights`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let made = try await boss.post(
        "/api/tokens", (["name": "all", "rights": ["read", "write", "admin"]] as JSONValue).withPassword)
      let program = test.client.signedIn(made.json["token"]?.string)
      _ = try await test.client.post("/api/auth/reset-password-request", ["email": "boss@example.org"])
      _ = try #require(try await test.mailedToken(to: "boss@example.org"))
      let mail = try await boss.get("/api/mailbox").json.array?.first
      let id = try #require(mail?["id"]?.string)
      #expect(try await boss.get("/api/mailbox/\(id)").text.contains("reset-password?token="))
      for path in ["/api/mailbox/\(id)", "/api/mailbox/\(id)/attachments/0", "/api/vms/1/key"] {
        let answer = try await program.get(path)
        #expect(answer.code == "TOKEN_NOT_ALLOWED", "\(path)")
      }
      #expect(try await !program.get("/api/mailbox?all=1").text.contains("token="))
    }
  }

  @Test func `changing the password ends the tokens created before`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      func token() async throws -> TestClient {
        let home = try await test.again("lea", at: "lea")
        let made = try await home.post("/api/tokens", (["name": "robot"] as JSONValue).withPassword)
        return test.client.signedIn(made.json["token"]?.string)
      }
      let id = try #require(try await lea.get("/api/auth/me").json["id"]?.string)
      let words: JSONValue = [
        "currentPassword": .string(TestAppliance.password), "newPassword": .string(TestAppliance.password),
      ]
      var robot = try await token()
      #expect(try await robot.get("/api/auth/me").status == 200)
      #expect(try await lea.put("/api/profile/password", words).status == 200)
      #expect(try await robot.get("/api/auth/me").status == 401)

      robot = try await token()
      _ = try await test.client.post("/api/auth/reset-password-request", ["email": "lea@example.org"])
      let link = try #require(try await test.mailedToken(to: "lea@example.org"))
      #expect(
        try await test.client.post(
          "/api/auth/reset-password",
          ["token": .string(link), "newPassword": .string(TestAppliance.password)]
        ).status == 200)
      #expect(try await robot.get("/api/auth/me").status == 401)

      robot = try await token()
      let given: JSONValue = ["newPassword": .string(TestAppliance.password)]
      #expect(try await boss.put("/api/users/\(id)/password", given).status == 200)
      #expect(try await robot.get("/api/auth/me").status == 401)
    }
  }
}

extension JSONValue {
  /// Adds the password that all test accounts have, if none is given.
  fileprivate var withPassword: JSONValue {
    guard case .object(var fields) = self else { return self }
    fields["password"] = fields["password"] ?? .string(TestAppliance.password)
    return .object(fields)
  }
}
