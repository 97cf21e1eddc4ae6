import HTTP
import Hypervisor
import Testing

@testable import Appliance

/// Consoles of machines, whose side the test plays.
@Suite(.timeLimit(.minutes(30))) struct ConsoleTests {
  private static let hello = Array("RFB 003.008\n".utf8) + [1, 0]
  private static let greeted = Array("RFB 003.008\n".utf8) + [1, 1]
  private static let key: [UInt8] = [4, 1, 0, 0, 0, 0, 0, 65]
  private static let update: [UInt8] = [3, 1, 0, 0, 0, 0, 0, 9, 0, 9]

  @Test func `who asks for a console is refused with a reason`() async throws {
    try await ConsoleBench.run { bench in
      let (test, path) = (bench.test, bench.path)
      let sam = try await test.person("sam")
      #expect(try await test.client.post(path, ["kind": "vnc"]).status == 401)
      #expect(try await sam.post(path, ["kind": "vnc"]).code == "NOT_YOUR_MACHINE")
      #expect(try await sam.post("/api/vms/999/console", ["kind": "vnc"]).code == "MACHINE_NOT_FOUND")
      let unknown = try await bench.lea.post(path, ["kind": "spice"])
      #expect(unknown.status == 400 && unknown.text.contains("Choose vnc or serial."), "\(unknown.text)")
      #expect(try await bench.lea.post(path).status == 400)
      _ = try await bench.lea.post("/api/vms/\(bench.machine)/action", ["action": "force-stop"])
      _ = try await test.until(bench.lea, "/api/vms/\(bench.machine)") {
        $0.json["vm"]?["status"]?.string == "stopped"
      }
      let stopped = try await bench.lea.post(path, ["kind": "vnc"])
      #expect(
        stopped.status == 409 && stopped.text.contains("while the machine is running"), "\(stopped.text)")
    }
  }

  @Test func `a host without consoles says so, and its machines too`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      #expect(try await lea.get("/api/vms/\(id)").json["vm"]?["console"]?.bool == false)
      #expect(try await lea.post("/api/vms/\(id)/console", ["kind": "vnc"]).code == "CONSOLE_UNAVAILABLE")
      let machines = ConsoleStandIn(test.appliance.host)
      #expect(try await lea.get("/api/vms/\(id)").json["vm"]?["console"]?.bool == true)
      #expect(machines.kinds == [])
    }
  }

  @Test func `a ticket is of one session, for one use, for 30 seconds`() async throws {
    let time = ManualTime()
    try await ConsoleBench.run(clock: .manual(time)) { bench in
      let boss = try await bench.test.person("boss", role: .admin)
      func refused(_ client: TestClient, _ ticket: String) async -> String {
        do {
          _ = try await TestWebSocket.open(client, at: "/ws/console/" + ticket)
          return "accepted"
        } catch {
          return "\(error)"
        }
      }
      let stolen = try await bench.ticket(bench.lea)
      #expect(await refused(boss, stolen).contains("403"))
      // Whoever brought it has used it up.
      #expect(await refused(bench.lea, stolen).contains("CONSOLE_TICKET"))
      let unsigned = try await bench.ticket(bench.lea)
      #expect(await refused(bench.test.client, unsigned).contains("401"))
      #expect(await refused(bench.lea, "x").contains("403"))
      #expect(await refused(bench.lea, String(repeating: "A", count: 43)).contains("403"))
      let late = try await bench.ticket(bench.lea)
      time.advance(by: .seconds(30))
      #expect(await refused(bench.lea, late).contains("403"))
      #expect(bench.machines.kinds == [])
      let good = try await bench.ticket(bench.lea)
      time.advance(by: .seconds(29))
      let socket = try await TestWebSocket.open(bench.lea, at: "/ws/console/" + good)
      _ = try await bench.opened("serial")
      #expect(await refused(bench.lea, good).contains("403"))
      withExtendedLifetime(socket) {}
    }
  }

  @Test func `a page of another site cannot open a console with a person's cookie`() async throws {
    try await ConsoleBench.run { bench in
      var lea = bench.lea
      let ticket = try await bench.ticket(lea)
      lea.headers["Origin"] = "https://elsewhere.example"
      await #expect(throws: TestClient.Broken.self) {
        _ = try await TestWebSocket.open(lea, at: "/ws/console/" + ticket)
      }
      #expect(bench.machines.kinds == [])
    }
  }

  @Test func `a screen passes both ways, shared with others`() async throws {
    try await ConsoleBench.run { bench in
      let socket = try await bench.watch(bench.lea, "vnc")
      let number = try await bench.opened("vnc")
      try await bench.machines.send("RFB 003.008\n", on: number)
      _ = try await socket.text { $0 == "RFB 003.008\n" }
      try socket.send(bytes: Self.hello + Self.key, opcode: 2)
      #expect(try await bench.machines.read(22, on: number) == Self.greeted + Self.key)
      let picture = (0..<700_000).map { UInt8(truncatingIfNeeded: $0) }
      try await bench.machines.send(picture, on: number)
      let seen = try await socket.binary { $0.count >= 12 + picture.count }
      #expect(seen.dropFirst(12) == picture[...])
      try bench.machines.end(number)
      #expect(await socket.ended() == 4000)
      #expect(socket.reason == "CONSOLE_ENDED")
    }
  }

  @Test func `who only watches sees the screen, and no key comes to the machine`() async throws {
    try await ConsoleBench.run { bench in
      let socket = try await bench.watch(bench.lea, "vnc", viewOnly: true)
      let number = try await bench.opened("vnc")
      try await bench.machines.send("RFB 003.008\n", on: number)
      _ = try await socket.text { $0 == "RFB 003.008\n" }
      try socket.send(bytes: Self.hello + Self.key + Self.update, opcode: 2)
      #expect(try await bench.machines.read(24, on: number) == Self.greeted + Self.update)
      try socket.send(bytes: [99], opcode: 2)
      #expect(await socket.ended() == 4000)
      #expect(socket.reason == "CONSOLE_PROTOCOL")
    }
  }

  @Test func `a serial line is shared, and who comes later sees what was before`() async throws {
    try await ConsoleBench.run { bench in
      let boss = try await bench.test.person("boss", role: .admin)
      let first = try await bench.watch(bench.lea)
      let number = try await bench.opened("serial")
      try await bench.machines.send("login: ", on: number)
      _ = try await first.text { $0 == "login: " }
      let second = try await bench.watch(boss, viewOnly: true)
      _ = try await second.text { $0 == "login: " }
      try second.type("nothing")
      try first.type("root\r")
      #expect(try await bench.machines.read(5, on: number) == Array("root\r".utf8))
      try await bench.machines.send("Password: ", on: number)
      _ = try await first.text { $0 == "login: Password: " }
      _ = try await second.text { $0 == "login: Password: " }
      #expect(bench.machines.kinds == [.serial])
      // Who leaves and comes back, as by loading the page again, finds the same line.
      first.close()
      second.close()
      #expect(await first.ended() == 1001)
      #expect(await second.ended() == 1001)
      let third = try await bench.watch(bench.lea)
      _ = try await third.text { $0 == "login: Password: " }
      #expect(bench.machines.kinds == [.serial])
    }
  }

  @Test func `an owner is told of an admin who opens the console, and the audit log says how long`()
    async throws
  {
    let time = ManualTime()
    try await ConsoleBench.run(clock: .manual(time)) { bench in
      let boss = try await bench.test.person("boss", role: .admin)
      let own = try await bench.watching(bench.lea)
      #expect(try await !bench.lea.get("/api/notifications").text.contains("machine_watched"))
      let other = try await bench.watching(boss, viewOnly: true)
      let told = try await bench.lea.get("/api/notifications").text
      #expect(told.contains("Boss opened the console of your machine web-01"), "\(told)")
      #expect(try await !boss.get("/api/notifications").text.contains("machine_watched"))
      time.advance(by: .seconds(75))
      other.close()
      let isClosed = try await bench.test.changes.wait {
        try await bench.audited().last?.hasPrefix("console_closed") == true
      }
      #expect(isClosed)
      #expect(
        try await bench.audited() == [
          "console_opened Lea serial", "console_watched Boss serial, view only",
          "console_closed Boss serial, view only, 75 s",
        ])
      withExtendedLifetime(own) {}
    }
  }

  @Test func `consoles end with the session, the account, the right and the machine`() async throws {
    try await ConsoleBench.run { bench in
      let (test, sessions) = (bench.test, bench.test.appliance.sessions)
      let boss = try await test.person("boss", role: .admin)
      let watched = try await bench.watching(boss)
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE users SET role = 'employee' WHERE username = 'boss'")
        let id = try tx.scalar("SELECT id FROM users WHERE username = 'boss'") ?? 0
        try sessions.refresh(id, in: tx)
      }
      #expect(await watched.ended() == 4000)
      #expect(watched.reason == "FORBIDDEN")

      let first = try await bench.watching(bench.lea)
      #expect(try await bench.lea.post("/api/auth/logout").status == 200)
      #expect(await first.ended() == 4001)

      let lea = try await test.welcome("lea", at: "elsewhere")
      let second = try await bench.watching(lea)
      try bench.machines.end()
      #expect(await second.ended() == 4000)

      let third = try await bench.watching(lea)
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE users SET is_active = 0 WHERE username = 'lea'")
        let id = try tx.scalar("SELECT id FROM users WHERE username = 'lea'") ?? 0
        try sessions.refresh(id, in: tx)
      }
      #expect(await third.ended() == 4001)
    }
  }

  @Test(arguments: [
    (HypervisorError.Code.busy, "CONSOLE_BUSY"), (.notFound, "CONSOLE_ENDED"),
    (.unreachable, "HOST_UNREACHABLE"), (.unsupported, "CONSOLE_UNAVAILABLE"), (.other(0), "CONSOLE_FAILED"),
  ])
  func `a console that the host refuses says why`(code: HypervisorError.Code, reason: String) async throws {
    try await ConsoleBench.run { bench in
      bench.machines.refuse(code)
      let socket = try await bench.watch(bench.lea)
      #expect(await socket.ended() == 4000)
      #expect(socket.reason == reason)
      #expect(try await bench.audited() == [])
      bench.machines.refuse(nil)
      _ = try await bench.watching(bench.lea)
    }
  }

  @Test func `one person has a bounded number of consoles`() async throws {
    try await ConsoleBench.run { bench in
      var sockets: [TestWebSocket] = []
      let unused = try await bench.ticket(bench.lea)
      for _ in 0..<ConsolePlaces.mostOfAccount { sockets.append(try await bench.watch(bench.lea)) }
      let refused = try await bench.lea.post(bench.path, ["kind": "serial"])
      #expect(refused.status == 429 && refused.code == "TOO_MANY_CONSOLES")
      await #expect(throws: TestClient.Broken.self) {
        _ = try await TestWebSocket.open(bench.lea, at: "/ws/console/" + unused)
      }
      sockets[0].close()
      #expect(await sockets[0].ended() == 1001)
      _ = try await bench.watching(bench.lea)
    }
  }

  @Test func `tickets that nobody uses are bounded`() async throws {
    try await ConsoleBench.run { bench in
      let first = try await bench.ticket(bench.lea)
      let second = try await bench.ticket(bench.lea)
      for _ in 1..<ConsoleTickets.mostOfAccount { _ = try await bench.ticket(bench.lea) }
      await #expect(throws: TestClient.Broken.self) {
        _ = try await TestWebSocket.open(bench.lea, at: "/ws/console/" + first)
      }
      let socket = try await TestWebSocket.open(bench.lea, at: "/ws/console/" + second)
      _ = try await bench.opened("serial")
      withExtendedLifetime(socket) {}
    }
  }
}
