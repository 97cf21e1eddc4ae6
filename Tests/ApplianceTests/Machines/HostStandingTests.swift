import HTTP
import Hypervisor
import Testing

@testable import Appliance

@Suite struct HostStandingTests {
  @Test func `while the host cannot run machines none can be requested, and admins see why`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let subnet = try #require(IPv4Subnet(host: "10.99.0.77/24"))
      _ = try await test.until(lea, "/api/host") { _ in test.appliance.standing.isPrepared }
      #expect(try await lea.get("/api/host").json["machines"]?["available"] == .bool(true))
      test.appliance.standing.note([.networkInUse(subnet, interface: "bgv0")], from: .isolation)
      let refused = try await lea.post("/api/vms", tinyMachine)
      #expect(refused.status == 503 && refused.code == "HOST_NOT_READY")
      let seen = try await lea.get("/api/host").json
      #expect(seen["machines"]?["available"] == .bool(false) && seen["quota"]?["canCreate"] == .bool(false))
      #expect(seen["problems"] == nil && seen["skippedImages"] == nil && seen["imagesFolder"] == nil)
      let folder = try await boss.get("/api/host").json["imagesFolder"]?.string
      #expect(folder == test.appliance.site.imagesFolder)
      let told = try await boss.get("/api/host").json["problems"]?.array?.first
      #expect(told?["code"]?.string == "NETWORK_IN_USE" && told?["blocking"] == .bool(true))
      #expect(told?["message"]?.string?.contains("10.99.0.0/24") == true)
      #expect(told?["message"]?.string?.contains("bgv0") == true)
      test.appliance.standing.note([], from: .isolation)
      #expect(try await lea.post("/api/vms", tinyMachine).status == 202)
    }
  }

  /// Two installations with the same name but different folders.
  @Test func `an installation never writes to another's storage pool`() async throws {
    try await TestAppliance.run { first in
      let lea = try await first.person("lea")
      let id = try #require(try await lea.post("/api/vms", tinyMachine).json["vm"]?["id"]?.string)
      _ = try await first.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      let volumes = try await first.volumes()
      try await TestAppliance.run(settings: ["NETWORK_NAME": first.prefix]) { second in
        let sam = try await second.person("sam")
        let boss = try await second.person("boss", role: .admin)
        _ = try await second.until(sam, "/api/host") { _ in second.appliance.standing.isPrepared }
        #expect(try await sam.post("/api/vms", tinyMachine).code == "HOST_NOT_READY")
        let problem = try await boss.get("/api/host").json["problems"]?.array?.first
        #expect(problem?["code"]?.string == "NAME_TAKEN_ON_HOST")
        let host = second.appliance.host
        await #expect(throws: HypervisorError.self) { try await host.volumes(pool: first.prefix) }
        await #expect(throws: HypervisorError.self) {
          try await host.deleteVolume(pool: first.prefix, name: volumes.first ?? "")
        }
      }
      #expect(try await first.volumes() == volumes)
    }
  }
}
