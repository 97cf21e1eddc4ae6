import HTTP
import Hypervisor
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct MonitoringTests {
  /// A machine's row without a job, and its domain's UUID.
  @discardableResult private func addMachine(
    _ name: String, to test: TestAppliance, of username: String, uuid: String = RandomID.uuid()
  ) async throws -> String {
    let id = try await test.appliance.database.write { tx in
      let owner = try tx.scalar("SELECT id FROM users WHERE username = ?", username)
      try tx.execute(
        """
        INSERT INTO machines (user_id, name, os_type, version, vcpu, memory, disk_size, status, uuid, mac,
          ssh_user, sealed_key, created_at, updated_at)
        VALUES (?, ?, 'debian', '12', 1, 512, 10, 'running', ?, ?, 'anna', ?, ?, ?)
        """, owner, name, uuid, RandomID.mac(), [1, 2, 3] as [UInt8], tx.now, tx.now)
      return tx.lastInsertedID
    }
    let machine = try await test.appliance.database.read { try Machine.find(id, in: $0) }
    return try #require(machine).uuid
  }

  /// Starts a machine's domain under another name, as a person with virsh would.
  private func startDomain(_ uuid: String, on test: TestAppliance) async throws {
    await eventually { test.appliance.host.isConnected }
    let name = "by-hand-\(uuid)"
    try await test.appliance.host.define(
      DomainDefinition(
        name: name, uuid: uuid, title: name, vcpu: 1, memoryMB: 512, diskPath: "/dev/null",
        seedPath: nil, network: .network("default"), mac: RandomID.mac(), type: "test"))
    try await test.appliance.host.start(name)
  }

  private func names(_ answer: TestClient.Answer) -> [String] {
    answer.json["vms"]?.array?.compactMap { $0["name"]?.string } ?? []
  }

  @Test func `requests without sign-in or permission are refused`() async throws {
    try await TestAppliance.run { test in
      let anna = try await test.person("anna")
      for path in ["/api/monitoring/system", "/api/monitoring/vms"] {
        #expect(try await test.client.get(path).status == 401)
      }
      #expect(try await anna.get("/api/monitoring/system").status == 403)
      var proxy = test.client
      proxy.headers["X-Forwarded-For"] = "127.0.0.1"
      #expect(try await proxy.get("/metrics").status == 401)
      proxy.token = anna.token
      #expect(try await proxy.get("/metrics").status == 403)
      proxy.token = try await test.person("root", role: .admin).token
      #expect(try await proxy.get("/metrics").status == 200)
    }
  }

  @Test func `the values of an unknown host are not made up`() async throws {
    try await TestAppliance.run(resources: HostResources(isUnknown: true)) { test in
      let admin = try await test.person("root", role: .admin)
      #expect(try await admin.get("/api/monitoring/system").status == 503)
    }
  }

  @Test func `machines on an unreachable hypervisor are listed with zeros and a flag`() async throws {
    try await TestAppliance.run(settings: ["LIBVIRT_URI": "qemu+unix:///system?socket=/nowhere"]) { test in
      let anna = try await test.person("anna")
      _ = try await addMachine("web", to: test, of: "anna")
      let answer = try await anna.get("/api/monitoring/vms")
      #expect(answer.status == 200)
      #expect(answer.json["host_reachable"]?.bool == false)
      #expect(answer.json["total"]?.int == 1)
      let machine = answer.json["vms"]?.array?.first
      #expect(machine?["name"]?.string == "web")
      #expect(machine?["host_reachable"]?.bool == false)
      #expect(machine?["cpu"] == JSONValue(parsing: #"{"usage":0,"vcpu":1}"#))
      #expect(machine?["ram"] == JSONValue(parsing: #"{"used":0,"total":512,"percent":0}"#))
      #expect(machine?["disk"] == JSONValue(parsing: #"{"used":0,"total":10,"percent":0}"#))
    }
  }

  @Test func `people see the usage of their own machines, admins of all, and nobody sees a key`() async throws
  {
    try await TestAppliance.run { test in
      let (anna, bert) = (try await test.person("anna"), try await test.person("bert"))
      let admin = try await test.person("root", role: .admin)
      try await startDomain(try await addMachine("web", to: test, of: "anna"), on: test)
      _ = try await addMachine("idle", to: test, of: "bert")
      let answer = try await anna.get("/api/monitoring/vms")
      #expect(names(answer) == ["web"])
      #expect(answer.json["host_reachable"]?.bool == true)
      // libvirt's test driver keeps one core busy.
      #expect(answer.json["vms"]?.array?.first?["cpu"]?["usage"]?.int ?? 0 > 0)
      #expect(try await names(bert.get("/api/monitoring/vms")) == ["idle"])
      let all = try await admin.get("/api/monitoring/vms")
      #expect(names(all) == ["idle", "web"])
      #expect(all.json["total"]?.int == 2)
      #expect(all.json["vms"]?.array?.first?["cpu"]?["usage"]?.int == 0)
      #expect(!answer.text.contains("ssh_key"))
    }
  }

  @Test func `of statistics read for all, each receives only their own`() async throws {
    try await TestAppliance.run { test in
      for (name, role) in [("anna", Role.employee), ("bert", .moderator), ("root", .admin)] {
        _ = try await test.person(name, role: role)
      }
      _ = try await addMachine("web", to: test, of: "anna")
      _ = try await addMachine("idle", to: test, of: "bert")
      let statistics = try await MachineStatistics(
        test.appliance.statistics, owner: nil, languages: [.fr, .en], loads: MachineLoads())
      for (name, seen) in [("anna", ["web"]), ("bert", ["idle"]), ("root", ["idle", "web"])] {
        let found = try await test.appliance.database.read { try Account.find(login: name, in: $0) }
        let account = try #require(found)
        for language in [Language.fr, .en] {
          var json = JSONWriter()
          statistics.write(to: &json, for: account, in: language)
          let value = JSONValue(parsing: json.bytes)
          #expect(value?["vms"]?.array?.compactMap { $0["name"]?.string } == seen)
          #expect(value?["total"]?.int == seen.count)
        }
      }
    }
  }

  @Test func `the system's usage has the field names of the API`() async throws {
    try await TestAppliance.run { test in
      let admin = try await test.person("root", role: .admin)
      _ = try await test.person("anna")
      // The domain first, so that no comparison finds the row without it.
      let domain = RandomID.uuid()
      try await startDomain(domain, on: test)
      try await addMachine("web", to: test, of: "anna", uuid: domain)
      let answer = try await test.until(admin, "/api/monitoring/system") { $0.json["activeVMs"]?.int == 1 }
      #expect(
        answer.json
          == JSONValue(
            parsing: """
              {"cpu":{"usage":5,"cores":8},"ram":{"used":1000,"total":16000,"percent":6},
              "disk":{"used":10,"total":500,"percent":2},"activeVMs":1,"host_reachable":true}
              """))
    }
  }

  @Test func `the metrics are in Prometheus' text format`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.client.get("/api/nothing")
      let answer = try await test.client.get("/metrics")
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      let lines = answer.text.split(separator: "\n")
      for line in [
        #"obox_http_requests_total{method="GET",status="4xx"} 1"#, #"obox_jobs{status="queued"} "#,
        #"obox_machines{status="running"} 0"#, "obox_host_cpu_usage_ratio 0.05",
        "process_resident_memory_bytes ", "obox_open_sockets ", "obox_store_commits_total ",
        #"obox_store_waiting{kind="write"} "#,
      ] {
        #expect(lines.contains { $0.hasPrefix(line) }, "\(line)")
      }
      #expect(lines.allSatisfy { $0.hasPrefix("# ") || $0.split(separator: " ").count == 2 })
    }
  }
}
