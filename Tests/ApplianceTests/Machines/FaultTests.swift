import HTTP
import Hypervisor
import Synchronization
import Testing

@testable import Appliance

/// Failures at each step of creating a machine, after which nothing may be left of it.
@Suite struct FaultTests {
  static let steps = [
    "image", "disk", "key", "seed", "domain", "start", "address", "ssh", "forwarding", "mail",
  ]

  @Test(arguments: steps)
  func `a failure at any step leaves the machine in error with a message, and nothing else`(step: String)
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { job, name in
          if job.kind == MachineOperations.create && name == step {
            throw HypervisorError(.noSpace, "injected", operation: "test")
          }
        }
      }
      let created = try await lea.post("/api/vms", tinyMachine)
      let id = try #require(created.json["vm"]?["id"]?.string)
      let failed = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "error" }
      let vm = failed.json["vm"]
      #expect(vm?["error"]?["code"]?.string == "NO_SPACE")
      #expect(vm?["error"]?["message"]?.string == Refusals.sentence("NO_SPACE").en)
      #expect(vm?["port"] == .null)
      #expect(vm?["internal_ip"] == .null)
      #expect(vm?["has_key"]?.bool == false)
      #expect(try await test.domains().isEmpty)
      #expect(try await test.volumes().isEmpty)
      #expect(try await test.appliance.host.networkHosts(test.prefix).isEmpty)

      let job = try #require(created.json["job"]?["id"]?.string)
      let told = try await test.until(lea, "/api/jobs/\(job)") {
        $0.json["job"]?["status"]?.string == "failed"
      }
      let states = told.json["job"]?["steps"]?.array?.compactMap { $0["status"]?.string } ?? []
      #expect(states[Self.steps.firstIndex(of: step) ?? 0] == "failed")

      #expect(try await lea.delete("/api/vms/\(id)").status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.status == 404 }
      #expect(try await lea.post("/api/vms", tinyMachine).status == 202)
    }
  }

  @Test(arguments: steps)
  func `an unreachable host is waited for at any step, and the machine gets ready`(step: String)
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let isAway = Mutex(true)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { _, name in
          if name == step && isAway.withLock({ $0 }) {
            throw HypervisorError(.unreachable, "injected", operation: "test")
          }
        }
      }
      let created = try await lea.post("/api/vms", tinyMachine)
      let job = try #require(created.json["job"]?["id"]?.string)
      let waiting = try await test.until(lea, "/api/jobs/\(job)") {
        $0.json["job"]?["status"]?.string == "waiting"
      }
      #expect(waiting.json["job"]?["error"]?["code"]?.string == "HYPERVISOR_UNREACHABLE")
      isAway.withLock { $0 = false }
      try await test.appliance.database.write { tx in try tx.execute("UPDATE jobs SET run_at = 0") }
      test.appliance.jobs.wake()
      let id = try #require(created.json["vm"]?["id"]?.string)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      #expect(try await test.domains().count == 1)
      #expect(try await lea.get("/api/mailbox").json.array?.count == 1)
    }
  }

  @Test(arguments: steps)
  func `deleting a machine during any step undoes everything`(step: String) async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let port = test.port
      let token = lea.token
      let isReached = Mutex(false)
      test.appliance.jobs.beginning.withLock { beginning in
        beginning = { job, name in
          if job.kind == MachineOperations.create && name == step {
            isReached.withLock { $0 = true }
            anything.signal()
          }
        }
      }
      let id = try #require(try await lea.post("/api/vms", tinyMachine).json["vm"]?["id"]?.string)
      await eventually { isReached.withLock { $0 } }
      #expect(try await TestClient(port: port, token: token).delete("/api/vms/\(id)").status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.status == 404 }
      #expect(try await test.domains().isEmpty)
      #expect(try await test.volumes().isEmpty)
      #expect(try await test.appliance.host.networkHosts(test.prefix).isEmpty)
    }
  }
}
