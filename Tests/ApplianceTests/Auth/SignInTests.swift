import HTTP
import Testing

@testable import Appliance

@Suite struct SignInTests {
  /// Bodies of sign-in with the expected status and code.
  private static let refusals: [(JSONValue, Int, String)] = [
    ([:], 400, "VALIDATION_FAILED"),
    (["email": "lea@example.org"], 400, "VALIDATION_FAILED"),
    (["password": "correct pony battery"], 400, "VALIDATION_FAILED"),
    (["username": "nobody", "password": "correct pony battery"], 401, "INVALID_CREDENTIALS"),
    (["username": "lea", "password": "wrong"], 401, "INVALID_CREDENTIALS"),
    (["email": "lea@example.org' OR 1=1 --", "password": "x"], 401, "INVALID_CREDENTIALS"),
    (["username": 17, "password": ["x"]], 400, "VALIDATION_FAILED"),
  ]

  @Test func `sign-in refuses missing or wrong fields, each with its code`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      for (body, status, code) in Self.refusals {
        let answer = try await test.client.post("/api/auth/login", body)
        #expect(answer.status == status, "\(body)")
        #expect(answer.code == code, "\(body)")
        #expect(answer.json["success"]?.bool == false)
        #expect(answer.json["error"] == answer.json["message"])
      }
    }
  }

  @Test func `an account that may not sign in is told why, but only with the right password`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      for (change, code) in [
        ("is_active = 0", "DEACTIVATED"), ("is_active = 1, is_approved = 0", "NOT_APPROVED"),
        ("is_approved = 1, is_verified = 0", "EMAIL_NOT_VERIFIED"),
      ] {
        try await test.appliance.database.write { tx in
          try tx.execute("/* test */ UPDATE users SET \(change)")
        }
        let right = try await test.client(at: "lea").post(
          "/api/auth/login", ["username": "lea", "password": .string(TestAppliance.password)])
        #expect(right.status == 403)
        #expect(right.code == code)
        let wrong = try await test.client.post(
          "/api/auth/login", ["username": "lea", "password": "something else"])
        #expect(wrong.code == "INVALID_CREDENTIALS")
      }
    }
  }

  @Test func `repeated failures must wait, and are told how long`() async throws {
    try await TestAppliance.run(clock: .withoutWaits) { test in
      _ = try await test.person("lea")
      var last: TestClient.Answer?
      for _ in 0..<7 {
        last = try await test.client.post("/api/auth/login", ["username": "lea", "password": "wrong"])
      }
      #expect(last?.status == 429)
      #expect(last?.code == "TOO_MANY_ATTEMPTS")
      #expect(Int(last?.headers["retry-after"] ?? "") ?? 0 > 0)
    }
  }

  @Test func `requests without a session or with an ended token are refused`() async throws {
    try await TestAppliance.run { test in
      #expect(try await test.client.get("/api/auth/me").status == 401)
      #expect(try await test.client.signedIn("made-up").get("/api/auth/me").status == 401)
      let lea = try await test.person("lea")
      #expect(try await lea.get("/api/auth/me").json["user"]?["username"]?.string == "lea")
      #expect(try await lea.post("/api/auth/logout").status == 200)
      #expect(try await lea.get("/api/auth/me").status == 401)
      #expect(try await lea.post("/api/auth/logout").status == 200)
    }
  }

  @Test func `the response of sign-in has the fields of each client, and never a hash`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      let body: JSONValue = ["email": "LEA@example.org", "password": .string(TestAppliance.password)]
      let home = test.client(at: "lea")
      let other = try await home.post("/api/auth/login", body)
      #expect(other.status == 200)
      #expect(other.json["success"]?.bool == true)
      #expect(other.json["role"]?.string == "employee")
      #expect(other.json["user"]?["role"]?.string == "user")
      #expect(other.json["id"]?.string == other.json["user"]?["id"]?.string)
      #expect(other.json["token"]?.string.flatMap(Token.cookie) == other.cookie)
      #expect(!other.text.contains("argon2"))

      var own = home
      own.headers["Sec-Fetch-Site"] = "same-origin"
      let page = try await own.post("/api/auth/login", body)
      #expect(page.json["token"] == nil)
      let cookie = try #require(page.headers["set-cookie"])
      for part in ["HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains(part)) }
    }
  }

  @Test func `behind a proxy that rewrites Host, the error says that PUBLIC_URL is missing`() async throws {
    let origin = "https://lab.example.org"
    for settings in [[:], ["PUBLIC_URL": "https://other.example.org"], ["PUBLIC_URL": origin]] {
      try await TestAppliance.run(settings: settings) { test in
        let lea = try await test.person("lea")
        var browser = test.client
        browser.headers["Cookie"] = lea.cookie
        browser.headers["Origin"] = origin
        let answer = try await browser.put("/api/user/settings", ["theme": "dark"])
        #expect(answer.status == (settings["PUBLIC_URL"] == origin ? 200 : 403))
        #expect(answer.text.contains("PUBLIC_URL=\(origin)") == settings.isEmpty)
        // A live connection reports it, too.
        if settings["PUBLIC_URL"] != origin {
          let socket = try await TestWebSocket.open(browser, byCookie: false)
          let refusal = try await socket.next("ERROR")
          #expect(refusal["code"]?.string == "FOREIGN_ORIGIN")
          #expect(refusal["message"]?.string?.contains("PUBLIC_URL=\(origin)") == settings.isEmpty)
          socket.close()
        }
        // When the browser reports a cross-site request, PUBLIC_URL is not suggested.
        browser.headers["Sec-Fetch-Site"] = "cross-site"
        #expect(try await !browser.put("/api/user/settings", ["theme": "dark"]).text.contains("PUBLIC_URL"))
      }
    }
  }

  @Test func `a change requested by another site is refused, one by our page is not`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      var browser = test.client
      browser.headers["Cookie"] = lea.cookie
      for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://elsewhere.example"),
        ("Origin", "null"),
      ] {
        var foreign = browser
        foreign.headers[name] = value
        #expect(try await foreign.put("/api/user/settings", ["theme": "dark"]).code == "FOREIGN_ORIGIN")
      }
      browser.headers["Origin"] = "http://127.0.0.1:\(test.port)"
      #expect(try await browser.put("/api/user/settings", ["theme": "dark"]).status == 200)
    }
  }

  @Test func `a session survives a restart of the daemon`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      await test.appliance.stop()
      let again = try await TestAppliance.start(in: test.folder)
      #expect(try await again.client.signedIn(lea.token).get("/api/auth/me").status == 200)
      await again.appliance.stop()
    }
  }

  @Test func `errors are in the client's language, French by default`() async throws {
    try await TestAppliance.run { test in
      var client = test.client
      client.headers["Accept-Language"] = "de"
      let french = try await client.get("/api/auth/me").json["message"]?.string
      #expect(french == Failure.unauthenticated.sentence.fr)
      client.headers["Accept-Language"] = "en-GB,fr;q=0.5"
      let english = try await client.get("/api/auth/me").json["message"]?.string
      #expect(english == Failure.unauthenticated.sentence.en)
    }
  }
}
