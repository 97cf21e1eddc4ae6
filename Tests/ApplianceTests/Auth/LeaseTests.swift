import HTTP
import Testing

@testable import Appliance

/// When a session counts as live: computed, never stored as a flag.
@Suite struct LeaseTests {
  @Test func `a lease expires sixty seconds after the last request`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      try await test.accounts(["lea", "noa"])
      let desk = try await test.welcome("lea", at: "desk")
      for step in [9, 55, 9, 55, 59] {
        time.advance(by: .seconds(step))
        #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN", "after \(step) s")
        #expect(try await desk.get("/api/auth/me").status == 200)
      }
      time.advance(by: .milliseconds(59_999))
      #expect(try await test.signIn("noa", at: "desk").code == "WORKSTATION_IN_USE")
      time.advance(by: .milliseconds(1))
      #expect(try await test.signIn("lea", at: "home").status == 200)
      #expect(try await test.signIn("noa", at: "desk").status == 200)
      #expect(try await desk.get("/api/auth/me").status == 401)
    }
  }

  @Test func `an open page keeps its lease while it is open`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      try await test.accounts(["lea"])
      let desk = try await test.welcome("lea", at: "desk")
      let page = try await TestWebSocket.signedIn(desk)
      let tab = try await TestWebSocket.signedIn(desk)
      time.advance(by: .seconds(24 * 3600))
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")
      tab.cut()
      #expect(await tab.ended() == nil)
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")
      page.cut()
      await eventually { test.present == [] }
      #expect(try await test.signIn("lea", at: "home").status == 200)
    }
  }

  @Test func `a session expires after thirty days and closes its page`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      try await test.accounts(["lea"])
      let desk = try await test.welcome("lea", at: "desk")
      let page = try await TestWebSocket.signedIn(desk)
      time.advance(by: .seconds(30 * 24 * 3600 - 1))
      #expect(try await desk.get("/api/auth/me").status == 200)
      time.advance(by: .seconds(1))
      #expect(try await desk.get("/api/auth/me").status == 401)
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        try sessions.flush(in: tx)
      }
      #expect(try await page.next("SESSION_ENDED")["reason"]?.string == "EXPIRED")
      #expect(test.present == [])
    }
  }

  @Test func `reloading a page never locks its person out`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      var desk = try await test.welcome("lea", at: "desk")
      var page = try await TestWebSocket.signedIn(desk)
      for turn in 0..<30 {
        // The old page is closed before the new one opens, after it, or without the server noticing.
        let old = page
        if turn % 3 == 0 { old.close() }
        if turn % 3 == 1 { old.cut() }
        #expect(try await desk.get("/api/auth/me").status == 200)
        page = try await TestWebSocket.open(desk, byCookie: turn % 2 == 0)
        // Some clients also send the session of their cookie.
        if turn % 2 == 0 { _ = try await page.next("AUTHENTICATED") }
        try page.send("AUTHENTICATE", ["token": .string(desk.token ?? "")])
        _ = try await page.next("AUTHENTICATED")
        if turn % 3 == 2 { old.reset() }
        // Some clients sign in at every start.
        if turn % 5 == 0 {
          let again = try await test.signIn("lea", at: "desk")
          #expect(again.status == 200)
          desk = desk.signedIn(again.json["token"]?.string)
        }
      }
      await eventually { test.present == ["lea"] }
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")
    }
  }

  @Test func `after a restart sessions exist, but none is live before its next request`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      let lea = try await test.welcome("lea", at: "desk")
      let noa = try await test.welcome("noa", at: "home")
      let page = try await TestWebSocket.signedIn(lea)
      let again = try await test.restarted()
      #expect(await page.ended() == 1001)
      let sessions = again.appliance.sessions
      #expect(sessions.entries().count == 2)
      #expect(sessions.entries().filter(sessions.isLive).isEmpty)
      #expect(again.present == [])

      // Lea's page reconnects by itself and keeps her workstation; Noa moves to another.
      var moved = lea
      moved = TestClient(port: again.port, token: lea.token, headers: lea.headers)
      let back = try await TestWebSocket.signedIn(moved)
      #expect(try await again.signIn("lea", at: "elsewhere").code == "ALREADY_LOGGED_IN")
      #expect(try await again.signIn("noa", at: "elsewhere").status == 200)
      #expect(try await again.client.signedIn(noa.token).get("/api/auth/me").status == 401)
      #expect(again.present == ["lea"])
      back.close()
      await again.appliance.stop()
    }
  }
}
