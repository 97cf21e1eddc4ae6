import HTTP
import Store
import TestSupport
import Testing

@testable import Appliance

/// The configuration on the page.
@Suite(.timeLimit(.minutes(30))) struct ConfigurationPageTests {
  private static let path = "/api/configuration"

  private func setting(_ name: String, in answer: TestClient.Answer) -> JSONValue? {
    answer.json["settings"]?.array?.first { $0["name"]?.string == name }
  }

  private func mail(_ server: TinyMailServer, _ more: [String: JSONValue] = [:]) -> JSONValue {
    .object(
      [
        "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": .string("\(server.port)"), "EMAIL_SECURE": "none",
        "EMAIL_FROM": "OBox <box@example.org>",
      ].merging(more) { _, new in new })
  }

  @Test func `only administrators see and change it, and no program with a token does`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      #expect(try await lea.get(Self.path).status == 403)
      #expect(try await lea.patch(Self.path, ["ENABLE_REGISTRATION": "closed"]).status == 403)
      #expect(try await lea.post(Self.path + "/test-mail").status == 403)
      let boss = try await test.person("boss", role: .admin)
      let token = try await boss.post(
        "/api/tokens",
        [
          "name": "script", "rights": ["read", "write", "admin"], "days": 1,
          "password": .string(TestAppliance.password),
        ])
      let program = test.client.signedIn(token.json["token"]?.string)
      #expect(try await program.patch(Self.path, ["EMAIL_HOST": "evil.example"]).status == 403)
      #expect(try await program.post(Self.path + "/test-mail").status == 403)
      #expect(test.appliance.site.configuration == test.appliance.site.live.given)
    }
  }

  @Test(arguments: [
    ("PUBLIC_URL", "lab.example", "INVALID"), ("PUBLIC_URL", "javascript://x", "INVALID"),
    ("PUBLIC_URL", "https://lab.example/a", "INVALID"), ("ENABLE_REGISTRATION", "maybe", "INVALID"),
    ("PLAIN_CLIENTS", "yes", "INVALID"), ("ADMIN_MACHINES", "yes", "INVALID"),
    ("PUBLIC_IP", "198.51.100.1", "FIXED"), ("PUBLIC_URL", String(repeating: "a", count: 501), "TOO_LONG"),
  ]) func `a value that cannot be is refused beside its field, and nothing changes`(
    name: String, value: String, code: String
  ) async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let answer = try await boss.patch(Self.path, .object([name: .string(value), "EMAIL_USER": "u"]))
      #expect(answer.status == 400)
      #expect(answer.json["errors"]?.array?.map { $0["field"]?.string } == [name])
      #expect(answer.json["errors"]?.array?.first?["code"]?.string == code)
      #expect(setting("EMAIL_USER", in: try await boss.get(Self.path))?["source"]?.string == "default")
      #expect(test.appliance.site.configuration == test.appliance.site.live.given)
    }
  }

  @Test func `all that is wrong with the mail server is said at once`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let answer = try await boss.patch(
        Self.path,
        [
          "EMAIL_HOST": "a b", "EMAIL_PORT": "smtp", "EMAIL_SECURE": "maybe", "EMAIL_FROM": "nobody",
          "PUBLIC_URL": "x",
        ])
      let fields = Set(answer.json["errors"]?.array?.compactMap { $0["field"]?.string } ?? [])
      #expect(fields.isSuperset(of: ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_SECURE", "PUBLIC_URL"]))
      let lonely = try await boss.patch(Self.path, ["EMAIL_HOST": "mail.example", "EMAIL_USER": "u"])
      #expect(lonely.json["errors"]?.array?.first?["field"]?.string == "EMAIL_PASS")
      let senderless = try await boss.patch(Self.path, ["EMAIL_HOST": "mail.example"])
      #expect(senderless.json["errors"]?.array?.first?["field"]?.string == "EMAIL_FROM")
    }
  }

  @Test func `a change applies at once, is kept over a restart, and is in the audit log`() async throws {
    let folder = TemporaryFolder()
    let test = try await TestAppliance.start(in: folder.path)
    let boss = try await test.person("boss", role: .admin)
    let answer = try await boss.patch(
      Self.path, ["ENABLE_REGISTRATION": "closed", "PUBLIC_URL": "https://lab.example/"])
    #expect(answer.status == 200)
    #expect(setting("ENABLE_REGISTRATION", in: answer)?["source"]?.string == "page")
    #expect(setting("PUBLIC_URL", in: answer)?["value"]?.string == "https://lab.example")
    #expect(try await test.client.get("/api/appliance").json["registration"]?.string == "closed")
    #expect(try await test.client.post("/api/auth/register").code == "REGISTRATION_CLOSED")
    let details = try await test.appliance.database.read {
      try $0.first("SELECT details FROM audit WHERE action = 'system_settings_changed'", map: { $0.text(0) })
    }
    #expect(details == "PUBLIC_URL ENABLE_REGISTRATION")
    await test.appliance.stop()

    let next = try await TestAppliance.start(in: folder.path)
    #expect(next.appliance.site.publicURL == "https://lab.example")
    #expect(try await next.client.get("/api/appliance").json["registration"]?.string == "closed")
    await next.appliance.stop()

    // What the administrator of the host writes wins, and what was set on the page is kept for when it goes.
    let fixed = try await TestAppliance.start(in: folder.path, settings: ["ENABLE_REGISTRATION": "approval"])
    #expect(try await fixed.client.get("/api/appliance").json["registration"]?.string == "approval")
    let again = try await fixed.again("boss", at: "elsewhere")
    let entry = setting("ENABLE_REGISTRATION", in: try await again.get(Self.path))
    #expect(entry?["source"]?.string == "environment" && entry?["isEditable"]?.bool == false)
    #expect(setting("PUBLIC_URL", in: try await again.get(Self.path))?["source"]?.string == "page")
    let reset = try await again.patch(Self.path, ["PUBLIC_URL": .null])
    #expect(setting("PUBLIC_URL", in: reset)?["source"]?.string == "default")
    await fixed.appliance.stop()
  }

  @Test func `a stored value that has become invalid is left out with its group, and the rest applies`()
    async throws
  {
    try await TestAppliance.run { test in
      let log = Log(level: .error)
      let stored = PageSettings(vault: test.appliance.vault)
      let site = test.appliance.site
      stored.apply(
        to: site,
        from: [.emailHost: "a b", .emailFrom: "box@example.org", .registration: "closed", .publicURL: "x"],
        log)
      #expect(site.configuration.registration == .closed && site.configuration.mail == nil)
    }
  }

  @Test func `mail goes out from the moment a server is set, and stays here once it is taken away`()
    async throws
  {
    let server = TinyMailServer()
    defer { server.stop() }
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      #expect(try await boss.post(Self.path + "/test-mail").code == "NO_MAIL_SERVER")
      #expect(try await boss.patch(Self.path, mail(server)).status == 200)
      #expect(try await test.client.get("/api/appliance").json["mail"]?.string == "smtp")
      let sent = try await boss.post(Self.path + "/test-mail")
      #expect(sent.status == 200 && sent.json["to"]?.string == "boss@example.org", "\(sent.text)")
      #expect(sent.json["answer"]?.string?.contains("queued as 4F1") == true)
      #expect(await server.mail(with: "Subject: Test email"))

      _ = try await test.client.post("/api/auth/reset-password-request", ["email": "boss@example.org"])
      #expect(await server.mail(with: "Subject: Reset your password"))

      #expect(try await boss.patch(Self.path, ["EMAIL_HOST": ""]).status == 200)
      #expect(try await test.client.get("/api/appliance").json["mail"]?.string == "mailbox")
    }
  }

  @Test func `a refusal of the mail server is shown as it is`() async throws {
    let server = TinyMailServer(refuses: true)
    defer { server.stop() }
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      #expect(try await boss.patch(Self.path, mail(server)).status == 200)
      let refused = try await boss.post(Self.path + "/test-mail")
      #expect(refused.status == 502 && refused.code == "MAIL_NOT_SENT")
      #expect(refused.text.contains("550"), "\(refused.text)")
    }
  }

  @Test func `the password is never shown, is sealed, and goes to no other server`() async throws {
    let server = TinyMailServer()
    defer { server.stop() }
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let secret = "hunter2-secret"
      let login: [String: JSONValue] = ["EMAIL_USER": "box", "EMAIL_PASS": .string(secret)]
      let answer = try await boss.patch(Self.path, mail(server, login))
      #expect(answer.status == 200 && !answer.text.contains(secret))
      #expect(setting("EMAIL_PASS", in: answer)?["isSet"]?.bool == true)
      #expect(setting("EMAIL_PASS", in: answer)?["value"] == .null)
      #expect(test.appliance.site.live.mail?.login?.password == secret)
      let kept = try await test.appliance.database.read { connection in
        try connection.query("SELECT value FROM settings", map: { $0.blob(0) })
          + connection.query("SELECT CAST(details AS BLOB) FROM audit", map: { $0.blob(0) })
      }
      #expect(!kept.contains { String(decoding: $0, as: UTF8.self).contains(secret) })

      for change in [["EMAIL_HOST": "evil.example"], ["EMAIL_PORT": "2525"], ["EMAIL_SECURE": ""]]
        as [JSONValue]
      {
        let refused = try await boss.patch(Self.path, change)
        #expect(refused.json["errors"]?.array?.first?["code"]?.string == "PASSWORD_NEEDED")
      }
      #expect(test.appliance.site.live.mail?.host == "127.0.0.1")
      #expect(try await boss.patch(Self.path, ["EMAIL_FROM": "other@example.org"]).status == 200)
      #expect(test.appliance.site.live.mail?.login?.password == secret)
      let moved = try await boss.patch(Self.path, ["EMAIL_HOST": "mail.example", "EMAIL_PASS": "new one"])
      #expect(moved.status == 200 && test.appliance.site.live.mail?.login?.password == "new one")
    }
  }

  @Test func `with a mail server in the environment none of its settings can be changed`() async throws {
    let settings = ["EMAIL_HOST": "mail.example", "EMAIL_FROM": "box@example.org"]
    try await TestAppliance.run(settings: settings) { test in
      let boss = try await test.person("boss", role: .admin)
      let answer = try await boss.get(Self.path)
      for name in ["EMAIL_HOST", "EMAIL_PASS", "EMAIL_USER"] {
        #expect(setting(name, in: answer)?["isEditable"]?.bool == false)
      }
      let refused = try await boss.patch(Self.path, ["EMAIL_USER": "u", "EMAIL_PASS": "p"])
      #expect(refused.json["errors"]?.array?.map { $0["code"]?.string } == ["FIXED", "FIXED"])
    }
  }

  @Test func `administrators are allowed machines and forbidden them again`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      for isAllowed in [true, false] {
        let answer = try await boss.patch(Self.path, ["ADMIN_MACHINES": .string("\(isAllowed)")])
        #expect(setting("ADMIN_MACHINES", in: answer)?["value"]?.string == "\(isAllowed)")
        #expect(try await boss.get("/api/host").json["quota"]?["canCreate"]?.bool == isAllowed)
      }
    }
  }

  @Test(.enabled(if: OpenSSL.isThere))
  func `programs are let in without TLS from the next request on, and kept out again`() async throws {
    try await TestAppliance.run(settings: ["TLS": "auto", "TRUSTED_PROXIES": "127.0.0.1"]) { test in
      var boss = test.client
      boss.headers["X-Forwarded-Proto"] = "https"
      boss = try await self.boss(boss, test)
      for (value, status) in [("on", 200), ("off", 403)] {
        let answer = try await boss.patch(Self.path, ["PLAIN_CLIENTS": .string(value)])
        #expect(answer.json["certificate"]?["kind"]?.string == "own")
        #expect(try await test.client.get("/api/health").status == status)
      }
    }
  }

  private func boss(_ client: TestClient, _ test: TestAppliance) async throws -> TestClient {
    var account = NewAccount([:], language: .en)
    account.username = "boss"
    account.name = "Boss"
    account.role = .admin
    let hash = try await test.appliance.passwords.hasher.hash(TestAppliance.password)
    try await test.appliance.database.write { [account] tx in _ = try account.insert(hash: hash, in: tx) }
    let answer = try await client.post(
      "/api/auth/login", ["username": "boss", "password": .string(TestAppliance.password)])
    return client.signedIn(answer.json["token"]?.string)
  }
}
