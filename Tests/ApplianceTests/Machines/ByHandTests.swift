import HTTP
import Hypervisor
import Store
import TestSupport
import Testing

@testable import Appliance

/// Changes of a machine's domain by other tools, and reboots of the host.
@Suite(.timeLimit(.minutes(30))) struct ByHandTests {
  private func row(_ id: Int64, _ test: TestAppliance) async throws -> Machine {
    try #require(try await test.appliance.database.read { try Machine.find(id, in: $0) })
  }

  /// Removes a machine's domain and defines it again, as after a reboot of the host: off for an unknown
  /// reason.
  private func lose(_ id: Int64, as name: String? = nil, _ person: TestClient, _ test: TestAppliance)
    async throws
  {
    let (machine, host) = (try await row(id, test), test.appliance.host)
    try await host.destroy(machine.uuid)
    _ = try await test.until(person, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
    try await host.undefine(machine.uuid)
    _ = try await test.until(person, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "error" }
    let disk = try await host.volumePath(
      pool: test.appliance.site.poolName, name: machine.disk(prefix: test.prefix))
    try await host.define(
      DomainDefinition(
        name: name ?? machine.domain(prefix: test.prefix), uuid: machine.uuid, vcpu: machine.vcpu,
        memoryMB: machine.memory, diskPath: disk, network: .network("default"), mac: machine.mac, type: "test"
      ))
    _ = try await test.until(person, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
  }

  private func pretendRunning(_ id: Int64, _ test: TestAppliance) async throws {
    try await test.appliance.database.write { tx in
      try tx.execute("UPDATE machines SET status = 'running' WHERE id = ?", id)
    }
  }

  @Test func `a renamed domain is still its machine`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let name = "\(test.prefix)-renamed"
      try await lose(id, as: name, lea, test)
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "start"]).status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      #expect(try await test.appliance.host.state(name) == .running)
      try await test.appliance.host.destroy(name)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
      #expect(try await lea.delete("/api/vms/\(id)").status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.status == 404 }
      #expect(try await test.domains().isEmpty)
      #expect(try await test.volumes().isEmpty)
    }
  }

  @Test func `sizes changed by other tools are detected`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let uuid = try await row(id, test).uuid
      try await test.appliance.host.destroy(uuid)
      try await test.appliance.host.reconfigure(uuid, vcpu: 2, memoryMB: 1024)
      try await MachineLifecycle(base: test.machineOperations).reconcile()
      let vm = try await lea.get("/api/vms/\(id)").json["vm"]
      #expect(vm?["vcpu"]?.int == 2)
      #expect(vm?["memory"]?.int == 1024)
      #expect(vm?["disk_size"]?.int == 10)
    }
  }

  @Test func `after a reboot of the host, running machines are started again, once`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      try await lose(id, lea, test)
      try await pretendRunning(id, test)
      let first = MachineLifecycle(base: test.machineOperations) { _ in "boot 1" }
      try await first.startAgain()
      // A host seen for the first time has no reboot to compare with.
      #expect(try await test.appliance.host.state(try await row(id, test).uuid) == .stopped)
      let second = MachineLifecycle(base: test.machineOperations) { _ in "boot 2" }
      try await second.reconcile()
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      #expect(try await test.appliance.host.state(try await row(id, test).uuid) == .running)
      try await lose(id, lea, test)
      try await pretendRunning(id, test)
      try await second.reconcile()
      #expect(try await row(id, test).status == .stopped)
    }
  }

  @Test func `after a reboot of the host, machines stopped by someone stay stopped`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let (mine, cut) = (try await test.machine(of: lea), try await test.machine(of: lea, named: "web-02"))
      try await MachineLifecycle(base: test.machineOperations) { _ in "boot 1" }.reconcile()
      try await lose(mine, lea, test)
      // This one was stopped after the reboot, before we connected.
      try await test.appliance.host.destroy(try await row(cut, test).uuid)
      _ = try await test.until(lea, "/api/vms/\(cut)") { $0.json["vm"]?["status"]?.string == "stopped" }
      try await pretendRunning(cut, test)
      try await MachineLifecycle(base: test.machineOperations) { _ in "boot 2" }.reconcile()
      for id in [mine, cut] {
        #expect(try await row(id, test).status == .stopped)
        let job = try await test.appliance.database.read {
          try JobQueue.unfinished(ofMachine: id, in: $0)?.kind
        }
        #expect(job == nil)
      }
    }
  }

  @Test func `a bridged machine created without a filter gets it with its next start`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let domain = try #require(try await test.domains().first)
      try await test.appliance.host.destroy(domain)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
      try ByHand.edit(domain) { xml in
        xml.replacing("<interface type='network'>", with: "<interface type='bridge'>")
          .replacing("<source network='\(test.prefix)'/>", with: "<source bridge='br0'/>")
      }
      let former = try ByHand.definition(of: domain)
      #expect(former.contains("<source bridge='br0'/>") && !former.contains("filterref"))
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "start"]).status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      let present = try ByHand.definition(of: domain)
      #expect(present.contains("<filterref filter='clean-traffic'>"))
      #expect(present.contains("<parameter name='CTRL_IP_LEARNING' value='dhcp'/>"))
      let machine = try await row(id, test)
      #expect(present.contains("<mac address='\(machine.mac)'/>"))
      #expect(present.contains("<uuid>\(machine.uuid)</uuid>"))
    }
  }
}
