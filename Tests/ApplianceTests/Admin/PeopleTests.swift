import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct PeopleTests {
  private static let refusals: [(JSONValue, Int, String)] = [
    ([:], 400, "VALIDATION_FAILED"),
    (["username": "noa", "name": "Noa"], 400, "VALIDATION_FAILED"),
    (["username": "1noa", "email": "noa@example.org"], 400, "VALIDATION_FAILED"),
    (["email": "noa@example.org", "password": "short"], 400, "VALIDATION_FAILED"),
    (["email": "noa@example.org", "role": "god"], 400, "VALIDATION_FAILED"),
    (["email": "noa@example.org", "categoryId": "17"], 400, "VALIDATION_FAILED"),
    (["email": "noa@example.org", "categoryId": "x"], 400, "VALIDATION_FAILED"),
    (["email": "lea@example.org"], 409, "EMAIL_TAKEN"),
    (["email": "noa@example.org", "username": "LEA"], 409, "USERNAME_TAKEN"),
  ]

  @Test func `an invalid person is refused, and nothing is stored`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await test.person("lea")
      for (body, status, code) in Self.refusals {
        let answer = try await boss.post("/api/admin/users", body)
        #expect(answer.status == status, "\(body)")
        #expect(answer.code == code, "\(body)")
      }
      #expect(try await boss.get("/api/admin/users").json["total"]?.int == 2)
      #expect(try await !test.audited().contains("user_created"))
    }
  }

  @Test func `an invited person cannot sign in before choosing a password by the link`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let made = try await boss.post("/api/admin/users", ["name": "Noa", "email": "noa@example.org"])
      #expect(made.status == 201)
      #expect(made.json["user"]?["isInvited"]?.bool == true)
      #expect(made.json["user"]?["username"]?.string == "noa")
      for password in ["", TestAppliance.password] {
        let answer = try await test.client.post(
          "/api/auth/login", ["username": "noa", "password": .string(password)])
        #expect(answer.status == (password.isEmpty ? 400 : 401))
      }
      let first = try await test.mailedToken(to: "noa@example.org", as: boss)
      let id = try await test.id("noa")
      #expect(try await boss.post("/api/admin/users/\(id)/invite").status == 200)
      let second = try await test.mailedToken(to: "noa@example.org", as: boss)
      let valid = try await test.appliance.database.read { connection in
        try [first, second].map { text in
          let hash = try #require(Token.hash(text, for: .resetPassword))
          return try connection.scalar(
            "SELECT expires_at - created_at FROM tokens WHERE hash = ? AND purpose = 'reset-password'", hash)
        }
      }
      #expect(valid == [nil, 7 * 24 * 3600 * 1000])
      let link = try await test.client.get("/api/auth/verify-reset-token?token=\(second)")
      #expect(link.json["invited"]?.bool == true)
      let leaID = try await test.accounts(["lea"])[0]
      #expect(try await boss.post("/api/admin/users/\(leaID)/invite").code == "ALREADY_JOINED")
      #expect(
        try await test.audited().filter { $0.hasPrefix("user_") } == [
          "user_created", "user_invited", "user_invited",
        ])
    }
  }

  @Test func `a link needs an address, which can be given later`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.accounts(["noa"])[0]
      #expect(try await boss.post("/api/admin/users/\(id)/reset-password").code == "NO_EMAIL")
      #expect(
        try await boss.send("PATCH", "/api/admin/users/\(id)", ["email": "Noa@example.org"]).status == 200)
      #expect(try await boss.post("/api/admin/users/\(id)/reset-password").status == 200)
      _ = try await test.mailedToken(to: "noa@example.org", as: boss)
      // A new address invalidates links mailed to the old one.
      #expect(
        try await boss.send("PATCH", "/api/admin/users/\(id)", ["email": "noa@example.com"]).status == 200)
      let links = try await test.appliance.database.read {
        try $0.scalar("SELECT count(*) FROM tokens WHERE user_id = ?", id)
      }
      #expect(links == 0)
      #expect(try await boss.post("/api/admin/users/999999/reset-password").status == 404)
    }
  }

  @Test func `a registered person waits for an admin's approval, and is notified by mail`() async throws {
    try await TestAppliance.run(settings: ["ENABLE_REGISTRATION": "approval"]) { test in
      let boss = try await test.person("boss", role: .admin)
      let body: JSONValue = [
        "username": "noa", "email": "noa@example.org", "password": .string(TestAppliance.password),
      ]
      #expect(try await test.client.post("/api/auth/register", body).status == 201)
      let waiting = try await boss.get("/api/admin/users?status=pending")
      #expect(waiting.json["total"]?.int == 1)
      let id = try #require(waiting.json["users"]?.array?.first?["id"]?.string)
      #expect(try await test.signIn("noa", at: "home").code == "NOT_APPROVED")
      // An unverified address gets no mail except its verification.
      let token = try #require(try await test.mailedToken(to: "noa@example.org"))
      #expect(try await test.client.get("/api/auth/verify-email?token=\(token)").status == 200)
      for _ in 0..<2 {
        #expect(try await boss.post("/api/admin/users/\(id)/approve").status == 200)
      }
      #expect(try await test.signIn("noa", at: "home").status == 200)
      let mails = try await boss.get("/api/mailbox?all=1").json.array ?? []
      #expect(mails.filter { $0["subject"]?.string == "Your account has been approved" }.count == 1)
      #expect(try await test.audited().filter { $0 == "user_approved" }.count == 1)
    }
  }

  @Test func `a new role applies to open sessions at once`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let path = "/api/admin/users/\(try await test.id("lea"))"
      #expect(try await lea.get("/api/admin/audit").status == 403)
      #expect(try await boss.send("PATCH", path, ["role": "admin"]).status == 200)
      #expect(try await lea.get("/api/admin/audit").status == 200)
      #expect(try await boss.send("PATCH", path, ["role": "user"]).status == 200)
      #expect(try await lea.get("/api/admin/audit").status == 403)
      #expect(try await test.audited().suffix(2) == ["role_changed", "role_changed"])
    }
  }

  @Test func `deactivation and a new password end sessions and sockets at once`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let socket = try await TestWebSocket.signedIn(lea)
      let path = "/api/users/\(try await test.id("lea"))"
      #expect(try await boss.send("PATCH", path + "/status", ["isActive": false]).status == 200)
      #expect(try await lea.get("/api/auth/me").status == 401)
      #expect(try await socket.next("SESSION_ENDED")["reason"]?.string == "DEACTIVATED")
      #expect(await socket.ended() == 4001)
      #expect(try await test.signIn("lea", at: "lea").code == "DEACTIVATED")

      #expect(try await boss.send("PATCH", path, ["isActive": true]).status == 200)
      let again = try await test.welcome("lea", at: "lea")
      let page = try await TestWebSocket.signedIn(again)
      #expect(try await boss.put(path + "/password", ["newPassword": "lea"]).status == 400)
      #expect(try await boss.put(path + "/password", ["newPassword": "a wholly new one"]).status == 200)
      #expect(try await again.get("/api/auth/me").status == 401)
      #expect(try await page.next("SESSION_ENDED")["reason"]?.string == "PASSWORD_CHANGED")
      #expect(try await test.signIn("lea", at: "lea").code == "INVALID_CREDENTIALS")

      #expect(try await boss.delete(path).status == 200)
      #expect(try await boss.get(path).json["isActive"]?.bool == false)
    }
  }

  @Test func `nobody can demote, deactivate or delete themselves`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let path = "/users/\(try await test.id("boss"))"
      #expect(try await boss.send("PATCH", "/api/admin\(path)", ["role": "employee"]).code == "SELF")
      #expect(try await boss.send("PATCH", "/api/admin\(path)", ["isActive": false]).code == "SELF")
      #expect(try await boss.delete("/api/admin\(path)").code == "SELF")
      #expect(try await boss.delete("/api\(path)").code == "SELF")
      #expect(try await boss.put("/api\(path)/status", ["isActive": false]).code == "SELF")
      #expect(try await boss.put("/api\(path)/password", ["newPassword": "a wholly new one"]).code == "SELF")
      #expect(try await boss.send("PATCH", "/api/admin\(path)", ["name": "The Boss"]).status == 200)
      #expect(try await boss.get("/api/auth/me").json["name"]?.string == "The Boss")
    }
  }

  // ada: demote bo           bo: demote ada
  // counts: bo is left
  //                         counts: ada is left
  // writes                  writes            → nobody is left: what must not be
  @Test(arguments: ["role", "isActive", "delete"])
  func `when two admins remove each other at once, one is left`(way: String) async throws {
    try await TestAppliance.run { test in
      let (ada, bo) = (
        try await test.person("ada", role: .admin), try await test.person("bo", role: .admin)
      )
      let (adaID, boID) = (try await test.id("ada"), try await test.id("bo"))
      @Sendable func remove(_ id: Int64, as client: TestClient) async throws -> Int {
        let path = "/api/admin/users/\(id)"
        switch way {
        case "role": return try await client.send("PATCH", path, ["role": "employee"]).status
        case "isActive": return try await client.send("PATCH", path, ["isActive": false]).status
        default: return try await client.delete(path).status
        }
      }
      async let first = remove(boID, as: ada)
      async let second = remove(adaID, as: bo)
      let statuses = try await [first, second]
      #expect(statuses.filter { $0 < 300 }.count == 1, "\(statuses)")
      let left = try await test.appliance.database.read {
        try $0.scalar("SELECT count(*) FROM users WHERE role = 'admin' AND is_active = 1")
      }
      #expect(left == 1)
    }
  }

  @Test func `the last admin cannot be removed`() async throws {
    try await TestAppliance.run { test in
      let ids = try await test.accounts(["ada", "bo"], role: .admin)
      func check() async throws {
        try await test.appliance.database.write { tx in
          let ada = try #require(try Account.find(ids[0], in: tx))
          try Privilege.checkNotLastAdmin(ada, in: tx)
        }
      }
      try await check()
      for change in ["is_active = 0", "is_active = 1, is_approved = 0", "role = 'moderator'"] {
        try await test.appliance.database.write {
          try $0.execute("UPDATE users SET \(change) WHERE id = ?", ids[1])
        }
        await #expect(throws: Failure.self) { try await check() }
      }
    }
  }

  @Test func `when somebody was last seen outlives their session and a restart`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      func seen(_ client: TestClient) async throws -> JSONValue? {
        try await client.get("/api/admin/users?q=lea").json["users"]?.array?.first?["lastSeen"]
      }
      let before = try await seen(boss)
      #expect(before?.string != nil)
      _ = try await lea.post("/api/auth/logout")
      #expect(try await seen(boss) == before)
      #expect(try await test.count("SELECT count(*) FROM users WHERE last_seen_at IS NOT NULL") == 1)
    }
  }

  @Test func `people are found by parts of their names, ignoring case, and paged`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      try await test.accounts((1...5).map { "person\($0)" })
      let id = try await test.accounts(["zoe"])[0]
      _ = try await boss.send("PATCH", "/api/admin/users/\(id)", ["name": "Zoé Ünal 100%_"])
      func names(_ query: String) async throws -> [String] {
        let answer = try await boss.get("/api/admin/users?\(query)")
        return answer.json["users"]?.array?.compactMap { $0["username"]?.string } ?? []
      }
      #expect(try await names("q=ZO%C3%89") == ["zoe"])
      #expect(try await names("q=%C3%BCnal") == ["zoe"])
      #expect(try await names("q=%25_") == ["zoe"])
      #expect(try await names("q=%25n") == [])
      #expect(try await names("role=admin") == ["boss"])
      #expect(try await names("status=inactive") == [])
      #expect(try await boss.get("/api/admin/users?role=x").status == 400)
      let page = try await boss.get("/api/admin/users?q=PERSON&limit=2")
      #expect(page.json["total"]?.int == 5)
      let next = try #require(page.headers["x-next-before"])
      #expect(try await names("q=person&limit=2&before=\(next)") == ["person3", "person2"])
      let me = try await boss.get("/api/admin/users?q=boss").json["users"]?.array?.first
      #expect(me?["live"]?.bool == true)
      #expect(me?["role"]?.string == "admin")
      #expect(me?["lastSeen"]?.string != nil)
    }
  }

  @Test func `the directory shows public fields of active people, and its plan uses a key`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let gone = try await test.accounts(["gone"])[0]
      #expect(try await boss.delete("/api/users/\(gone)").status == 200)
      let shown = try await lea.get("/api/users").json.array ?? []
      #expect(shown.compactMap { $0["username"]?.string } == ["lea", "boss"])
      #expect(shown.first?["isVerified"] == nil)
      #expect(try await lea.get("/api/users/\(gone)").status == 404)
      #expect(try await boss.get("/api/users").json.array?.count == 3)
      let plan = try await test.appliance.database.read { connection in
        try connection.query(
          "EXPLAIN QUERY PLAN SELECT \(PersonView.columns) FROM users WHERE id < ? ORDER BY id DESC LIMIT ?",
          1, 1
        ) { $0.text(3) }
      }
      #expect(plan.contains { $0.contains("SEARCH users USING INTEGER PRIMARY KEY") }, "\(plan)")
      #expect(!plan.contains { $0.contains("SCAN") || $0.contains("B-TREE") }, "\(plan)")
    }
  }
}
