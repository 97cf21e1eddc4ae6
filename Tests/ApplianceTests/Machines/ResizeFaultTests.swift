import HTTP
import Hypervisor
import Synchronization
import TestSupport
import Testing

@testable import Appliance

/// What goes wrong on the way to other sizes, and what is left of it.
@Suite(.timeLimit(.minutes(30))) struct ResizeFaultTests {
  /// Asks for other sizes and waits until the job is `status`.
  @discardableResult private func resize(
    _ id: Int64, to sizes: JSONValue, until status: String, _ person: TestClient, _ test: TestAppliance
  ) async throws -> JSONValue? {
    let asked = try await person.put("/api/vms/\(id)", sizes)
    let job = try #require(asked.json["job"]?["id"]?.string, "\(asked.text)")
    return try await ended(job, status, person, test)
  }

  private func ended(
    _ job: String, _ status: String, _ person: TestClient, _ test: TestAppliance
  ) async throws -> JSONValue? {
    try await test.until(person, "/api/jobs/\(job)") { $0.json["job"]?["status"]?.string == status }.json[
      "job"]
  }

  private func vm(_ id: Int64, _ person: TestClient) async throws -> JSONValue? {
    try await person.get("/api/vms/\(id)").json["vm"]
  }

  /// The domain of the only machine, whose disk has already the size that is asked for: the test driver grows none.
  private func grow(_ test: TestAppliance, to gigabytes: Int) async throws -> String {
    let domain = try #require(try await test.domains().first)
    try ByHand.replaceVolume("\(domain).qcow2", of: test.appliance.site.poolName, gigabytes: gigabytes)
    return domain
  }

  @Test func `if the disk of a stopped machine cannot grow, the machine is unchanged and runs again`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let job = try await resize(id, to: ["vcpu": 2, "disk_size": 12], until: "failed", lea, test)
      #expect(job?["error"]?["code"]?.string == "UNSUPPORTED")
      let vm = try await vm(id, lea)
      #expect(vm?["status"]?.string == "running")
      #expect(vm?["vcpu"]?.int == 1 && vm?["disk_size"]?.int == 10)
      let words = Refusals.sentence("UNSUPPORTED").en
      #expect(try await lea.get("/api/notifications").text.contains(words))
    }
  }

  @Test func `a full host after the growth is reported; the disk stays grown, the rest is unchanged`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let domain = try await grow(test, to: 12)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { job, name in
          if job.kind == MachineOperations.resize && name == "start" {
            throw HypervisorError(.noSpace, "injected", operation: "test")
          }
        }
      }
      let job = try await resize(id, to: ["vcpu": 2, "disk_size": 12], until: "failed", lea, test)
      #expect(job?["error"]?["code"]?.string == "NO_SPACE")
      let vm = try await vm(id, lea)
      #expect(vm?["status"]?.string == "running")
      #expect(vm?["vcpu"]?.int == 1 && vm?["disk_size"]?.int == 12)
      #expect(try await test.appliance.host.sizes(domain)?.vcpu == 1)
      #expect(try await test.appliance.host.state(domain) == .running)
    }
  }

  @Test(arguments: ["stop", "resize", "start"])
  func `an unreachable host is waited for at any step, and the sizes are applied once`(step: String)
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let domain = try await grow(test, to: 12)
      let isAway = Mutex(true)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { _, name in
          if name == step && isAway.withLock({ $0 }) {
            throw HypervisorError(.unreachable, "injected", operation: "test")
          }
        }
      }
      let asked = try await resize(
        id, to: ["vcpu": 2, "memory": 1024, "disk_size": 12], until: "waiting", lea, test)
      #expect(asked?["error"]?["code"]?.string == "HYPERVISOR_UNREACHABLE")
      isAway.withLock { $0 = false }
      try await test.appliance.database.write { tx in try tx.execute("UPDATE jobs SET run_at = 0") }
      test.appliance.jobs.wake()
      _ = try await ended(try #require(asked?["id"]?.string), "succeeded", lea, test)
      let vm = try await vm(id, lea)
      #expect(vm?["status"]?.string == "running")
      #expect(vm?["vcpu"]?.int == 2 && vm?["memory"]?.int == 1024 && vm?["disk_size"]?.int == 12)
      let sizes = try await test.appliance.host.sizes(domain)
      #expect(sizes?.vcpu == 2 && sizes?.memoryMB == 1024 && sizes?.diskGB == 12)
      // One mail about its creation, one about its sizes.
      #expect(try await lea.get("/api/mailbox").json.array?.count == 2)
    }
  }

  @Test func `a stopped or saved machine gets its new sizes and stays stopped`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let domain = try #require(try await test.domains().first)
      for (vcpu, stop) in [(2, { try ByHand.save(domain) }), (3, {})] as [(Int64, () throws -> Void)] {
        try stop()
        _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
        try await resize(id, to: ["vcpu": .integer(vcpu)], until: "succeeded", lea, test)
        #expect(try await vm(id, lea)?["status"]?.string == "stopped")
        #expect(try await test.appliance.host.sizes(domain)?.vcpu == Int(vcpu))
        #expect(try await !test.appliance.host.isSaved(domain))
      }
    }
  }

  @Test func `sizes that cannot be parsed change nothing, and the machine can be used again`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let job = try await test.appliance.database.write { [jobs = test.appliance.jobs] tx in
        try tx.execute("UPDATE machines SET status = 'updating' WHERE id = ?", id)
        return try jobs.enqueue(MachineOperations.resize, machine: id, arguments: "{}", in: tx).id
      }
      test.appliance.jobs.wake()
      let boss = try await test.person("boss", role: .admin)
      let told = try await ended("\(job)", "failed", boss, test)
      #expect(told?["error"]?["code"]?.string == "INTERNAL")
      #expect(try await vm(id, lea)?["status"]?.string == "running")
      try await resize(id, to: ["vcpu": 1], until: "succeeded", lea, test)
    }
  }

  @Test func `a machine deleted during a resize leaves nothing behind`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let reached = Flag()
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { job, name in
          if job.kind == MachineOperations.resize && name == "resize" { reached.raise() }
        }
      }
      #expect(try await lea.put("/api/vms/\(id)", ["vcpu": 2]).status == 202)
      #expect(await reached.raised())
      #expect(try await lea.delete("/api/vms/\(id)").status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.status == 404 }
      #expect(try await test.domains().isEmpty)
      #expect(try await test.volumes().isEmpty)
    }
  }
}
