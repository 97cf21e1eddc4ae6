import HTTP
import Hypervisor
import Store
import Synchronization
import Testing

@testable import Appliance

extension TestAppliance {
  /// Gives a test the functions that the jobs of machines share.
  var machineOperations: MachineOperations { appliance.machines }

  /// Creates a running machine of a person; returns its id.
  func machine(of person: TestClient, named name: String = "web-01") async throws -> Int64 {
    let created = try await person.post("/api/vms", tinyMachine.with("name", .string(name)))
    let id = try #require(created.json["vm"]?["id"]?.string)
    _ = try await until(person, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
    return try #require(Int64(id))
  }
}

/// Rows compared with libvirt's state, reused addresses, and concurrent jobs.
@Suite(.timeLimit(.minutes(30))) struct TruthTests {
  @Test func `a machine whose domain reappears leaves the error state`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE machines SET status = 'error', error_code = 'DOMAIN_GONE' WHERE id = ?", id)
      }
      try await MachineLifecycle(base: test.machineOperations).reconcile()
      let vm = try await lea.get("/api/vms/\(id)").json["vm"]
      #expect(vm?["status"]?.string == "running")
      #expect(vm?["error"] == .null)
    }
  }

  @Test func `while the host is unreachable, a status is marked as the last known one`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      #expect(try await lea.get("/api/vms/\(id)").json["vm"]?["problem"] == .null)
      await test.appliance.host.stop()
      let (list, loads) = (try await lea.get("/api/vms"), try await lea.get("/api/monitoring/vms"))
      let one = try await lea.get("/api/vms/\(id)").json["vm"]
      for vm in [one, list.json["vms"]?.array?.first, loads.json["vms"]?.array?.first] {
        // The status is one that older clients know; a separate field says that it may be outdated.
        #expect(vm?["status"]?.string == "running" && vm?["host_reachable"]?.bool == false)
        #expect(vm?["problem"]?["code"]?.string == "HOST_UNREACHABLE")
        #expect(vm?["problem"]?["message"]?.string == Refusals.sentence("HOST_UNREACHABLE").en)
      }
    }
  }

  @Test func `a machine that could not be created stays in error whatever libvirt reports`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE machines SET status = 'error', error_code = 'NO_SPACE' WHERE id = ?", id)
      }
      try await MachineLifecycle(base: test.machineOperations).reconcile()
      #expect(try await lea.get("/api/vms/\(id)").json["vm"]?["status"]?.string == "error")
    }
  }

  @Test func `a reused address leads to its new machine only`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let old = try await test.machine(of: lea)
      let new = try await test.machine(of: sam)
      let address = "10.77.0.9"
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE machines SET internal_ip = ? WHERE id = ?", address, old)
      }
      let machine = try #require(try await test.appliance.database.read { try Machine.find(new, in: $0) })
      _ = try await test.machineOperations.forward(machine, to: address)
      let guests = try await test.appliance.database.read { try Forwarding.guests($0) }
      #expect(guests.map { $0.address?.description } == [nil, address])
    }
  }

  @Test func `nothing is forwarded to the address of a stopped machine`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let running = try await test.appliance.database.read { try Forwarding.guests($0) }
      #expect(running.first?.address != nil)
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "force-stop"]).status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
      let stopped = try await test.appliance.database.read { try Forwarding.guests($0) }
      #expect(stopped.map(\.address) == [nil])
      #expect(stopped.first?.publicPort == running.first?.publicPort)
    }
  }

  @Test func `a port used by a service of the host is skipped`() async throws {
    try await TestAppliance.run { test in
      let (port, next) = (12_345, 12_346)
      let found = try await test.appliance.database.write { tx in
        try PublicPort.free(in: port...next, isUsedByHost: { $0 == port }, tx)
      }
      #expect(found == next)
      #expect(PublicPort.isUsedByHost(test.port))
    }
  }

  @Test func `a forced stop cancels a shutdown that does not end`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { job, _ in
          if job.kind == PowerMachine.kind(.stop) {
            throw HypervisorError(.unreachable, "injected", operation: "test")
          }
        }
      }
      let stop = try await lea.post("/api/vms/\(id)/action", ["action": "stop"])
      let stopJob = try #require(stop.json["job"]?["id"]?.string)
      _ = try await test.until(lea, "/api/jobs/\(stopJob)") {
        $0.json["job"]?["status"]?.string == "waiting"
      }
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "reboot"]).code == "MACHINE_BUSY")
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "force-stop"]).status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
      let given = try await lea.get("/api/jobs/\(stopJob)").json["job"]
      #expect(given?["error"]?["code"]?.string == "CANCELLED")
    }
  }

  @Test func `deleting twice is one deletion`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { job, _ in
          if job.kind == MachineOperations.delete {
            throw HypervisorError(.unreachable, "injected", operation: "test")
          }
        }
      }
      let first = try await lea.delete("/api/vms/\(id)")
      let second = try await lea.delete("/api/vms/\(id)")
      #expect(first.json["job"]?["id"] == second.json["job"]?["id"])
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "force-stop"]).status == 409)
      #expect(try await lea.put("/api/vms/\(id)", ["vcpu": 2]).status == 409)
    }
  }

  @Test func `a machine being created when the daemon stopped is completed after the next start`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { _, name in
          if name == "address" { throw HypervisorError(.unreachable, "injected", operation: "test") }
        }
      }
      let created = try await lea.post("/api/vms", tinyMachine)
      let id = try #require(created.json["vm"]?["id"]?.string)
      let job = try #require(created.json["job"]?["id"]?.string)
      _ = try await test.until(lea, "/api/jobs/\(job)") { $0.json["job"]?["status"]?.string == "waiting" }
      await test.appliance.stop()
      let again = try await TestAppliance.start(in: test.folder)
      var client = again.client
      client.token = lea.token
      _ = try await again.until(client, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      #expect(try await client.get("/api/mailbox").json.array?.count == 1)
      await again.appliance.stop()
    }
  }
}
