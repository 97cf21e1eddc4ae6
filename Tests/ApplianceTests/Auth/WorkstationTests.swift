import HTTP
import Testing

@testable import Appliance

/// Cases reported by users, with a desk and a home workstation.
@Suite struct WorkstationTests {
  @Test func `signing out is effective at once, and allows sign-in anywhere`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      let desk = try await test.welcome("lea", at: "desk")
      let page = try await TestWebSocket.signedIn(desk)
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")

      #expect(try await desk.post("/api/auth/logout").status == 200)
      #expect(test.present == [])
      #expect(try await test.signIn("lea", at: "home").status == 200)
      #expect(try await test.signIn("noa", at: "desk").status == 200)
      #expect(try await page.next("SESSION_ENDED")["reason"]?.string == "SIGNED_OUT")
      #expect(await page.ended() == 4001)
    }
  }

  @Test func `signing out frees the workstation however often the person signed in there`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      let first = try await test.welcome("lea", at: "desk")
      let page = try await TestWebSocket.signedIn(first)
      let second = try await test.welcome("lea", at: "desk")
      #expect(try await first.get("/api/auth/me").status == 200)

      #expect(try await second.post("/api/auth/logout").status == 200)
      #expect(try await first.get("/api/auth/me").status == 401)
      #expect(try await page.next("SESSION_ENDED")["reason"]?.string == "SIGNED_OUT")
      #expect(try await test.signIn("lea", at: "home").status == 200)
      #expect(try await test.signIn("noa", at: "desk").status == 200)
    }
  }

  @Test func `closing a page frees the workstation and keeps its session valid`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      let desk = try await test.welcome("lea", at: "desk")
      for leave in [TestWebSocket.close, TestWebSocket.cut, TestWebSocket.reset] {
        let page = try await TestWebSocket.signedIn(desk)
        #expect(try await test.signIn("noa", at: "desk").code == "WORKSTATION_IN_USE")
        leave(page)()
        await eventually { test.present == [] }
        #expect(test.appliance.sessions.entries().filter(test.appliance.sessions.isLive).isEmpty)
        #expect(try await desk.get("/api/auth/me").status == 200)
      }
      let page = try await TestWebSocket.signedIn(desk)
      page.close()
      await eventually { test.present == [] }
      #expect(try await test.signIn("lea", at: "home").status == 200)
      #expect(try await desk.get("/api/auth/me").status == 401)
    }
  }

  @Test func `a second account on a workstation is refused and told whose it is`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      let desk = try await test.welcome("lea", at: "desk")
      for takeover in [false, true] {
        let answer = try await test.signIn("noa", at: "desk", takeover: takeover)
        #expect(answer.status == 409)
        #expect(answer.code == "WORKSTATION_IN_USE")
        #expect(answer.json["account"]?["name"]?.string == "Lea")
        #expect(answer.json["token"] == nil && answer.headers["set-cookie"] == nil)
      }
      #expect(try await desk.post("/api/auth/logout").status == 200)
      #expect(try await test.signIn("noa", at: "desk").status == 200)
    }
  }

  @Test func `a second workstation is refused and told where and since when the first is live`() async throws
  {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      try await test.accounts(["lea"])
      var desk = test.client(at: "desk")
      desk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
      #expect(try await test.signIn("lea", with: desk).status == 200)
      time.advance(by: .seconds(30))
      let answer = try await test.signIn("lea", at: "home")
      #expect(answer.status == 409)
      #expect(answer.code == "ALREADY_LOGGED_IN")
      #expect(answer.json["workstation"]?["name"]?.string == "Firefox · Linux")
      #expect(answer.json["workstation"]?["since"]?.string == "2023-11-14T22:13:20.000Z")
    }
  }

  @Test func `a takeover ends the first session, whose page is told at once`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      let desk = try await test.welcome("lea", at: "desk")
      let tabs = try await [TestWebSocket.signedIn(desk), TestWebSocket.signedIn(desk)]
      let home = try await test.welcome("lea", at: "home", takeover: true)
      for tab in tabs {
        #expect(try await tab.next("SESSION_ENDED")["reason"]?.string == "TAKEN_OVER")
        #expect(await tab.ended() == 4001)
      }
      #expect(try await desk.get("/api/auth/me").status == 401)
      #expect(try await home.get("/api/auth/me").status == 200)
      let stranger = try await TestWebSocket.open(desk)
      try stranger.send("AUTHENTICATE", ["token": .string(desk.token ?? "")])
      #expect(try await stranger.next("ERROR")["code"]?.string == "UNAUTHENTICATED")
    }
  }

  // desk A            desk B            …            the daemon
  // login ─────┐
  //            └──────login ────┐
  //                             └───────login ─────► one 200, the others 409
  @Test func `of many concurrent sign-ins exactly one succeeds`() async throws {
    try await TestAppliance.run { test in
      let names = (0..<8).map { "person\($0)" }
      try await test.accounts(names + ["lea"])
      let atManyPlaces = try await Self.together(6) { try await test.signIn("lea", at: "place\($0)").status }
      #expect(atManyPlaces.sorted() == [200] + Array(repeating: 409, count: 5))
      let atOnePlace = try await Self.together(8) { try await test.signIn(names[$0], at: "desk").status }
      #expect(atOnePlace.sorted() == [200] + Array(repeating: 409, count: 7))
    }
  }

  @Test func `registration waits for its turn like a sign-in`() async throws {
    try await TestAppliance.run { test in
      let order = test.appliance.sessions.order
      order.observeWaiting { anything.signal() }
      let body: JSONValue = ["username": "newcomer", "password": .string(TestAppliance.password)]
      let registering = await order.hold {
        let registering = Task { try await test.client(at: "kiosk").post("/api/auth/register", body) }
        await eventually { order.waiting == 1 }
        return registering
      }
      let answer = try await registering.value
      #expect(answer.status == 201)
      #expect(try await test.signIn("newcomer", at: "home").code == "ALREADY_LOGGED_IN")
    }
  }

  @Test func `after many concurrent takeovers one session is left`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      let answers = try await Self.together(6) { number in
        let answer = try await test.signIn("lea", at: "place\(number)", takeover: true)
        return test.client.signedIn(answer.json["token"]?.string)
      }
      var welcome = 0
      for client in answers where try await client.get("/api/auth/me").status == 200 { welcome += 1 }
      #expect(welcome == 1)
      #expect(test.appliance.sessions.entries().count == 1)
    }
  }

  @Test func `the newest wins with takeover, and everyone is allowed with unlimited`() async throws {
    try await TestAppliance.run(settings: ["SESSION_POLICY": "takeover"]) { test in
      try await test.accounts(["lea", "noa"])
      let desk = try await test.welcome("lea", at: "desk")
      let home = try await test.welcome("lea", at: "home")
      #expect(try await desk.get("/api/auth/me").status == 401)
      let noa = try await test.welcome("noa", at: "home")
      #expect(try await home.get("/api/auth/me").status == 401)
      #expect(try await noa.get("/api/auth/me").status == 200)
    }
    try await TestAppliance.run(settings: ["SESSION_POLICY": "unlimited"]) { test in
      try await test.accounts(["lea", "noa"])
      let clients = try await [
        test.welcome("lea", at: "desk"), test.welcome("lea", at: "home"), test.welcome("noa", at: "home"),
      ]
      for client in clients { #expect(try await client.get("/api/auth/me").status == 200) }
    }
  }

  private static func together<T: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> T
  ) async throws -> [T] {
    try await withThrowingTaskGroup(of: T.self) { group in
      for number in 0..<count { group.addTask { try await body(number) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test func `a phone signs in beside the workstation, and is listed as a phone`() async throws {
    try await TestAppliance.run { test in
      let desk = try await test.person("lea")
      var phone = test.client(at: "phone")
      phone.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile"
      let answer = try await test.signIn("lea", with: phone)
      #expect(answer.status == 200)
      #expect(try await desk.get("/api/auth/me").status == 200)
      let list = try await desk.get("/api/sessions").json.array ?? []
      #expect(list.map { $0["phone"]?.bool } == [true, false])
      #expect(try await test.signIn("lea", at: "other desk").code == "ALREADY_LOGGED_IN")
    }
    try await TestAppliance.run(settings: ["SESSION_PHONES": "0"]) { test in
      _ = try await test.person("lea")
      var phone = test.client(at: "phone")
      phone.headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 15) Mobile"
      #expect(try await test.signIn("lea", with: phone).code == "ALREADY_LOGGED_IN")
    }
  }

  @Test(
    arguments: [
      ("phone", "Mozilla/5.0 (Windows NT 10.0; Win64)", nil, false),
      ("phone", "Mozilla/5.0 (Linux; Android 15)", "?0", false),
      ("workstation", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)", nil, false),
      (nil, "Mozilla/5.0 (Linux; Android 15; SM-X200)", nil, false),
      (nil, "curl/8.0", nil, false),
      (nil, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", nil, true),
      (nil, "Mozilla/5.0 (Linux; Android 15) Mobile", nil, true),
      (nil, "Something", "?1", true),
      ("phone", "Our app/1", nil, true),
    ] as [(String?, String, String?, Bool)])
  func `the server decides whether a client is a phone`(
    device: String?, agent: String, hint: String?, isPhone: Bool
  ) {
    #expect(Phone.isOne(device: device, agent: agent, mobileHint: hint) == isPhone)
  }

  @Test func `a guessable workstation name is valid only where it is used`() async throws {
    try await TestAppliance.run { test in
      func place(_ address: String) -> [UInt8]? {
        let request = Request(
          method: .post, path: "/api/auth/login", headers: [("X-Workstation-Id", "LAB-PC-0017")],
          peerAddress: address)
        guard case .named(let hash) = Workstation.mark(request, sessions: test.appliance.sessions) else {
          return nil
        }
        return hash
      }
      #expect(place("192.0.2.1") != nil)
      #expect(place("192.0.2.1") == place("::ffff:192.0.2.1"))
      #expect(place("192.0.2.1") != place("192.0.2.2"))
    }
  }
}
