import HTTP
import Hypervisor
import Synchronization
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(10))) struct ResizeTests {
  @Test(arguments: ["resize", "start"])
  func `a machine that could not be resized is what it was, and runs if it ran`(step: String) async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { job, name in
          if job.kind == MachineJob.resize && name == step {
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

  @Test func `a change of nothing does not stop the machine`() async throws {
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

  @Test func `a resize whose undo was given up leaves no machine in the middle of it`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let base = test.machineJob
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE machines SET status = 'updating' WHERE id = ?", id)
        let job = try test.appliance.jobs.enqueue(MachineJob.resize, machine: id, in: tx)
        try tx.execute("UPDATE jobs SET status = 'failed' WHERE id = ?", job.id)
        try ResizeMachine(base: base).failed(job, code: "DOMAIN_REFUSED", in: tx)
      }
      try await MachineLifecycle(base: base).reconcile()
      #expect(try await lea.get("/api/vms/\(id)").json["vm"]?["status"]?.string == "running")
    }
  }
}
