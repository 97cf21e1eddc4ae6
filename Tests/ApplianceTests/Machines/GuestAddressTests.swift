import HTTP
import Hypervisor
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct GuestAddressTests {
  private func row(_ id: Int64, _ test: TestAppliance) async throws -> Machine {
    try #require(try await test.appliance.database.read { try Machine.find(id, in: $0) })
  }

  @Test func `a network without free addresses refuses another machine`() async throws {
    try await TestAppliance.run(settings: ["NETWORK_ADDRESS": "10.98.0.1/29"]) { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      for name in ["a", "b", "c"] { _ = try await test.machine(of: lea, named: name) }
      for name in ["d", "e"] { _ = try await test.machine(of: sam, named: name) }
      let refused = try await sam.post("/api/vms", tinyMachine.with("name", "f"))
      #expect(refused.status == 400 && refused.code == "NO_FREE_ADDRESS")
      let addresses = try await test.appliance.host.networkHosts(test.prefix).map(\.address)
      #expect(addresses == (2...6).map { "10.98.0.\($0)" })
    }
  }

  @Test func `each machine has its own address, which is reused late after its deletion`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let (old, other) = (
        try await test.machine(of: lea, named: "old"), try await test.machine(of: lea, named: "other")
      )
      let (gone, kept) = (try await row(old, test), try await row(other, test))
      #expect(gone.reservedIP != nil && gone.internalIP == gone.reservedIP)
      #expect(
        try await test.appliance.host.networkHosts(test.prefix)
          == [gone, kept].map { NetworkHost(mac: $0.mac, address: $0.reservedIP ?? "", name: $0.name) })
      #expect(try await lea.delete("/api/vms/\(old)").status == 202)
      _ = try await test.until(lea, "/api/vms/\(old)") { $0.status == 404 }
      #expect(try await test.appliance.host.networkHosts(test.prefix).map(\.mac) == [kept.mac])
      let new = try await row(try await test.machine(of: lea, named: "new"), test)
      #expect(new.reservedIP != nil && new.reservedIP != gone.reservedIP && new.reservedIP != kept.reservedIP)
    }
  }

  @Test func `the network's entries are reset to the cards of our machines`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let machine = try await row(try await test.machine(of: lea), test)
      let (host, network) = (test.appliance.host, test.appliance.site.network)
      let entries = try await host.networkHosts(test.prefix)
      let stray = NetworkHost(mac: "52:54:00:00:00:99", address: "10.77.0.99")
      try await host.changeHosts(of: network, entering: [stray], removing: [machine.mac])
      await test.machineOperations.prepareHost()
      #expect(test.appliance.standing.problems.isEmpty)
      #expect(try await host.networkHosts(test.prefix) == entries)
    }
  }

  @Test func `machines of earlier versions keep their leased addresses`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      var machines: [Machine] = []
      for name in ["a", "b", "c"] {
        machines.append(try await row(try await test.machine(of: lea, named: name), test))
      }
      let ids = machines.map(\.id)
      let range = test.appliance.site.guestAddresses
      let text = range.prefix(4).map { IPv4Address(bits: $0).description }
      let leases = [
        // The later of two leases counts; a lease of an unknown card does not.
        NetworkLease(mac: machines[1].mac, address: text[3], ends: 1),
        NetworkLease(mac: machines[1].mac, address: text[0], ends: 2),
        NetworkLease(mac: "52:54:00:00:00:99", address: text[1], ends: 3),
      ]
      let given = try await test.appliance.database.write { tx in
        try tx.execute("UPDATE machines SET reserved_ip = NULL, internal_ip = NULL")
        try tx.execute("UPDATE machines SET internal_ip = ? WHERE id = ?", text[2], ids[2])
        try tx.execute("DELETE FROM settings WHERE name = 'last-guest-address'")
        let addresses = GuestAddresses(range: range.prefix(4), leases: leases)
        return try ids.map { id in
          try Machine.find(id, in: tx).flatMap { try addresses.reserve(for: $0, in: tx) }
        }
      }
      #expect(given == [nil, text[0], text[2]])
    }
  }
}
