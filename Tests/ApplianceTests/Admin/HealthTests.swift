import HTTP
import Store
import TestSupport
import Testing

@testable import Appliance

/// What administrators are told about the state of their installation.
@Suite struct HealthTests {
  private static let path = "/api/admin/health"

  private func check(_ name: String, _ admin: TestClient) async throws -> JSONValue {
    let checks = try await admin.get(Self.path).json["checks"]?.array ?? []
    return try #require(checks.first { $0["name"]?.string == name }, "\(name)")
  }

  @Test func `only administrators learn the state and get the report`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea", role: .moderator)
      for path in [Self.path, "/api/admin/report"] {
        #expect(try await test.client.get(path).status == 401)
        #expect(try await lea.get(path).status == 403)
      }
    }
  }

  @Test func `every check has a state and a sentence, and the test driver is told`() async throws {
    try await TestAppliance.run { test in
      let root = try await test.person("root", role: .admin)
      await eventually { test.appliance.standing.isPrepared }
      let answer = try await root.get(Self.path).json
      let checks = answer["checks"]?.array ?? []
      #expect(checks.compactMap { $0["name"]?.string } == test.appliance.healthChecks.map(\.name))
      #expect(checks.allSatisfy { $0["message"]?.string?.isEmpty == false })
      #expect(try await check("hypervisor", root)["state"] == "attention")
      for name in [
        "firewall", "network", "pool", "images", "writing", "database", "mail", "jobs", "client_errors",
      ] {
        let found = try await check(name, root)
        #expect(found["state"] == "ok", "\(found)")
      }
      #expect(answer["broken"] == 0 && answer["state"] == "attention")
    }
  }

  @Test func `an unreachable hypervisor is broken, with the command that starts it`() async throws {
    try await TestAppliance.run(settings: ["LIBVIRT_URI": "qemu+unix:///system?socket=/nowhere"]) { test in
      let root = try await test.person("root", role: .admin)
      let found = try await check("hypervisor", root)
      #expect(found["state"] == "broken" && found["command"] == "systemctl start libvirtd")
      #expect(try await root.get(Self.path).json["state"] == "broken")
    }
  }

  @Test(arguments: [
    (50, "ok"), (89, "ok"), (90, "attention"), (97, "attention"), (98, "broken"), (100, "broken"),
  ])
  func `a disk that fills is told in time`(percent: Int, state: String) async throws {
    var resources = HostResources.plenty
    resources.diskPercent = percent
    resources.diskUsed = percent * 5
    try await TestAppliance.run(resources: resources) { test in
      let found = try await check("disk", try await test.person("root", role: .admin))
      #expect(found["state"]?.string == state)
      #expect(found["message"]?.string?.contains("of 500 GB free") == true)
      #expect((found["advice"]?.string == nil) == (state == "ok"))
    }
  }

  @Test func `a disk that fills within a week is told with the days`() async throws {
    try await TestAppliance.run { test in
      let root = try await test.person("root", role: .admin)
      try await test.appliance.database.write { tx in
        for step in 0..<200 {
          try tx.execute(
            "INSERT INTO load_history (machine_id, grain, at, cpu, ram, disk) VALUES (0, 300, ?, 1, 1, ?)",
            tx.now - Int64(200 - step) * 300_000, Double(60 + step / 10))
        }
      }
      let found = try await check("disk", root)
      #expect(found["state"] == "attention")
      #expect(found["message"]?.string?.hasSuffix("full in less than a day.") == true, "\(found)")
      let metrics = try await test.client.get("/metrics").text
      #expect(metrics.contains("\nobox_disk_full_days 0."))
    }
  }

  @Test func `mail that waits and mail that was given up are told with the reason`() async throws {
    let settings = ["EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "9", "EMAIL_FROM": "obox@example.org"]
    try await TestAppliance.run(settings: settings) { test in
      let root = try await test.person("root", role: .admin)
      #expect(try await check("mail", root)["state"] == "ok")
      func add(_ status: String, age: Int64) async throws {
        try await test.appliance.database.write { tx in
          try tx.execute(
            """
            INSERT INTO outbox (recipient, subject, message_id, status, next_at, error, created_at)
            VALUES ('lea@example.org', 'Hello', ?, ?, ?, 'mailbox of lea is full', ?)
            """, RandomID.uuid(), status, tx.now + 600_000, tx.now - age)
        }
      }
      try await add("failed", age: 60_000)
      let failed = try await check("mail", root)
      #expect(failed["state"] == "attention" && failed["detail"] == "mailbox of lea is full")
      try await add("queued", age: 3_600_000)
      let waiting = try await check("mail", root)
      #expect(waiting["state"] == "attention")
      #expect(waiting["message"]?.string?.hasSuffix(", the oldest for 1 h.") == true, "\(waiting)")
      try await add("queued", age: 25 * 3_600_000)
      #expect(try await check("mail", root)["state"] == "broken")
      let metrics = try await test.client.get("/metrics").text
      #expect(metrics.contains("\nobox_mail_waiting ") && metrics.contains("obox_health{check=\"mail\"} 2\n"))
    }
  }

  @Test func `failed jobs are told for a day, and cancelled ones are not`() async throws {
    try await TestAppliance.run { test in
      let root = try await test.person("root", role: .admin)
      try await test.appliance.database.write { tx in
        for (code, age) in [("CANCELLED", 1), ("INTERNAL", 25 * 3_600_000), ("INTERNAL", 60_000)]
          as [(String, Int64)]
        {
          try tx.execute(
            """
            INSERT INTO jobs (kind, status, error_code, run_at, created_at, finished_at)
            VALUES ('machine.create', 'failed', ?, ?, ?, ?)
            """, code, tx.now - age, tx.now - age, tx.now - age)
        }
      }
      let found = try await check("jobs", root)
      #expect(found["message"] == "Failed in the last 24 hours: 1 (machine.create × 1).", "\(found)")
    }
  }

  @Test func `a change is told to the pages of administrators only`() async throws {
    try await TestAppliance.run { test in
      let root = try await test.person("root", role: .admin)
      let page = try await TestWebSocket.signedIn(root)
      let other = try await TestWebSocket.signedIn(try await test.person("lea"))
      _ = try await root.get(Self.path)
      #expect(try await page.next("HEALTH")["state"]?.string != nil)
      try other.send("SUBSCRIBE", ["topic": "vms"])
      while let message = await other.next(), message["type"] != "SUBSCRIBED" {
        #expect(message["type"] != "HEALTH")
      }
    }
  }
}
