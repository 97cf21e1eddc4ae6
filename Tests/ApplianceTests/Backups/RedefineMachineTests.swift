import Hypervisor
import Store
import Testing

@testable import Appliance

/// Machines after a restore.
@Suite(.timeLimit(.minutes(30))) struct RedefineMachineTests {
  private func machine(_ id: Int64, _ test: TestAppliance) async throws -> Machine {
    try #require(try await test.appliance.database.read { try Machine.find(id, in: $0) })
  }

  /// Removes a machine from libvirt and restores.
  private func redefine(_ id: Int64, _ test: TestAppliance, withDisk: Bool) async throws {
    let (host, machine) = (test.appliance.host, try await machine(id, test))
    if try await host.state(machine.uuid) != .stopped { try await host.destroy(machine.uuid) }
    try await host.undefine(machine.uuid)
    if !withDisk {
      try await host.deleteVolume(
        pool: test.appliance.site.poolName, name: machine.disk(prefix: test.prefix))
    }
    let count = try await test.appliance.database.write { [jobs = test.appliance.jobs] tx in
      // As it was in the backup.
      try tx.execute("UPDATE machines SET status = 'running', error_code = NULL WHERE id = ?", id)
      return try RedefineMachine.enqueueAll(jobs, in: tx)
    }
    #expect(count == 1)
  }

  private func status(_ id: Int64, _ client: TestClient, _ test: TestAppliance, _ wanted: String) async throws
    -> TestClient.Answer
  {
    try await test.until(client, "/api/vms/\(id)") { answer in
      let code = answer.json["vm"]?["error"]?["code"]?.string
      return answer.json["vm"]?["status"]?.string == wanted && code != "DOMAIN_GONE"
    }
  }

  @Test func `a machine whose disk is missing says so`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      try await redefine(id, test, withDisk: false)
      let answer = try await status(id, lea, test, "error")
      #expect(answer.json["vm"]?["error"]?["code"]?.string == "DISK_MISSING", "\(answer.text)")
      #expect(answer.text.contains("since the restore"))
    }
  }

  @Test func `a machine whose disk is there is defined again, and can be started`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      try await redefine(id, test, withDisk: true)
      _ = try await status(id, lea, test, "stopped")
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "start"]).status == 202)
      _ = try await status(id, lea, test, "running")
    }
  }

  @Test func `the definitions of a backup are those of libvirt`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let uuid = try await machine(id, test).uuid
      let definitions = await test.appliance.machines.definitions()
      #expect(definitions[uuid]?.contains(uuid) == true && definitions.count == 1)
    }
  }
}
