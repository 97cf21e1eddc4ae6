import HTTP
import Testing

@testable import Appliance

@Suite struct RegisterTests {
  private static let refusals: [(JSONValue, String, String)] = [
    (["name": "Lea", "email": "lea", "password": "correct pony battery"], "email", "INVALID_EMAIL"),
    (
      ["name": "Lea", "email": "lea@x\r\nBcc: y@z.org", "password": "correct pony battery"], "email",
      "INVALID_EMAIL"
    ),
    (
      ["name": "Lea", "email": "léa@bücher.example", "password": "correct pony battery"], "email",
      "INVALID_EMAIL"
    ),
    (["name": "Lea", "email": "lea@example.org", "password": "short"], "password", "PASSWORD_TOO_SHORT"),
    (["name": "Lea", "email": "lea@example.org", "password": "password123"], "password", "PASSWORD_COMMON"),
    (
      ["name": "Lea\nDubois", "email": "lea@example.org", "password": "correct pony battery"], "name",
      "TOO_LONG"
    ),
    (["username": "1lea", "password": "correct pony battery"], "username", "INVALID_USERNAME"),
    (["username": "l/../ea", "password": "correct pony battery"], "username", "INVALID_USERNAME"),
  ]

  @Test func `registration names each invalid field`() async throws {
    try await TestAppliance.run { test in
      for (body, field, code) in Self.refusals {
        let answer = try await test.client.post("/api/auth/register", body)
        #expect(answer.status == 400, "\(body)")
        let errors = answer.json["errors"]?.array ?? []
        #expect(
          errors.contains { $0["field"]?.string == field && $0["code"]?.string == code }, "\(answer.text)")
      }
    }
  }

  @Test func `accented letters before the at sign are refused with their own message`() async throws {
    try await TestAppliance.run { test in
      for (email, word) in [("léa@bücher.example", "accent"), ("léa@", "valid"), ("léa", "valid")] {
        let answer = try await test.client.post(
          "/api/auth/register", ["name": "Léa", "email": .string(email), "password": "correct pony battery"])
        #expect(
          answer.json["errors"]?.array?.first?["message"]?.string?.contains(word) == true, "\(answer.text)")
      }
    }
  }

  @Test func `one address belongs to one account, however its domain is spelled`() async throws {
    try await TestAppliance.run { test in
      let admin = try await test.person("boss", role: .admin)
      let made = try await admin.post(
        "/api/admin/users",
        ["name": "Lea", "email": "lea@xn--bcher-kva.example", "password": .string(TestAppliance.password)])
      #expect(made.status == 201, "\(made.text)")
      #expect(made.json["user"]?["email"]?.string == "lea@bücher.example")
      let again = try await admin.post(
        "/api/admin/users",
        ["name": "Leo", "email": "lea@BÜCHER.example", "password": .string(TestAppliance.password)])
      #expect(again.code == "EMAIL_TAKEN")
      for spelling in ["lea@bücher.example", "Lea@xn--bcher-kva.example", "lea@bu\u{308}cher.example"] {
        let answer = try await test.client(at: "one").post(
          "/api/auth/login",
          ["email": .string(spelling), "password": .string(TestAppliance.password), "takeover": true])
        #expect(answer.status == 200, "\(spelling) \(answer.text)")
      }
    }
  }

  @Test func `when registration is closed it is refused`() async throws {
    try await TestAppliance.run(settings: ["ENABLE_REGISTRATION": "closed"]) { test in
      let answer = try await test.client.post(
        "/api/auth/register", ["username": "lea", "password": .string(TestAppliance.password)])
      #expect(answer.status == 403)
      #expect(answer.code == "REGISTRATION_CLOSED")
    }
  }

  @Test func `a taken name or address is a conflict`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      let name = try await test.client.post(
        "/api/auth/register", ["username": "LEA", "password": .string(TestAppliance.password)])
      #expect(name.status == 409)
      #expect(name.code == "USERNAME_TAKEN")
      let address = try await test.client.post(
        "/api/auth/register",
        ["name": "Lea", "email": "Lea@Example.org", "password": .string(TestAppliance.password)])
      #expect(address.status == 409)
      #expect(address.code == "EMAIL_TAKEN")
    }
  }

  @Test
  func `registration by address signs in after its link was opened, which may be twice`()
    async throws
  {
    try await TestAppliance.run { test in
      let body: JSONValue = [
        "name": "Noa", "email": "noa@example.org", "password": .string(TestAppliance.password),
      ]
      let registered = try await test.client.post("/api/auth/register", body)
      #expect(registered.status == 201)
      #expect(registered.cookie == nil)
      #expect(try await test.client.post("/api/auth/login", body).code == "EMAIL_NOT_VERIFIED")

      let boss = try await test.person("boss", role: .admin)
      let mails = try await boss.get("/api/mailbox?all=1").json.array ?? []
      let mail = try #require(mails.first { $0["to"]?.string == "noa@example.org" }?["id"]?.string)
      let text = try #require(try await boss.get("/api/mailbox/\(mail)").json["text"]?.string)
      let link = try #require(text.firstMatch(of: /token=([A-Za-z0-9_-]+)/)?.1)

      #expect(try await test.client.get("/api/auth/verify-email?token=nothing").status == 400)
      let first = try await test.client.get("/api/auth/verify-email?token=\(link)")
      let second = try await test.client.get("/api/auth/verify-email?token=\(link)")
      #expect(first.status == 200)
      #expect(first.body == second.body)
      #expect(try await test.client.post("/api/auth/login", body).status == 200)
    }
  }

  @Test func `registration by username signs in at once, or waits for approval`() async throws {
    let body: JSONValue = ["username": "noa", "password": .string(TestAppliance.password)]
    try await TestAppliance.run { test in
      let open = try await test.client.post("/api/auth/register", body)
      #expect(open.status == 201)
      #expect(try await test.client.signedIn(open.json["token"]?.string).get("/api/auth/me").status == 200)
    }
    try await TestAppliance.run(settings: ["ENABLE_REGISTRATION": "approval"]) { test in
      let waiting = try await test.client.post("/api/auth/register", body)
      #expect(waiting.status == 201)
      #expect(waiting.json["token"] == nil)
      #expect(try await test.client.post("/api/auth/login", body).code == "NOT_APPROVED")
    }
  }

  @Test func `the setup link creates the first admin, once`() async throws {
    try await TestAppliance.run { test in
      let link = try #require(try await SetupFeature.link(test.appliance.site, test.appliance.database))
      let token = try #require(link.firstMatch(of: /token=(.+)$/)?.1)
      let body: JSONValue = [
        "token": .string(String(token)), "username": "boss", "name": "Boss", "email": "boss@example.org",
        "password": .string(TestAppliance.password),
      ]
      #expect(try await test.client.get("/api/setup?token=guess").status == 400)
      #expect(try await test.client.get("/api/setup?token=\(token)").json["valid"]?.bool == true)
      #expect(try await test.client.get("/api/appliance").json["setupNeeded"]?.bool == true)
      let made = try await test.client.post("/api/setup", body)
      #expect(made.status == 201)
      #expect(made.json["role"]?.string == "admin")
      #expect(try await test.client.post("/api/setup", body).code == "INVALID_TOKEN")
      #expect(try await SetupFeature.link(test.appliance.site, test.appliance.database) == nil)
    }
  }

  @Test func `an unverified address cannot sign in, gets no links, and does not block its owner`()
    async throws
  {
    try await TestAppliance.run { test in
      let password = TestAppliance.password
      let squatter = try await test.client(at: "squatter").post(
        "/api/auth/register",
        ["username": "mallory", "password": .string(password), "email": "lea@example.org"])
      #expect(squatter.status == 201)
      #expect(squatter.json["email"]?.string == "")
      #expect(squatter.json["pendingEmail"]?.string == "lea@example.org")
      #expect(squatter.json["isVerified"]?.bool == false)
      let byAddress: JSONValue = ["email": "lea@example.org", "password": .string(password)]
      #expect(try await test.client(at: "squatter").post("/api/auth/login", byAddress).status == 401)

      // Reading its own mailbox does not reveal the link that verifies the address.
      let signedIn = test.client(at: "squatter").signedIn(squatter.json["token"]?.string)
      let link = try #require(try await test.mailedToken(to: "lea@example.org"))
      let letter = try #require(try await signedIn.get("/api/mailbox").json.array?.first?["id"]?.string)
      #expect(try await !signedIn.get("/api/mailbox/\(letter)").text.contains(link))
      _ = try await test.client.post("/api/auth/reset-password-request", ["email": "lea@example.org"])
      try await test.idle()
      #expect(try await test.mails(to: "lea@example.org").count == 1)

      let owner = try await test.client(at: "lea").post(
        "/api/auth/register",
        ["name": "Lea", "email": "Lea@Example.org", "password": .string(password)])
      #expect(owner.status == 201)
      #expect(
        try await test.client(at: "lea").post("/api/auth/login", byAddress).code == "EMAIL_NOT_VERIFIED")
      let proof = try #require(try await test.mailedToken(to: "lea@example.org", mails: 2))
      #expect(try await test.client.get("/api/auth/verify-email?token=\(proof)").status == 200)
      #expect(try await test.client(at: "lea").post("/api/auth/login", byAddress).status == 200)

      // The claim has ended: its link is invalid, and its account continues by username.
      #expect(try await test.client.get("/api/auth/verify-email?token=\(link)").status == 400)
      let rest = try await signedIn.get("/api/auth/me")
      #expect(rest.status == 200 && rest.json["pendingEmail"] == nil)
    }
  }

  @Test func `of two registrations with one address, the one verified first gets it`()
    async throws
  {
    try await TestAppliance.run { test in
      for _ in 0..<2 {
        let answer = try await test.client.post(
          "/api/auth/register",
          ["name": "Lea", "email": "lea@example.org", "password": .string(TestAppliance.password)])
        #expect(answer.status == 201)
      }
      let proof = try #require(try await test.mailedToken(to: "lea@example.org", mails: 2))
      #expect(try await test.client.get("/api/auth/verify-email?token=\(proof)").status == 200)
      let count = try await test.appliance.database.read { try $0.scalar("SELECT count(*) FROM users") }
      #expect(count == 1)
      let third = try await test.client.post(
        "/api/auth/register",
        ["name": "Lea", "email": "lea@example.org", "password": .string(TestAppliance.password)])
      #expect(third.code == "EMAIL_TAKEN")
    }
  }
}
