import HTTP
import Testing

@testable import Appliance

@Suite struct TwoStepTests {
  /// A person with two-step sign-in: client, secret, last used step and recovery codes.
  private struct Person {
    let client: TestClient
    let secret: [UInt8]
    let used: Int64
    let recovery: [String]

    /// A valid code that was not used.
    var nextCode: String { TOTP.code(secret, step: used + 1) }
  }

  private static func secret(of username: String, in test: TestAppliance) async throws -> [UInt8] {
    try await test.appliance.database.read { [vault = test.appliance.vault] connection in
      let user = try connection.scalar("SELECT id FROM users WHERE username = ?", username) ?? 0
      let stored = try SecondStep(vault: vault, user: user).stored(in: connection)
      return try vault.open(stored?.sealedSecret ?? [], purpose: "totp:\(user)")
    }
  }

  private static func setUp(
    _ username: String, role: Role = .employee, in test: TestAppliance
  ) async throws -> Person {
    let client = try await test.person(username, role: role)
    #expect(try await client.post("/api/totp").status == 200)
    let secret = try await secret(of: username, in: test)
    let step = TOTP.step(at: test.appliance.clock.now())
    let answer = try await client.post(
      "/api/totp/confirm", ["code": .string(TOTP.code(secret, step: step))])
    #expect(answer.status == 200)
    let codes = (answer.json["recoveryCodes"]?.array ?? []).compactMap(\.string)
    return Person(client: client, secret: secret, used: step, recovery: codes)
  }

  private static func login(_ test: TestAppliance, _ username: String, _ code: String?) async throws
    -> TestClient.Answer
  {
    var body: [String: JSONValue] = [
      "username": .string(username), "password": .string(TestAppliance.password),
    ]
    body["code"] = code.map { .string($0) }
    return try await test.client(at: username).post("/api/auth/login", .object(body))
  }

  @Test func `two-step sign-in is off until the first code is confirmed`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      #expect(try await lea.post("/api/totp/confirm", ["code": "123456"]).code == "TOTP_NOT_ENABLED")
      let begun = try await lea.post("/api/totp")
      let secret = try await Self.secret(of: "lea", in: test)
      #expect(begun.json["secret"]?.string == Base32.encode(secret))
      let uri = try #require(begun.json["uri"]?.string)
      #expect(uri.hasPrefix("otpauth://totp/OBox:lea?secret=\(Base32.encode(secret))&issuer=OBox"))
      #expect(begun.json["qr"]?.string == QRCode(uri)?.dataURI())

      #expect(try await lea.post("/api/totp/confirm").status == 400)
      let early = TOTP.code(secret, step: TOTP.step(at: test.appliance.clock.now()) - 5)
      #expect(try await lea.post("/api/totp/confirm", ["code": .string(early)]).code == "TOTP_INVALID")
      #expect(try await lea.get("/api/totp").json["enabled"]?.bool == false)
      #expect(try await lea.post("/api/totp/recovery-codes", ["code": "123456"]).code == "TOTP_NOT_ENABLED")
      #expect(try await Self.login(test, "lea", nil).status == 200)
    }
  }

  @Test func `sign-in asks for a code and accepts it once, but never a used one`() async throws {
    try await TestAppliance.run { test in
      let lea = try await Self.setUp("lea", in: test)
      #expect(lea.recovery.count == 10)
      #expect(try await lea.client.post("/api/totp").code == "TOTP_ALREADY_ENABLED")
      #expect(try await Self.login(test, "lea", nil).code == "TOTP_REQUIRED")
      #expect(try await Self.login(test, "lea", "").code == "TOTP_REQUIRED")
      let wrong = try await test.client.post(
        "/api/auth/login",
        ["username": "lea", "password": "wrong", "code": .string(lea.nextCode)])
      #expect(wrong.code == "INVALID_CREDENTIALS")
      let used = TOTP.code(lea.secret, step: lea.used)
      #expect(try await Self.login(test, "lea", used).code == "TOTP_INVALID")
      let right = try await Self.login(test, "lea", lea.nextCode)
      #expect(right.status == 200, "\(right.text)")
      #expect(try await Self.login(test, "lea", lea.nextCode).code == "TOTP_INVALID")
      #expect(try await test.audited("totp_enabled") == ["ok"])
      #expect(try await test.audited("sign_in_refused").contains("refused TOTP_INVALID"))
    }
  }

  @Test func `a recovery code is accepted once, and new ones replace all`() async throws {
    try await TestAppliance.run { test in
      let lea = try await Self.setUp("lea", in: test)
      let noa = try await Self.setUp("noa", in: test)
      #expect(try await Self.login(test, "lea", noa.recovery[0]).code == "TOTP_INVALID")
      #expect(try await Self.login(test, "lea", lea.recovery[0].uppercased()).status == 200)
      #expect(try await Self.login(test, "lea", lea.recovery[0]).code == "TOTP_INVALID")
      let again = try await Self.login(test, "lea", lea.recovery[1])
      let client = test.client.signedIn(again.json["token"]?.string)
      #expect(try await client.get("/api/totp").json["recoveryCodesLeft"]?.int == 8)

      let renewed = try await client.post("/api/totp/recovery-codes", ["code": .string(lea.nextCode)])
      let codes = (renewed.json["recoveryCodes"]?.array ?? []).compactMap(\.string)
      #expect(Set(codes).count == 10 && Set(codes).isDisjoint(with: lea.recovery))
      #expect(try await Self.login(test, "lea", lea.recovery[2]).code == "TOTP_INVALID")
      #expect(try await Self.login(test, "lea", codes[0]).status == 200)
      let hashes = try await test.appliance.database.read { connection in
        try connection.query("SELECT hash FROM recovery_codes", map: { $0.blob(0) })
      }
      #expect(hashes.allSatisfy { $0.count == 32 })
    }
  }

  @Test func `an error for another reason does not use up the code`() async throws {
    try await TestAppliance.run { test in
      let lea = try await Self.setUp("lea", in: test)
      let body: JSONValue = [
        "username": "lea", "password": .string(TestAppliance.password), "code": .string(lea.nextCode),
      ]
      let there = test.client(at: "elsewhere")
      #expect(try await there.post("/api/auth/login", body).code == "ALREADY_LOGGED_IN")
      guard case .object(var members) = body else { return }
      members["takeover"] = true
      #expect(try await there.post("/api/auth/login", .object(members)).status == 200)
    }
  }

  @Test func `guessing codes is rate-limited`() async throws {
    // Time stands still, since on a slow machine the wait could otherwise be over.
    try await TestAppliance.run(clock: .withoutWaits) { test in
      _ = try await Self.setUp("lea", in: test)
      var codes: [String?] = []
      for _ in 0..<7 { codes.append(try await Self.login(test, "lea", "000000x").code) }
      #expect(codes.prefix(6).allSatisfy { $0 == "TOTP_INVALID" })
      #expect(codes.last == "TOO_MANY_ATTEMPTS")
    }
  }

  @Test func `disabling requires password and code; an admin can disable it for others`() async throws {
    try await TestAppliance.run { test in
      let lea = try await Self.setUp("lea", in: test)
      func remove(_ password: String, _ code: String) async throws -> String? {
        try await lea.client.send(
          "DELETE", "/api/totp", ["password": .string(password), "code": .string(code)]
        ).code
      }
      #expect(try await remove("wrong", lea.nextCode) == "WRONG_PASSWORD")
      #expect(try await remove(TestAppliance.password, "000000") == "TOTP_INVALID")
      #expect(try await remove(TestAppliance.password, lea.nextCode) == nil)
      #expect(try await Self.login(test, "lea", nil).status == 200)

      let noa = try await Self.setUp("noa", in: test)
      let boss = try await test.person("boss", role: .admin)
      let id = try #require(try await noa.client.get("/api/auth/me").json["id"]?.string)
      #expect(try await noa.client.delete("/api/admin/users/\(id)/totp").status == 403)
      #expect(try await boss.delete("/api/admin/users/\(id)/totp").status == 200)
      #expect(try await Self.login(test, "noa", nil).status == 200)
      #expect(try await test.audited("totp_disabled").count == 2)
    }
  }

  @Test func `an admin who must set it up can do nothing else first`() async throws {
    try await TestAppliance.run(settings: ["REQUIRE_ADMIN_TOTP": "true"]) { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      #expect(try await lea.get("/api/vms").status == 200)
      #expect(try await lea.get("/api/totp").json["required"]?.bool == false)
      for path in ["/api/vms", "/api/sessions", "/api/monitoring/system", "/api/user/settings"] {
        #expect(try await boss.get(path).code == "TOTP_SETUP_REQUIRED", "\(path)")
      }
      #expect(try await boss.post("/api/tokens", ["name": "way round"]).code == "TOTP_SETUP_REQUIRED")
      #expect(try await boss.get("/api/auth/me").status == 200)
      #expect(try await boss.get("/api/totp").json["required"]?.bool == true)
      #expect(try await boss.post("/api/totp").status == 200)
      let secret = try await Self.secret(of: "boss", in: test)
      let code = TOTP.code(secret, step: TOTP.step(at: test.appliance.clock.now()))
      #expect(try await boss.post("/api/totp/confirm", ["code": .string(code)]).status == 200)
      #expect(try await boss.get("/api/monitoring/system").status == 200)
    }
  }
}
