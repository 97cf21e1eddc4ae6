import HTTP
import Hypervisor
import Store
import Testing

@testable import Appliance
@testable import Hypervisor

@Suite(.timeLimit(.minutes(30))) struct PauseTests {
  private func row(_ id: Int64, _ test: TestAppliance) async throws -> Machine {
    try #require(try await test.appliance.database.read { try Machine.find(id, in: $0) })
  }

  /// Leaves `room` bytes free in the pool, using a volume of that size in the test driver.
  private func fill(leaving room: UInt64, _ test: TestAppliance) async throws {
    let (host, pool, name) = (test.appliance.host, test.appliance.site.poolName, "\(test.prefix)-fill")
    try await host.deleteVolume(pool: pool, name: name)
    let size = try await host.freeSpace(pool: pool) - room
    let xml =
      "<volume><name>\(name)</name><capacity>\(size)</capacity><allocation>\(size)</allocation></volume>"
    try await host.perform("fill") { _ = try $0.existingPool(pool, "fill").create(xml, "fill") }
  }

  private func pausedByFullDisk(_ owner: TestClient, _ test: TestAppliance) async throws -> Int64 {
    let id = try await test.machine(of: owner)
    try await test.appliance.host.suspend(try await row(id, test).uuid)
    _ = try await test.until(owner, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "paused" }
    // As if libvirt had reported a full disk, which its test driver never does.
    try await test.appliance.database.write { tx in
      try tx.execute("UPDATE machines SET reason_code = 'NO_SPACE' WHERE id = ?", id)
    }
    return id
  }

  @Test func `a machine cannot resume while the storage is full`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await pausedByFullDisk(lea, test)
      try await fill(leaving: MachinePause.leastRoom - 1, test)
      let refused = try await lea.post("/api/vms/\(id)/action", ["action": "resume"])
      #expect(refused.status == 409 && refused.code == "NO_SPACE", "\(refused.text)")
      #expect(refused.text.contains("Free up space, then resume the machine."))
      #expect(try await test.appliance.host.state(try await row(id, test).uuid) == .paused)
      try await fill(leaving: MachinePause.leastRoom, test)
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "resume"]).status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
    }
  }

  @Test func `a machine paused by the host says why, and resumes once there is space`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await pausedByFullDisk(lea, test)
      let vm = try await lea.get("/api/vms/\(id)").json["vm"]
      #expect(vm?["reason"]?["code"]?.string == "NO_SPACE")
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "resume"]).status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
    }
  }

  @Test func `a machine paused by a person says so, without notification`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      try await test.appliance.host.suspend(try await row(id, test).uuid)
      let paused = try await test.until(lea, "/api/vms/\(id)") {
        $0.json["vm"]?["status"]?.string == "paused"
      }
      #expect(paused.json["vm"]?["reason"]?["code"]?.string == "PAUSED")
      #expect(try await !lea.get("/api/notifications").text.contains("machine_paused"))
      try await test.appliance.host.resume(try await row(id, test).uuid)
      let running = try await test.until(lea, "/api/vms/\(id)") {
        $0.json["vm"]?["status"]?.string == "running"
      }
      #expect(running.json["vm"]?["reason"] == .null)
    }
  }

  @Test func `owner and admins are notified why the host paused a machine, until it resumes`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.machine(of: lea)
      let machine = try await row(id, test)
      // As if libvirt had reported a full disk, which its test driver never does.
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE machines SET status = 'paused', reason_code = 'NO_SPACE' WHERE id = ?", id)
        try test.appliance.notifications.paused(machine, code: "NO_SPACE", in: tx)
      }
      for person in [lea, boss] {
        let told = try await person.get("/api/notifications").text
        #expect(told.contains("machine_paused") && told.contains("The host's storage is full"), "\(told)")
      }
      #expect(try await !sam.get("/api/notifications").text.contains("machine_paused"))
      try await test.machineOperations.observe(id)
      #expect(try await row(id, test).reasonCode == nil)
      for person in [lea, boss] {
        let list = try await person.get("/api/notifications").json
        let items = list.array ?? list["notifications"]?.array ?? []
        #expect(
          items.contains { $0["type"]?.string == "machine_paused" || $0["kind"]?.string == "machine_paused" })
      }
      let unread = try await test.appliance.database.read {
        try $0.scalar("SELECT count(*) FROM notifications WHERE kind = 'machine_paused' AND read_at IS NULL")
      }
      #expect(unread == 0)
    }
  }

  @Test func `a machine that cannot write is stopped without a shutdown`() {
    #expect(MachinePause.isTrouble("NO_SPACE") && MachinePause.isTrouble("IO_ERROR"))
    #expect(!MachinePause.isTrouble("PAUSED") && !MachinePause.isTrouble(nil))
  }
}
