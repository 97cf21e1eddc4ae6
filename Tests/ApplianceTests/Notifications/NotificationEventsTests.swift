import HTTP
import Hypervisor
import Testing

@testable import Appliance

private let path = "/api/notifications"

/// Notifications of machines and pending registrations.
@Suite(.timeLimit(.minutes(30))) struct NotificationEventsTests {
  @Test func `only the owner is notified that a machine is ready, until it is deleted`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.machine(of: lea)
      let told = try await test.until(lea, path) { $0.json.array?.count == 1 }.json[0]
      #expect(told?["kind"]?.string == "machine_ready")
      #expect(told?["link"]?.string == "/machines/\(id)")
      #expect(told?["title"]?.string?.hasPrefix("Your machine ") == true)
      #expect(try await boss.get(path).json.array?.isEmpty == true)
      let socket = try await TestWebSocket.signedIn(lea)
      #expect(try await lea.delete("/api/vms/\(id)").status == 202)
      #expect(try await socket.next("NOTIFICATIONS")["unread"]?.int == 0)
    }
  }

  @Test func `the failed creation of a machine is notified with its reason`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { _, name in if name == "disk" { throw JobFailure(code: "NO_SPACE") } }
      }
      #expect(try await lea.post("/api/vms", tinyMachine).status == 202)
      let told = try await test.until(lea, path) { $0.json.array?.count == 1 }.json[0]
      #expect(told?["kind"]?.string == "machine_failed")
      #expect(told?["message"]?.string == Refusals.sentence("NO_SPACE").en)
    }
  }

  @Test func `a failed change of a machine is notified as such`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { _, name in if name == "resize" { throw JobFailure(code: "NO_SPACE") } }
      }
      let wish: JSONValue = ["vcpu": 1, "memory": 1024, "disk_size": 10]
      #expect(try await lea.put("/api/vms/\(id)", wish).status == 202)
      let told = try await test.until(lea, path + "?unread=1") { $0.json.array?.count == 2 }.json[0]
      #expect(told?["kind"]?.string == "machine_failed")
      #expect(told?["title"]?.string?.hasSuffix(" could not be resized") == true)
    }
  }

  @Test func `people managers are notified of pending registrations until one is approved`() async throws {
    try await TestAppliance.run(settings: ["ENABLE_REGISTRATION": "approval"]) { test in
      let boss = try await test.person("boss", role: .admin)
      let chief = try await test.person("chief")
      let lea = try await test.person("lea")
      try await test.delegate(.manageUsers, to: "chief")
      let socket = try await TestWebSocket.open(test, token: chief.token)
      let wish: JSONValue = [
        "username": "noa", "name": "Noa", "password": .string(TestAppliance.password),
      ]
      #expect(try await test.client.post("/api/auth/register", wish).status == 201)
      let told = try await socket.next("NOTIFICATION")
      #expect(told["title"]?.string == "Noa is waiting for your approval")
      #expect(try await boss.get(path).json[0]?["link"] == told["link"])
      #expect(try await lea.get(path).json.array?.isEmpty == true)
      let noa = try await test.id("noa")
      #expect(try await boss.post("/api/admin/users/\(noa)/approve").status == 200)
      #expect(try await socket.next("NOTIFICATIONS")["unread"]?.int == 0)
      #expect(try await boss.get(path).headers["x-unread-count"] == "0")
    }
  }

  @Test func `a registration with an unverified address is not announced`() async throws {
    try await TestAppliance.run(settings: ["ENABLE_REGISTRATION": "approval"]) { test in
      let boss = try await test.person("boss", role: .admin)
      let wish: JSONValue = [
        "email": "noa@example.org", "name": "Noa", "password": .string(TestAppliance.password),
      ]
      #expect(try await test.client.post("/api/auth/register", wish).status == 201)
      #expect(try await boss.get(path).json.array?.isEmpty == true)
      let token = try #require(try await test.mailedToken(to: "noa@example.org"))
      for _ in 1...2 {
        #expect(try await test.client.get("/api/auth/verify-email?token=\(token)").status == 200)
      }
      #expect(try await boss.get(path).json.array?.map { $0["count"]?.int } == [1])
    }
  }
}

/// Statements run for every message must not scan a table.
@Suite struct NotificationPlanTests {
  private static let queries: [(sql: String, arguments: Int)] = [
    (Notifications.insertSQL, 11), (Notifications.replaceSQL, 4), (Notifications.toldSQL, 3),
    (Notifications.unreadSQL, 1), (Notifications.seenSQL, 3), (Notifications.settleSQL, 2),
    (NotificationsFeature.listSQL, 3), (NotificationsFeature.unreadListSQL, 3),
    (NotificationDigest.dueSQL, 3), (NotificationDigest.waitingSQL, 1), (NotificationDigest.sumsSQL, 1),
    (NotificationDigest.mailedSQL, 2), (TidyNotifications.windowSQL, 1), (TidyNotifications.deleteSQL, 4),
  ]

  @Test(arguments: queries.indices) func `the statement uses an index`(index: Int) async throws {
    let (sql, count) = Self.queries[index]
    let bench = try JobBench()
    let plan = try await bench.database.read { connection in
      try connection.query(
        "EXPLAIN QUERY PLAN \(sql)", arguments: Array(repeating: 1, count: count), map: { $0.text(3) })
    }
    #expect(!plan.isEmpty)
    // Scans of a given list and of a subquery's result are allowed.
    let scans = plan.filter {
      $0.hasPrefix("SCAN ") && !$0.contains("VIRTUAL TABLE") && !$0.contains("subquery")
    }
    #expect(scans.isEmpty, "\(sql): \(plan)")
    try await bench.close()
  }
}
