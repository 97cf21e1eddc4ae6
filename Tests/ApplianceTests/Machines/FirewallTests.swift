import Glibc
import Synchronization
import Testing

@testable import Appliance

/// The rows read by a firewall, set by the test.
private final class Rows: Sendable {
  private let table: Mutex<ForwardingTable>
  private let reads = Mutex(0)

  init(_ lab: NetworkLab, _ guests: [ForwardingTable.Guest]) {
    table = Mutex(ForwardingTable(network: .init(subnet: lab.subnet), guests: guests))
  }

  var readCount: Int { reads.withLock { $0 } }
  var guests: [ForwardingTable.Guest] {
    get { table.withLock { $0.guests } }
    set { table.withLock { $0.guests = newValue } }
  }

  func read() -> ForwardingTable {
    reads.withLock { $0 += 1 }
    return table.withLock { $0 }
  }
}

private func firewall(_ lab: NetworkLab, _ rows: Rows, routingSwitch: String = "/dev/null") -> Firewall {
  Firewall(system: .init(nft: lab.nft, routingSwitch: routingSwitch)) { rows.read() }
}

@Suite(.serialized, .enabled(if: NetworkLab.isPossible), .timeLimit(.minutes(30)))
struct FirewallTests {
  @Test(arguments: [false, true])
  func `only guests of the same owner can communicate`(bridgeNetfilter: Bool) async throws {
    try await NetworkLab.with(bridgeNetfilter: bridgeNetfilter) { lab in
      let rows = Rows(lab, [try lab.guest("a1"), try lab.guest("a2"), try lab.guest("b1")])
      #expect(await lab.answer(to: "a1", from: "10.77.0.20", 22) == "b1")
      try await firewall(lab, rows).refresh()
      // Cached ARP entries must not affect the result.
      try await lab.shell("a1", "ip neigh flush all")
      #expect(await lab.answer(to: "a1", from: "10.77.0.20", 22) == nil)
      #expect(await lab.answer(to: "b1", from: "10.77.0.11", 22) == nil)
      #expect(await lab.answer(to: "a1", from: "10.77.0.11", 22) == "a2")
      #expect(await lab.answer(to: "a2", from: "10.77.0.10", 22) == "a1")
      // Nor by routing through the host.
      try await lab.shell("a1", "ip route add 10.77.0.20/32 via 10.77.0.1")
      try await lab.shell("b1", "ip route add 10.77.0.10/32 via 10.77.0.1")
      #expect(await lab.answer(to: "a1", from: "10.77.0.20", 22) == nil)
    }
  }

  @Test func `a guest cannot impersonate another guest or the host`() async throws {
    try await NetworkLab.with { lab in
      let rows = Rows(
        lab,
        [
          try lab.guest("a1", port: 10_001, interface: true), try lab.guest("a2", interface: true),
          try lab.guest("b1", interface: true),
        ])
      try await firewall(lab, rows).refresh()
      // It claims a1's IP address in ARP, with its own MAC address.
      try await lab.shell("b1", "ip addr add 10.77.0.10/24 dev eth0; ip neigh flush all")
      try await lab.shell("host", "ip neigh flush all")
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 10_001) == "a1")
      // It sends with a1's MAC address.
      try await lab.shell("b1", "ip link set eth0 address 52:54:00:00:00:01")
      #expect(await lab.answer(to: "b1", from: "10.77.0.11", 22) == nil)
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 10_001) == "a1")
    }
  }

  @Test func `guests reach other networks, and only essential services of the host`() async throws {
    try await NetworkLab.with { lab in
      let rows = Rows(lab, [try lab.guest("a1", port: 10_001), try lab.guest("b1", port: 10_002)])
      try await firewall(lab, rows).refresh()
      for address in ["10.77.0.1", "192.0.2.1"] {
        #expect(await lab.answer(to: "a1", from: address, 80) == nil)
        #expect(await lab.answer(to: "a1", from: address, 10_002) == nil)
      }
      #expect(await lab.answer(to: "a1", from: "10.77.0.1", 53) == "host")
      // The client can reply only to the host's address, not to the guest's.
      try await lab.shell("client", "ip route del 10.77.0.0/24")
      #expect(await lab.answer(to: "a1", from: "192.0.2.2", 7777) == "client")
    }
  }

  @Test func `a public port forwards to its guest, from other hosts and the host itself`() async throws {
    try await NetworkLab.with { lab in
      let rows = Rows(lab, [try lab.guest("a1", port: 10_001), try lab.guest("b1", port: 10_002)])
      let firewall = firewall(lab, rows)
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 10_001) == nil)
      try await firewall.refresh()
      #expect(await lab.answer(to: "client", from: "10.77.0.10", 22) == nil)
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 10_001) == "a1")
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 10_002) == "b1")
      #expect(await lab.answer(to: "host", from: "192.0.2.1", 10_001) == "a1")
      #expect(await lab.answer(to: "host", from: "10.77.0.10", 22) == "a1")
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 80) == "host")

      rows.guests.removeFirst()
      try await firewall.refresh()
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 10_001) == nil)
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 10_002) == "b1")
    }
  }

  @Test func `on a shared bridge only guests are restricted`() async throws {
    try await NetworkLab.with(shared: true) { lab in
      let rows = Rows(lab, [try lab.guest("a1", port: 10_001), try lab.guest("a2"), try lab.guest("b1")])
      try await firewall(lab, rows).refresh()
      #expect(await lab.answer(to: "a1", from: "10.77.0.20", 22) == nil)
      #expect(await lab.answer(to: "a1", from: "10.77.0.1", 80) == nil)
      #expect(await lab.answer(to: "a1", from: "10.77.0.11", 22) == "a2")
      #expect(await lab.answer(to: "a1", from: "10.77.0.50", 7777) == "client")
      #expect(await lab.answer(to: "client", from: "10.77.0.20", 22) == "b1")
      #expect(await lab.answer(to: "client", from: "10.77.0.1", 80) == "host")
      #expect(await lab.answer(to: "client", from: "10.77.0.1", 10_001) == "a1")
    }
  }

  @Test func `our tables are replaced atomically and other tables are kept`() async throws {
    try await NetworkLab.with { lab in
      try await lab.shell("host", "nft add table ip other; nft add chain ip other keep")
      let rows = Rows(lab, [try lab.guest("a1", port: 10_001), try lab.guest("a2", port: 10_003)])
      let firewall = firewall(lab, rows)
      try await firewall.refresh()
      let once = try await lab.rules()
      #expect(once.contains("10001") && once.contains("10003"))
      try await lab.shell("host", "nft add rule ip obox input tcp dport 99 accept")
      for _ in 0..<3 { try await firewall.refresh() }
      #expect(try await lab.rules() == once)

      rows.guests = []
      try await firewall.refresh()
      let empty = try await lab.rules()
      #expect(!empty.contains("10001") && !empty.contains("owner-1") && !empty.contains("10.77.0.10"))
      #expect(empty.contains("chain keep"))
    }
  }

  @Test func `concurrent changes are combined, with the latest rows`() async throws {
    try await NetworkLab.with { lab in
      let rows = Rows(lab, [])
      let firewall = firewall(lab, rows)
      rows.guests = [try lab.guest("a1", port: 10_001)]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<50 { group.addTask { try await firewall.refresh() } }
        try await group.waitForAll()
      }
      #expect(rows.readCount < 25)
      #expect(try await lab.rules().contains("10001"))
    }
  }

  @Test func `conflicting rows do not prevent the others`() async throws {
    try await NetworkLab.with { lab in
      var twin = try lab.guest("a2", port: 10_001)
      twin.address = IPv4Address("10.77.0.10")
      let rows = Rows(
        lab, [try lab.guest("a1", port: 10_001), twin, twin, try lab.guest("b1", port: 70_000)])
      try await firewall(lab, rows).refresh()
      #expect(await lab.answer(to: "client", from: "192.0.2.1", 10_001) == "a1")
    }
  }

  @Test func `routing is enabled on a host that does not route`() async throws {
    try await NetworkLab.with { lab in
      let folder = TemporaryFolder()
      folder.write("ip_forward", "0\n".utf8)
      let rows = Rows(lab, [try lab.guest("a1", port: 10_001)])
      try await firewall(lab, rows, routingSwitch: folder["ip_forward"]).refresh()
      #expect(readText(folder["ip_forward"]) == "1\n")
    }
  }

  @Test func `without permission to change the firewall the change is refused`() async throws {
    let rows = { @Sendable in ForwardingTable(network: .init(subnet: nil), guests: []) }
    let unprivileged = ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    let denied = Firewall(system: .init(nft: unprivileged + ["/usr/sbin/nft"]), table: rows)
    await #expect(throws: Firewall.Problem.notPermitted) { try await denied.refresh() }
  }
}

@Suite struct FirewallProblemTests {
  @Test func `a missing nft is reported with its path`() async {
    let firewall = Firewall(system: .init(nft: ["/no/nft"])) {
      .init(network: .init(subnet: nil), guests: [])
    }
    await #expect(throws: Firewall.Problem.notInstalled("/no/nft")) { try await firewall.refresh() }
  }

  @Test func `a host that does not route and cannot be made to is refused`() async {
    let system = Firewall.System(nft: ["/bin/true"], routingSwitch: "/no/such/switch")
    let firewall = Firewall(system: system) { .init(network: .init(subnet: nil), guests: []) }
    await #expect(throws: Firewall.Problem.notRouting) { try await firewall.refresh() }
  }

  @Test func `errors of nft are reported with its message`() async {
    let system = Firewall.System(
      nft: ["/bin/sh", "-c", "echo no such thing >&2; exit 1"], routingSwitch: "/dev/null")
    let firewall = Firewall(system: system) { .init(network: .init(subnet: nil), guests: []) }
    await #expect(throws: Firewall.Problem.refused("no such thing\n")) { try await firewall.refresh() }
  }

  @Test(arguments: [
    "", "52:54:00:00:00", "52:54:00:00:00:0", "52:54:00:00:00:0g", "+2:54:00:00:00:00", "@cards",
  ])
  func `an invalid MAC address is refused`(text: String) {
    #expect(MACAddress(text) == nil)
  }
}
