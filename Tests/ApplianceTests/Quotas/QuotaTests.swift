import HTTP
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct QuotaTests {
  private func machine(_ name: String, _ vcpu: Int, _ memory: Int, _ disk: Int) -> JSONValue {
    [
      "name": .string(name), "os_type": "debian", "version": "12", "vcpu": .integer(Int64(vcpu)),
      "memory": .integer(Int64(memory)), "disk_size": .integer(Int64(disk)),
    ]
  }

  private func running(_ id: String, _ client: TestClient, _ test: TestAppliance) async throws {
    _ = try await test.until(client, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
  }

  @Test func `people see only their own quota, and cannot change it`() async throws {
    try await TestAppliance.run { test in
      #expect(try await test.client.get("/api/quota").status == 401)
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.id("lea")
      for (method, path) in [
        ("GET", "/api/admin/quotas"), ("PATCH", "/api/admin/quotas/employee"),
        ("GET", "/api/admin/users/\(id)/quota"), ("PATCH", "/api/admin/users/\(id)/quota"),
      ] {
        let body: JSONValue? = method == "GET" ? nil : ["machines": 100]
        #expect(try await lea.send(method, path, body).status == 403, "\(method) \(path)")
      }
      for body: JSONValue in [
        ["machines": -1], ["cores": 1.5], ["bytes": "much"], ["disk": .integer(1 << 60)], ["memory": true],
      ] {
        let answer = try await boss.send("PATCH", "/api/admin/users/\(id)/quota", body)
        #expect(answer.status == 400 && answer.json["errors"]?.array?.count == 1, "\(answer.text)")
      }
      #expect(try await boss.send("PATCH", "/api/admin/quotas/nobody", ["machines": 1]).status == 404)
      #expect(try await boss.get("/api/admin/users/999/quota").status == 404)
      let mine = try await lea.get("/api/quota").json
      #expect(mine["machines"] == ["used": 0, "most": 3] && mine["cores"] == ["used": 0, "most": 6])
      #expect(mine["memory"] == ["used": 0, "most": 6144] && mine["disk"] == ["used": 0, "most": 240])
      #expect(mine["bytes"] == ["used": 0, "most": 1_073_741_824])
    }
  }

  @Test func `a machine beyond the quota is refused with the fields that do not fit`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      // Two concurrent requests of one account that together exceed the quota.
      async let one = lea.post("/api/vms", machine("one", 4, 2048, 10))
      async let two = lea.post("/api/vms", machine("two", 4, 2048, 10))
      let answers = try await [one, two]
      #expect(answers.map(\.status).sorted() == [202, 400])
      let refused = try #require(answers.first { $0.status == 400 })
      #expect(refused.code == "QUOTA_EXCEEDED")
      #expect(refused.json["errors"]?.array?.compactMap { $0["field"]?.string } == ["vcpu"])
      #expect(refused.json["message"]?.string?.contains("2") == true)
      let all = try await lea.post("/api/vms", machine("three", 8, 8192, 300))
      #expect(
        all.json["errors"]?.array?.compactMap { $0["field"]?.string } == ["vcpu", "memory", "disk_size"])
      #expect(try await lea.post("/api/vms", machine("four", 2, 4096, 230)).status == 202)
      let mine = try await lea.get("/api/quota").json
      #expect(mine["cores"] == ["used": 6, "most": 6] && mine["disk"] == ["used": 240, "most": 240])
    }
  }

  @Test func `a resize is checked against the quota, also during another one`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      var ids: [String] = []
      for name in ["one", "two"] {
        let made = try await lea.post("/api/vms", machine(name, 1, 512, 10))
        ids.append(try #require(made.json["vm"]?["id"]?.string))
      }
      for id in ids { try await running(id, lea, test) }
      #expect(try await lea.send("PUT", "/api/vms/\(ids[0])", ["vcpu": 6]).code == "QUOTA_EXCEEDED")
      let boss = try await test.person("boss", role: .admin)
      #expect(try await boss.send("PUT", "/api/vms/\(ids[0])", ["memory": 6144]).code == "QUOTA_EXCEEDED")
      let paths = ids.map { "/api/vms/\($0)" }
      async let first = lea.send("PUT", paths[0], ["vcpu": 4])
      async let second = lea.send("PUT", paths[1], ["vcpu": 4])
      #expect(try await [first.status, second.status].sorted() == [202, 400])
      #expect(try await lea.get("/api/quota").json["cores"]?["used"] == 5)
    }
  }

  @Test func `a lowered limit takes nothing away, and allows shrinking`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let made = try await lea.post("/api/vms", machine("one", 4, 2048, 20))
      let id = try #require(made.json["vm"]?["id"]?.string)
      try await running(id, lea, test)
      let lower: JSONValue = ["cores": 2, "machines": 1]
      #expect(try await boss.send("PATCH", "/api/admin/quotas/employee", lower).status == 200)
      #expect(try await lea.get("/api/quota").json["cores"] == ["used": 4, "most": 2])
      #expect(try await lea.post("/api/vms", machine("two", 1, 512, 10)).code == "QUOTA_EXCEEDED")
      #expect(try await lea.send("PUT", "/api/vms/\(id)", ["vcpu": 5]).code == "QUOTA_EXCEEDED")
      #expect(try await lea.send("PUT", "/api/vms/\(id)", ["vcpu": 3]).status == 202)
    }
  }

  @Test func `an admin raises and resets the limits of a role or person, which is audited`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.id("lea")
      let path = "/api/admin/users/\(id)/quota"
      func most(_ resource: String) async throws -> JSONValue? {
        try await lea.get("/api/quota").json[resource]?["most"]
      }
      _ = try await boss.send("PATCH", "/api/admin/quotas/employee", ["machines": 5, "bytes": 1000])
      #expect(try await most("machines") == 5)
      let changed = try await boss.send("PATCH", path, ["machines": 7])
      #expect(changed.json["machines"] == ["used": 0, "most": 7, "own": 7, "role": 5])
      #expect(try await most("machines") == 7)
      #expect(try await most("bytes") == 1000)
      _ = try await boss.send("PATCH", path, ["machines": .null])
      #expect(try await most("machines") == 5)
      let all = try await boss.send("PATCH", "/api/admin/quotas/employee", ["machines": .null])
      #expect(all.json["defaults"]?["machines"] == 3)
      #expect(all.json["roles"]?["employee"]?["machines"] == .null)
      #expect(all.json["roles"]?["employee"]?["bytes"] == 1000)
      #expect(try await most("machines") == 3)
      let log = try await boss.get("/api/admin/audit?action=quota_changed").json.array ?? []
      #expect(log.compactMap { $0["details"]?.string }.last == "machines 5, bytes 1000")
      #expect(log.count == 4)
    }
  }

  @Test func `posting over HTTP is limited like over a socket`() async throws {
    try await TestAppliance.run(settings: ["SOCKET_FRAMES": "4"], clock: .withoutWaits) { test in
      let lea = try await test.person("lea")
      let tom = try await test.person("tom")
      var answers: [TestClient.Answer] = []
      for number in 0..<200 where answers.last?.status != 429 {
        answers.append(
          try await lea.post("/api/chat/channels/general/messages", ["text": .string("\(number)")]))
      }
      #expect(answers.count > 20)
      let last = try #require(answers.last)
      #expect(last.status == 429 && last.code == "TOO_MANY_MESSAGES")
      #expect(last.headers["retry-after"] == "1")
      #expect(try await lea.get("/api/chat/channels/general/messages").status == 200)
      #expect(try await tom.post("/api/chat/channels/general/messages", ["text": "hello"]).status == 201)
    }
  }
}
