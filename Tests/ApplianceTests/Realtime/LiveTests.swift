import HTTP
import Hypervisor
import Store
import Synchronization
import Testing

@testable import Appliance

/// What is sent over `/ws` to whom, and when it ends.
@Suite(.timeLimit(.minutes(30))) struct LiveTests {
  @Test func `people receive events of their own machines only, admins of all`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let boss = try await test.person("boss", role: .admin)
      var sockets: [TestWebSocket] = []
      for person in [lea, sam, boss] {
        let socket = try await TestWebSocket.open(test, token: person.token)
        try socket.send("SUBSCRIBE", ["topic": "vms"])
        #expect(try await socket.next("SUBSCRIBED")["topic"]?.string == "vms")
        sockets.append(socket)
      }
      let id = try await test.machine(of: lea)
      let running: (JSONValue) -> Bool = { $0["status"]?.string == "running" }
      for socket in [sockets[0], sockets[2]] {
        let vm = try await socket.next("VM_STATUS", where: running)
        #expect(vm["id"]?.string == String(id))
        #expect(vm["job"] == .null)
        #expect(vm["ssh_key"] == nil)
      }
      _ = try await test.machine(of: sam)
      let first = try await sockets[1].next("VM_STATUS")
      #expect(first["owner"]?["name"]?.string == "Sam")
      #expect(try await lea.delete("/api/vms/\(id)").status == 202)
      _ = try await sockets[0].next("VM_STATUS") { $0["status"]?.string == "deleted" }
    }
  }

  @Test func `a job's events are sent to its owner only, from its current state to its end`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let isAway = Mutex(true)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { _, name in
          if name == "disk", isAway.withLock({ $0 }) {
            throw HypervisorError(.unreachable, "injected", operation: "test")
          }
        }
      }
      let job = try #require(try await lea.post("/api/vms", tinyMachine).json["job"]?["id"]?.string)
      _ = try await test.until(lea, "/api/jobs/\(job)") { $0.json["job"]?["status"]?.string == "waiting" }
      let foreign = try await TestWebSocket.open(test, token: sam.token)
      let own = try await TestWebSocket.open(test, token: lea.token)
      for socket in [foreign, own] { try socket.send("SUBSCRIBE", ["topic": .string("job:\(job)")]) }
      let present = try await own.next("JOB")
      #expect(present["status"]?.string == "waiting")
      #expect(present["step"]?.string == "disk")
      isAway.withLock { $0 = false }
      try await test.appliance.database.write { tx in try tx.execute("UPDATE jobs SET run_at = 0") }
      test.appliance.jobs.wake()
      var last = 0
      let done = try await own.next("JOB") { payload in
        let progress = Int(payload["progress"]?.int ?? 0)
        #expect(progress >= last)
        last = progress
        return payload["status"]?.string == "succeeded"
      }
      #expect(done["progress"]?.int == 100)
      try foreign.send("HEARTBEAT")
      var heard: [String] = []
      while let type = await foreign.next()?["type"]?.string {
        heard.append(type)
        if type == "HEARTBEAT_ACK" { break }
      }
      #expect(!heard.contains("JOB"))
    }
  }

  @Test func `a client that reconnects receives events again, one that unsubscribes does not`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      for _ in 0..<3 {
        let socket = try await TestWebSocket.open(test, token: lea.token)
        try socket.send("SUBSCRIBE", ["topic": "vms"])
        _ = try await socket.next("SUBSCRIBED")
        socket.cut()
      }
      await eventually { !test.appliance.hub.hasListeners(.machines) }
      let socket = try await TestWebSocket.open(test, token: lea.token)
      try socket.send("SUBSCRIBE", ["topic": "vms"])
      _ = try await socket.next("SUBSCRIBED")
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "pause"]).status == 202)
      _ = try await socket.next("VM_STATUS") { $0["status"]?.string == "paused" }
      try socket.send("UNSUBSCRIBE", ["topic": "vms"])
      await eventually { !test.appliance.hub.hasListeners(.machines) }
    }
  }

  @Test func `the end of a session closes its sockets and tells them why`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let socket = try await TestWebSocket.open(test, token: lea.token)
      _ = try await socket.next("AUTHENTICATED")
      #expect(try await lea.post("/api/auth/logout").status == 200)
      #expect(try await socket.next("SESSION_ENDED")["reason"]?.string == "SIGNED_OUT")
      #expect(await socket.ended() == 4001)
    }
  }

  @Test func `the sockets of an expired session are closed at the next cleanup`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let socket = try await TestWebSocket.open(test, token: lea.token)
      _ = try await socket.next("AUTHENTICATED")
      test.appliance.sessions.state.withLock { state in
        for (hash, entry) in state.byHash {
          state.byHash[hash] = SessionEntry(
            id: entry.id, userID: entry.userID, workstationID: entry.workstationID, address: entry.address,
            createdAt: entry.createdAt, expiresAt: 1, seenAt: entry.seenAt, leasedAt: entry.leasedAt)
        }
      }
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        try sessions.flush(in: tx)
      }
      #expect(try await socket.next("SESSION_ENDED")["reason"]?.string == "EXPIRED")
      #expect(await socket.ended() == 4001)
    }
  }

  @Test(arguments: [false, true])
  func `deactivating an account closes its sockets, including those of API tokens`(byToken: Bool)
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let token = byToken ? try await Self.apiToken(test, rights: ["read"]) : lea.token
      let socket = try await TestWebSocket.open(test, token: token)
      _ = try await socket.next("AUTHENTICATED")
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        try tx.execute("UPDATE users SET is_active = 0 WHERE username = 'lea'")
        let id = try tx.scalar("SELECT id FROM users WHERE username = 'lea'") ?? 0
        try sessions.refresh(id, in: tx)
      }
      #expect(try await socket.next("SESSION_ENDED")["reason"]?.string == "DEACTIVATED")
      #expect(await socket.ended() == 4001)
    }
  }

  @Test func `a plain API token gets no admin events, even after the admin's account changed`()
    async throws
  {
    try await TestAppliance.run { test in
      _ = try await test.person("lea", role: .admin)
      let token = try await Self.apiToken(test, rights: ["read"])
      let socket = try await TestWebSocket.open(test, token: token)
      _ = try await socket.next("AUTHENTICATED")
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        try sessions.refresh(try tx.scalar("SELECT id FROM users") ?? 0, in: tx)
      }
      try socket.send("SUBSCRIBE", ["topic": "system"])
      #expect(try await socket.next("ERROR")["code"]?.string == "FORBIDDEN")
    }
  }

  @Test func `deleting an API token closes its sockets`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      let token = try await Self.apiToken(test, rights: ["read"])
      let socket = try await TestWebSocket.open(test, token: token)
      _ = try await socket.next("AUTHENTICATED")
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        sessions.removeToken(1, in: tx)
      }
      #expect(await socket.ended() == 4001)
    }
  }

  /// An API token of the account with id 1.
  private static func apiToken(_ test: TestAppliance, rights: Set<String>) async throws -> String {
    let token = Token(for: .api)
    try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
      let user = try tx.scalar("SELECT id FROM users") ?? 0
      sessions.add(
        Sessions.APIToken(id: 1, userID: user, rights: rights, expiresAt: .max), hash: token.hash, in: tx)
    }
    return Sessions.tokenPrefix + token.text
  }
}
