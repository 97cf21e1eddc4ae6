import HTTP
import Testing

@testable import Appliance

/// Socket.IO against a running appliance: first errors, then what a person receives.
@Suite(.timeLimit(.minutes(30))) struct SocketIOTests {
  private static let polling = "/socket.io/?EIO=4&transport=polling"
  private static let websocket = "/socket.io/?EIO=4&transport=websocket"

  @Test(arguments: [
    ("GET", "/socket.io/", 0, "Transport unknown"),
    ("GET", "/socket.io/?EIO=4&transport=pigeon", 0, "Transport unknown"),
    ("GET", "/socket.io/?EIO=4&transport=polling&sid=guess", 1, "Session ID unknown"),
    ("POST", "/socket.io/?EIO=4&transport=polling&sid=guess", 1, "Session ID unknown"),
    ("POST", "/socket.io/?EIO=4&transport=polling", 2, "Bad handshake method"),
    ("HEAD", "/socket.io/?EIO=4&transport=polling", 2, ""),
    ("GET", "/socket.io/?EIO=4&transport=websocket", 3, "Bad request"),
    ("GET", "/socket.io/?EIO=3&transport=polling", 5, "Unsupported protocol version"),
    ("GET", "/socket.io?transport=polling", 5, "Unsupported protocol version"),
  ])
  func `an invalid Engine.IO request is refused with the original server's errors`(
    method: String, path: String, code: Int, message: String
  ) async throws {
    try await TestAppliance.run { test in
      let answer = try await test.client.send(method, path)
      #expect(answer.status == 400)
      guard method != "HEAD" else { return }
      #expect(answer.json == ["code": .integer(Int64(code)), "message": .string(message)])
    }
  }

  @Test func `a WebSocket without a session or with another version is refused`() async throws {
    try await TestAppliance.run { test in
      for path in [
        Self.websocket + "&sid=guess", "/socket.io/?EIO=3&transport=websocket", Self.polling, "/socket.io/",
      ] {
        let refusal = await #expect(throws: TestClient.Broken.self) {
          _ = try await TestWebSocket.open(test.client, at: path)
        }
        #expect(refusal?.reason.contains(" 400 ") == true)
      }
    }
  }

  @Test(arguments: [nil, "0", "0{}", "0{\"token\":null}", "0{\"token\":\"guess\"}", "0{\"token\":7}"])
  func `a client that is not signed in is refused every request`(connect: String?) async throws {
    try await TestAppliance.run { test in
      let session = try await Polling.open(test.client)
      if let connect {
        try await session.say("4" + connect)
        #expect(try await session.hear() == ["44{\"message\":\"Authentication error\"}"])
      }
      try await session.say("42[\"subscribe-vms\",\"1\"]")
      // Statistics may have arrived before; the close packet is the last.
      #expect(try await session.hear().last == "1")
      #expect(try await session.poll().status == 400)
      #expect(test.present == [])
    }
  }

  @Test func `another site's page with our cookie is refused`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      var foreign = test.client
      foreign.headers = [
        "Cookie": lea.cookie, "Origin": "http://127.0.0.1:9999",
      ]
      let socket = try await TestWebSocket.open(foreign, at: Self.websocket)
      _ = await socket.next()
      try socket.send(text: "40")
      #expect(await socket.next() == .string("44{\"message\":\"Authentication error\"}"))
      let session = try await Polling.open(foreign)
      #expect(try await session.say("40").code == "FOREIGN_ORIGIN")
    }
  }

  @Test func `another namespace is refused`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let session = try await Polling.open(test.client)
      try await session.say("40/admin,{\"token\":\"\(lea.token ?? "")\"}")
      #expect(try await session.hear() == ["44/admin,{\"message\":\"Invalid namespace\"}"])
    }
  }

  @Test func `a malformed packet ends the session, a binary one does not`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let session = try await Polling.signedIn(lea)
      #expect(try await session.say("bAQID").text == "ok")
      #expect(try await session.say("451-[\"x\",{\"_placeholder\":true,\"num\":0}]").text == "ok")
      #expect(test.present == ["lea"])
      #expect(try await session.say("x").json["message"]?.string == "Bad request")
      #expect(try await session.poll().status == 400)
      #expect(test.present == [])
      let socket = try await Self.socket(lea)
      try socket.send(bytes: [1, 2, 3], opcode: 2)
      try socket.send(text: "421[\"subscribe-vms\"]")
      #expect(await socket.next() == .string("431[{\"success\":true}]"))
      try socket.send(text: "4x")
      #expect(await socket.ended() == 1002)
    }
  }

  @Test func `a session without sign-in is closed in time`() async throws {
    try await TestAppliance.run { test in
      test.appliance.hub.limits.withLock { $0.patience = .milliseconds(20) }
      let session = try await Polling.open(test.client)
      // Statistics may have arrived before; the close packet is the last.
      #expect(try await session.hear().last == "1")
      let socket = try await TestWebSocket.open(test.client, at: Self.websocket)
      #expect(await socket.ended() == 4401)
    }
  }

  @Test func `too many sessions of an address or a person are refused`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      test.appliance.hub.limits.withLock { limits in
        limits.mostUnauthenticated = 2
        limits.mostOfAccount = 1
      }
      _ = try await Polling.signedIn(lea)
      let second = try await Polling.open(lea)
      try await second.say("40")
      #expect(try await second.hear() == ["44{\"message\":\"Authentication error\"}"])
      // Two unauthenticated sessions are replaced by one that signs in.
      let strangers = [try await Polling.open(test.client), try await Polling.open(test.client)]
      let sam = try await test.person("sam")
      let session = try await Polling.signedIn(sam)
      #expect(try await strangers[0].hear() == ["1"])
      withExtendedLifetime((session, strangers)) {}
    }
  }

  @Test func `a client that floods the server loses its session`() async throws {
    try await TestAppliance.run { test in
      test.appliance.hub.limits.withLock { limits in
        limits.framesAtOnce = 3
        limits.framesEachSecond = 0
      }
      let lea = try await test.person("lea")
      let session = try await Polling.signedIn(lea)
      try await session.say(Array(repeating: "42[\"nothing\"]", count: 3).joined(separator: "\u{1e}"))
      #expect(try await session.hear() == ["41", "1"])
    }
  }

  @Test func `people get no events of others' machines, and only admins those of the host`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.id("lea") + 1
      let socket = try await Self.socket(lea)
      try socket.send(text: "427[\"subscribe-vms\",\(sam)]")
      let answer = try #require(await socket.next()?.string)
      #expect(answer.hasPrefix("437[{\"success\":false,\"code\":\"FORBIDDEN\""))
      #expect(!test.appliance.hub.hasListeners(.machines))
      try socket.send(text: "42[\"subscribe-system\"]")
      #expect(await socket.next() == 41)
      #expect(await socket.ended() == 1008)
      #expect(test.present == [])
    }
  }

  @Test func `over polling a person receives events of their machines at once`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let id = try await test.machine(of: lea)
      _ = try await test.machine(of: sam)
      let session = try await Polling.signedIn(lea)
      #expect(test.present == ["lea"])
      try await session.say("420[\"subscribe-vms\",\"\(try await test.id("lea"))\"]")
      var heard: [String] = []
      while !heard.contains(where: { $0.hasPrefix("42[\"vm-stats\",{\"vms\":[") }) {
        heard += try await session.hear()
      }
      #expect(heard.contains("430[{\"success\":true}]"))
      let packet = try #require(heard.first { $0.hasPrefix("42[") })
      let told = JSONValue(parsing: String(packet.dropFirst(2)))?[1]
      #expect(told?["vms"]?.array?.map { $0["id"]?.string } == [String(id)])
      #expect(told?["total"]?.int == 1)
      #expect(told?["vms"]?[0]?["cpu"]?["vcpu"]?.int == 1)
      try await session.say("41")
      // Statistics may have arrived before; the close packet is the last.
      #expect(try await session.hear().last == "1")
      await eventually { test.present == [] }
    }
  }

  @Test func `an admin receives events of the host, of all machines, or of one person's`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.machine(of: lea)
      let socket = try await Self.socket(boss)
      try socket.send(text: "42[\"subscribe-system\"]")
      let system = try await Self.event("system-stats", on: socket)
      #expect(system["cpu"]?["cores"]?.int == 8)
      #expect(try await Self.event("admin-system-update", on: socket) == system)
      try socket.send(text: "42[\"subscribe-vms\",\"\(try await test.id("lea"))\"]")
      let one = try await Self.event("vm-stats", on: socket)
      #expect(one["vms"]?.array?.map { $0["id"]?.string } == [String(id)])
      try socket.send(text: "42[\"subscribe-vms\",\"\(try await test.id("lea") + 100)\"]")
      #expect(try await Self.becomesTotal(0, on: socket))
      try socket.send(text: "42[\"subscribe-vms\"]")
      #expect(try await Self.becomesTotal(1, on: socket))
    }
  }

  @Test func `a former admin receives no more events of the host`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let socket = try await Self.socket(boss)
      try socket.send(text: "42[\"subscribe-system\"]")
      _ = try await Self.event("system-stats", on: socket)
      let id = try await test.id("boss")
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        try tx.execute("UPDATE users SET role = 'employee' WHERE id = ?", id)
        try sessions.refresh(id, in: tx)
      }
      #expect(!test.appliance.hub.hasListeners(.system))
    }
  }

  @Test func `after the upgrade to a WebSocket the person is still online`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let session = try await Polling.signedIn(lea)
      async let waiting = session.hear()
      let socket = try await TestWebSocket.open(test.client, at: Self.websocket + "&sid=\(session.sid)")
      try socket.send(text: "2probe")
      #expect(await socket.next() == .string("3probe"))
      #expect(try await waiting == ["6"])
      let refusal = await #expect(throws: TestClient.Broken.self) {
        _ = try await TestWebSocket.open(test.client, at: Self.websocket + "&sid=\(session.sid)")
      }
      #expect(refusal?.reason.contains(" 400 ") == true)
      try socket.send(text: "5")
      try socket.send(text: "421[\"subscribe-vms\"]")
      #expect(await socket.next() == .string("431[{\"success\":true}]"))
      #expect(try await session.poll().json["message"]?.string == "Bad request")
      #expect(test.present == ["lea"])
      socket.close()
      await eventually { test.present == [] }
      #expect(try await session.poll().json["message"]?.string == "Session ID unknown")
    }
  }

  @Test func `the end of a session closes its connection, even while polling`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let session = try await Polling.signedIn(lea)
      let socket = try await Self.socket(lea)
      async let last = session.hear()
      #expect(try await lea.post("/api/auth/logout").status == 200)
      #expect(await socket.next() == 41)
      #expect(await socket.ended() == 4001)
      #expect(try await last == ["41", "1"])
      #expect(test.present == [])
    }
  }

  @Test func `a polling session makes its account live, and its end frees the workstation`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      let desk = try await test.welcome("lea", at: "desk")
      let session = try await Polling.signedIn(desk)
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")
      try await session.say("1")
      #expect(try await test.signIn("lea", at: "home").status == 200)
    }
  }

  @Test func `stopping does not wait for polls`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let session = try await Polling.signedIn(lea)
      // The second poll answers the first with a noop, and waits itself.
      let polls = [Task { try await session.hear() }, Task { try await session.hear() }]
      await withTaskGroup(of: Void.self) { group in
        for poll in polls { group.addTask { _ = try? await poll.value } }
        await group.next()
        await test.appliance.stop()
      }
      #expect(Set([try await polls[0].value, try await polls[1].value]) == [["6"], ["41", "1"]])
    }
  }

  @Test func `desktop clients and other origins get CORS headers`() async throws {
    try await TestAppliance.run { test in
      var desktop = test.client
      desktop.headers["Origin"] = "file://"
      let answer = try await desktop.get(Self.polling)
      #expect(answer.status == 200)
      #expect(answer.headers["access-control-allow-origin"] == "file://")
      #expect(answer.headers["cache-control"] == "no-store")
    }
  }

  private static func socket(_ client: TestClient) async throws -> TestWebSocket {
    let socket = try await TestWebSocket.open(client, at: websocket)
    let open = try #require(await socket.next()?.string)
    #expect(open.contains("\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000"))
    try socket.send(text: "40{\"token\":null}")
    #expect(await socket.next()?.string?.hasPrefix("40{\"sid\":\"") == true)
    return socket
  }

  /// Whether an event with `total` machines arrives: events sent before the subscription may arrive first.
  private static func becomesTotal(_ total: Int, on socket: TestWebSocket) async throws -> Bool {
    for _ in 0..<10 where try await event("vm-stats", on: socket)["total"]?.int == total { return true }
    return false
  }

  private static func event(_ name: String, on socket: TestWebSocket) async throws -> JSONValue {
    while let text = await socket.next()?.string {
      guard text.hasPrefix("42"), let event = JSONValue(parsing: String(text.dropFirst(2))) else { continue }
      if event[0]?.string == name { return event[1] ?? .null }
    }
    throw TestClient.Broken(reason: "the socket ended before \(name)")
  }
}
