import HTTP
import Hypervisor
import Synchronization
import TestSupport
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct ResizeTests {
  @Test(arguments: ["resize", "start"])
  func `a failed resize restores the old sizes and the running state`(step: String) async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { job, name in
          if job.kind == MachineOperations.resize && name == step {
            throw HypervisorError(.noSpace, "injected", operation: "test")
          }
        }
      }
      let asked = try await lea.put("/api/vms/\(id)", ["vcpu": 2, "memory": 1024])
      let job = try #require(asked.json["job"]?["id"]?.string)
      let told = try await test.until(lea, "/api/jobs/\(job)") {
        $0.json["job"]?["status"]?.string == "failed"
      }
      #expect(told.json["job"]?["error"]?["code"]?.string == "NO_SPACE")
      let vm = try await lea.get("/api/vms/\(id)").json["vm"]
      #expect(vm?["status"]?.string == "running")
      #expect(vm?["vcpu"]?.int == 1)
      #expect(vm?["memory"]?.int == 512)
      let domain = try #require(try await test.domains().first)
      #expect(try await test.appliance.host.state(domain) == .running)
      let counters = try await test.appliance.host.statistics().first { $0.name == domain }
      #expect(counters?.vcpus == 1)
    }
  }

  @Test func `a resize without changes does not stop the machine`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let steps = Mutex<[String]>([])
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { _, name in steps.withLock { $0.append(name) } }
      }
      let asked = try await lea.put("/api/vms/\(id)", ["vcpu": 1])
      #expect(asked.status == 202)
      let job = try #require(asked.json["job"]?["id"]?.string)
      _ = try await test.until(lea, "/api/jobs/\(job)") {
        $0.json["job"]?["status"]?.string == "succeeded"
      }
      #expect(steps.withLock { $0 } == [])
      #expect(try await lea.get("/api/vms/\(id)").json["vm"]?["status"]?.string == "running")
    }
  }

  @Test func `a resize whose undo fails does not leave the machine in an intermediate state`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let base = test.machineOperations
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE machines SET status = 'updating' WHERE id = ?", id)
        let job = try test.appliance.jobs.enqueue(MachineOperations.resize, machine: id, in: tx)
        try tx.execute("UPDATE jobs SET status = 'failed' WHERE id = ?", job.id)
        try ResizeMachine(base: base).failed(job, code: "DOMAIN_REFUSED", in: tx)
      }
      try await MachineLifecycle(base: base).reconcile()
      #expect(try await lea.get("/api/vms/\(id)").json["vm"]?["status"]?.string == "running")
    }
  }

  /// Makes the host unfit once a resize has reached `step`, and waits until the job has ended.
  private func resize(
    _ id: Int64, of person: TestClient, unfitFrom step: String, _ test: TestAppliance
  ) async throws -> TestClient.Answer {
    test.appliance.jobs.beginning.withLock { beginning in
      beginning = { [standing = test.appliance.standing] job, name in
        if job.kind == MachineOperations.resize && name == step {
          standing.note([.notSeparated(Firewall.simulated)], from: .isolation)
        }
      }
    }
    let asked = try await person.put("/api/vms/\(id)", ["vcpu": 2])
    let job = try #require(asked.json["job"]?["id"]?.string)
    return try await test.until(person, "/api/jobs/\(job)") { $0.json["job"]?["status"]?.string == "failed" }
  }

  @Test func `undoing a resize does not start a machine while guests are not isolated`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let failed = try await resize(id, of: lea, unfitFrom: "start", test)
      #expect(failed.json["job"]?["error"]?["code"]?.string == "HOST_NOT_READY")
      let vm = try await lea.get("/api/vms/\(id)").json["vm"]
      #expect(vm?["status"]?.string == "stopped" && vm?["vcpu"]?.int == 1)
      let domain = try #require(try await test.domains().first)
      #expect(try await test.appliance.host.state(domain) == .stopped)
    }
  }

  @Test func `a resize does not restore a saved machine while guests are not isolated`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let domain = try #require(try await test.domains().first)
      try ByHand.save(domain)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
      let failed = try await resize(id, of: lea, unfitFrom: "stop", test)
      #expect(failed.json["job"]?["error"]?["code"]?.string == "HOST_NOT_READY")
      #expect(try await test.appliance.host.state(domain) == .stopped)
      #expect(try await test.appliance.host.isSaved(domain))
    }
  }

  @Test func `a disk that cannot grow due to a snapshot is reported, and the machine keeps running`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let domain = try #require(try await test.domains().first)
      try ByHand.replaceVolume("\(domain).qcow2", of: test.appliance.site.poolName, gigabytes: 10)
      try ByHand.snapshot(domain, as: "before")
      let events = test.appliance.host.events()
      let refused = try await lea.put("/api/vms/\(id)", ["vcpu": 2, "disk_size": 12])
      let job = try #require(refused.json["job"]?["id"]?.string)
      let told = try await test.until(lea, "/api/jobs/\(job)") {
        $0.json["job"]?["status"]?.string == "failed"
      }
      #expect(told.json["job"]?["error"]?["code"]?.string == "DISK_HAS_SNAPSHOTS")
      let words = Refusals.sentence("DISK_HAS_SNAPSHOTS")
      #expect(told.json["job"]?["error"]?["message"]?.string == words.en && words.fr.contains("instantané"))
      let vm = try await lea.get("/api/vms/\(id)").json["vm"]
      #expect(vm?["status"]?.string == "running" && vm?["vcpu"]?.int == 1 && vm?["disk_size"]?.int == 10)
      let sizes = try await test.appliance.host.sizes(domain)
      #expect(sizes?.vcpu == 1 && sizes?.memoryMB == 512 && sizes?.diskGB == 10)
      // It was not stopped and started for this. The marker ends the wait.
      try await test.appliance.host.suspend(domain)
      for await case .domain(domain, _, let state, _) in events {
        #expect(state == .paused)
        break
      }
      try await test.appliance.host.resume(domain)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }

      try ByHand.deleteSnapshot("before", of: domain)
      let again = try await lea.put("/api/vms/\(id)", ["disk_size": 12])
      let second = try #require(again.json["job"]?["id"]?.string)
      let other = try await test.until(lea, "/api/jobs/\(second)") {
        $0.json["job"]?["status"]?.string == "failed"
      }
      // The snapshot is no longer the reason: the test driver cannot grow disks.
      #expect(other.json["job"]?["error"]?["code"]?.string == "UNSUPPORTED")
    }
  }
}
