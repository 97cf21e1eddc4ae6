import Foundation
import HTTP
import TestSupport
import Testing

@testable import Appliance

/// Presence: the accounts with an open socket, whatever happened before.
@Suite struct PresenceTests {
  @Test func `a new session receives presence without asking, and may unsubscribe`()
    async throws
  {
    try await TestAppliance.run { test in
      let ids = try await test.accounts(["lea", "noa", "sam"])
      let watcher = try await TestWebSocket.signedIn(try await test.welcome("noa", at: "home"))
      #expect(try await watcher.next("PRESENCE")["count"]?.int == 1)
      let lea = try await TestWebSocket.signedIn(try await test.welcome("lea", at: "desk"))
      #expect(try await watcher.next("USER_STATUS")["userId"]?.string == String(ids[0]))
      #expect(try await watcher.next("PRESENCE")["count"]?.int == 2)
      try watcher.send("UNSUBSCRIBE", ["topic": "presence"])
      try watcher.send("HEARTBEAT")
      _ = try await watcher.next("HEARTBEAT_ACK")
      _ = try await TestWebSocket.signedIn(try await test.welcome("sam", at: "phone"))
      _ = try await lea.next("USER_STATUS") { $0["userId"]?.string == String(ids[2]) }
      try watcher.send("HEARTBEAT")
      #expect(await watcher.next()?["type"]?.string == "HEARTBEAT_ACK")
    }
  }

  @Test func `a person with many tabs is online once, until the last one closes`() async throws {
    try await TestAppliance.run { test in
      let ids = try await test.accounts(["lea", "noa"])
      let watcher = try await TestWebSocket.signedIn(try await test.welcome("noa", at: "home"))
      try watcher.send("SUBSCRIBE", ["topic": "presence"])
      #expect(try await watcher.next("PRESENCE")["count"]?.int == 1)

      let desk = try await test.welcome("lea", at: "desk")
      var tabs: [TestWebSocket] = []
      for _ in 0..<5 { tabs.append(try await TestWebSocket.signedIn(desk)) }
      let came = try await watcher.next("USER_STATUS")
      #expect(came["userId"]?.string == String(ids[0]))
      #expect(came["isOnline"]?.bool == true)
      #expect(try await watcher.next("PRESENCE")["count"]?.int == 2)
      let answer = try await desk.get("/api/presence")
      #expect(answer.json["count"]?.int == 2)
      #expect(answer.json["users"]?.array?.compactMap { $0["username"]?.string } == ["lea", "noa"])

      for tab in tabs.dropFirst() { tab.close() }
      for tab in tabs.dropFirst() { _ = await tab.ended() }
      #expect(test.present == ["lea", "noa"])
      tabs[0].cut()
      // After five tabs were opened and four closed, the first status is sent when the last closes.
      #expect(try await watcher.next("USER_STATUS")["isOnline"]?.bool == false)
      #expect(try await watcher.next("PRESENCE")["count"]?.int == 1)
      #expect(test.present == ["noa"])
    }
  }

  @Test func `after random connects and disconnects exactly the connected people are online`()
    async throws
  {
    try await TestAppliance.run { test in
      var random = SeededRandom(seed: SeededRandom.chosenSeed(default: 4711))
      let names = (0..<12).map { "person\($0)" }
      try await test.accounts(names)
      var clients: [TestClient] = []
      for name in names { clients.append(try await test.welcome(name, at: name)) }
      var open: [(name: String, socket: TestWebSocket)] = []
      for step in 0..<1000 {
        let leaves = !open.isEmpty && (open.count > 40 || Bool.random(using: &random))
        if leaves {
          let socket = open.remove(at: Int.random(in: 0..<open.count, using: &random)).socket
          [socket.close, socket.cut, socket.reset].randomElement(using: &random)?()
        } else {
          let number = Int.random(in: 0..<names.count, using: &random)
          open.append((names[number], try await TestWebSocket.signedIn(clients[number])))
        }
        if step % 100 == 99 {
          let expected = Set(open.map(\.name)).sorted()
          await eventually { test.present == expected }
        }
      }
      for (_, socket) in open { socket.cut() }
      await eventually { test.present == [] }
      #expect(test.appliance.sessions.entries().filter(test.appliance.sessions.isLive).isEmpty)
    }
  }

  @Test func `a socket that stops answering ends presence and frees its workstation`() async throws {
    // The default limits at twice the speed.
    let defaults = WebSocketLimits()
    let limits = WebSocketLimits(pingEvery: defaults.pingEvery / 2, deadAfter: defaults.deadAfter / 2)
    try await TestAppliance.run(sockets: limits) { test in
      try await test.accounts(["lea", "noa"])
      let watcher = try await TestWebSocket.signedIn(try await test.welcome("noa", at: "home"))
      try watcher.send("SUBSCRIBE", ["topic": "presence"])
      let page = try await TestWebSocket.signedIn(try await test.welcome("lea", at: "desk"))
      page.freeze()
      #expect(test.present == ["lea", "noa"])
      while try await watcher.next("USER_STATUS")["isOnline"]?.bool != false {}
      #expect(test.present == ["noa"])
      #expect(try await test.signIn("lea", at: "elsewhere").status == 200)
    }
  }

  @Test func `a vanished peer is detected within ten seconds`() {
    // The server checks once a second.
    #expect(WebSocketLimits().deadAfter + .seconds(1) <= .seconds(10))
    #expect(WebSocketLimits().pingEvery * 3 / 2 < WebSocketLimits().deadAfter)
  }

  @Test func `a killed client is offline at once`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      let desk = try await test.welcome("lea", at: "desk")
      let request = [
        "GET /ws HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Cookie: \(desk.cookie)", "", "",
      ].joined(separator: "\r\n")
      let client = Process()
      client.executableURL = URL(fileURLWithPath: "/bin/bash")
      client.arguments = [
        "-c", "exec 3<>/dev/tcp/127.0.0.1/\(test.port); printf %s \"$1\" >&3; exec cat <&3 >/dev/null",
        "client",
        request,
      ]
      try client.run()
      await eventually { test.present == ["lea"] }
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")
      kill(client.processIdentifier, SIGKILL)
      await eventually { test.present == [] }
      #expect(try await test.signIn("lea", at: "home").status == 200)
      client.waitUntilExit()
    }
  }

  // the socket's thread                     the writer's thread
  // looks the token up: valid
  //                                         ends the session, tells its sockets (none yet)
  // tells the hub: present
  @Test func `a socket opened while its session ends is closed`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      let watcher = try await TestWebSocket.signedIn(try await test.welcome("noa", at: "home"))
      try watcher.send("SUBSCRIBE", ["topic": "presence"])
      _ = try await watcher.next("PRESENCE")
      let desk = try await test.welcome("lea", at: "desk")
      let found = try #require(test.appliance.sessions.find(token: desk.token ?? ""))
      #expect(try await desk.post("/api/auth/logout").status == 200)

      var handshake = Request(method: .get, path: "/ws")
      handshake.principal = found
      let socket = try #require(test.appliance.hub.listeners(.presence).first?.socket as? WebSocket)
      _ = try SocketSession(test.appliance.sockets, request: handshake, socket: socket)
      #expect(!test.present.contains("lea"))
      #expect(!test.appliance.hub.isConnected(session: found.sessionID))
    }
  }
}

extension PresenceTests {
  @Test func `a page that announces its leaving is offline, and its session stays valid`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      #expect(try await test.client.post("/api/presence/leave").status == 401)
      let desk = try await test.welcome("lea", at: "desk")
      let page = try await TestWebSocket.signedIn(desk)
      #expect(try await desk.post("/api/presence/leave").status == 200)
      #expect(await page.ended() == 1001)
      #expect(test.present == [])
      #expect(test.appliance.sessions.entries().filter(test.appliance.sessions.isLive).isEmpty)
      // A repeated call does not make the session live again.
      #expect(try await desk.post("/api/presence/leave").status == 200)
      #expect(test.appliance.sessions.entries().filter(test.appliance.sessions.isLive).isEmpty)
      #expect(try await desk.get("/api/auth/me").status == 200)
    }
  }
}
