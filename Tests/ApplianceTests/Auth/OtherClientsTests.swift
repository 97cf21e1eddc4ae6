import HTTP
import Testing

@testable import Appliance

/// Clients other than our page: without cookies, with a header, with an API token.
@Suite struct OtherClientsTests {
  @Test func `a browser identifies its workstation by a cookie hidden from scripts`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      var browser = test.client
      let first = try await test.signIn("lea", with: browser)
      let cookie = try #require(first.headers["set-cookie"])
      for part in ["obox_workstation=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
        #expect(cookie.contains(part))
      }
      // Another browser has no cookie and counts as another workstation.
      #expect(try await test.signIn("lea", with: browser).code == "ALREADY_LOGGED_IN")
      browser.headers["Cookie"] = cookie.split(separator: ";").first.map(String.init)
      let again = try await test.signIn("lea", with: browser)
      #expect(again.status == 200)
      #expect(again.headers["set-cookie"]?.contains("obox_workstation") == false)
    }
  }

  @Test func `a client without cookies identifies its workstation by a header`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      #expect(try await test.signIn("lea", at: "desk").status == 200)
      #expect(try await test.signIn("lea", at: "desk").status == 200)
      #expect(try await test.signIn("noa", at: "desk").code == "WORKSTATION_IN_USE")
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")
    }
  }

  @Test func `otherwise the token sent with a sign-in identifies the workstation`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      let first = try await test.signIn("lea", with: test.client)
      let token = try #require(first.json["token"]?.string)
      #expect(try await test.signIn("lea", with: test.client).code == "ALREADY_LOGGED_IN")
      #expect(try await test.signIn("noa", with: test.client.signedIn(token)).code == "WORKSTATION_IN_USE")
      let page = try await TestWebSocket.signedIn(test.client.signedIn(token))
      let again = try await test.signIn("lea", with: test.client.signedIn(token))
      #expect(again.status == 200)
      // The new token replaces the old one.
      #expect(again.json["token"]?.string != token)
      #expect(try await test.client.signedIn(token).get("/api/auth/me").status == 401)
      #expect(try await page.next("SESSION_ENDED")["reason"]?.string == "REPLACED")
      #expect(test.appliance.sessions.entries().count == 1)
      // An ended token identifies no workstation.
      #expect(try await test.signIn("noa", with: test.client.signedIn(token)).status == 200)
    }
  }

  @Test func `an API token is no workstation, and signing out does not free it`() async throws {
    try await TestAppliance.run { test in
      let ids = try await test.accounts(["lea"])
      let program = try await Self.program(of: ids[0], ["read", "write"], test)
      #expect(try await program.get("/api/auth/me").status == 200)
      let socket = try await Self.socket(of: program)
      #expect(test.present == ["lea"])
      let desk = try await test.welcome("lea", at: "desk")
      #expect(try await program.post("/api/auth/logout").status == 200)
      #expect(try await desk.post("/api/auth/logout").status == 200)
      #expect(try await program.get("/api/auth/me").status == 200)
      #expect(test.present == ["lea"])
      #expect(try await test.signIn("lea", at: "home").status == 200)
      socket.close()
    }
  }

  @Test func `sockets of an API token close with the token or its account`() async throws {
    try await TestAppliance.run { test in
      let ids = try await test.accounts(["lea"])
      let sessions = test.appliance.sessions
      let first = try await Self.socket(of: Self.program(of: ids[0], ["read"], test))
      try await test.appliance.database.write { tx in sessions.removeToken(1, in: tx) }
      #expect(try await first.next("SESSION_ENDED")["reason"]?.string == "ENDED_BY_OWNER")
      #expect(await first.ended() == 4001)
      #expect(test.present == [])

      let program = try await Self.program(of: ids[0], ["read"], test)
      let second = try await Self.socket(of: program)
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE users SET is_active = 0 WHERE id = ?", ids[0])
        try sessions.refresh(ids[0], in: tx)
      }
      #expect(try await second.next("SESSION_ENDED")["reason"]?.string == "DEACTIVATED")
      #expect(test.present == [])
      #expect(try await program.get("/api/auth/me").status == 401)
    }
  }

  @Test func `a token without admin rights does not gain them on an open socket`() async throws {
    try await TestAppliance.run { test in
      let ids = try await test.accounts(["ada"], role: .admin)
      let program = try await Self.program(of: ids[0], ["read"], test)
      let socket = try await Self.socket(of: program)
      try socket.send("SUBSCRIBE", ["topic": "system"])
      #expect(try await socket.next("ERROR")["code"]?.string == "FORBIDDEN")
      let sessions = test.appliance.sessions
      try await test.appliance.database.write { tx in try sessions.refresh(ids[0], in: tx) }
      try socket.send("SUBSCRIBE", ["topic": "system"])
      #expect(try await socket.next("ERROR")["code"]?.string == "FORBIDDEN")
      #expect(try await program.put("/api/user/settings", ["theme": "dark"]).code == "TOKEN_READ_ONLY")
    }
  }

  @Test func `an account deactivated during its sign-in stays deactivated`() async throws {
    try await TestAppliance.run { test in
      let ids = try await test.accounts(["lea"])
      let sessions = test.appliance.sessions
      sessions.order.observeWaiting { anything.signal() }
      let signIn = try await sessions.order.hold {
        let signIn = Task { try await test.signIn("lea", at: "desk") }
        // The password was right; the sign-in is waiting for the lock.
        await eventually { sessions.order.waiting == 1 }
        try await test.appliance.database.write { tx in
          try tx.execute("UPDATE users SET is_active = 0 WHERE id = ?", ids[0])
          try sessions.refresh(ids[0], in: tx)
        }
        return signIn
      }
      #expect(try await signIn.value.code == "DEACTIVATED")
      #expect(sessions.account(ids[0])?.isActive == false)
      #expect(sessions.entries().isEmpty)
    }
  }

  /// A client with an API token.
  private static func program(
    of user: Int64, _ rights: Set<String>, _ test: TestAppliance
  ) async throws -> TestClient {
    let token = Token(for: .api)
    let sessions = test.appliance.sessions
    try await test.appliance.database.write { tx in
      let id = Int64(sessions.state.withLock { $0.tokens.count }) + 1
      sessions.add(
        Sessions.APIToken(id: id, userID: user, rights: rights, expiresAt: .max), hash: token.hash, in: tx)
    }
    return test.client.signedIn("obox_" + token.text)
  }

  private static func socket(of program: TestClient) async throws -> TestWebSocket {
    let socket = try await TestWebSocket.open(program, byCookie: false)
    try socket.send("AUTHENTICATE", ["token": .string(program.token ?? "")])
    _ = try await socket.next("AUTHENTICATED")
    return socket
  }
}
