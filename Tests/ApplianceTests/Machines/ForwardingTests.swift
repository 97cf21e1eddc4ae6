import HTTP
import Store
import Testing

@testable import Appliance

/// What forwarding does when the firewall or the database do not do their part.
@Suite(.timeLimit(.minutes(30))) struct ForwardingTests {
  private let nft = NFTStandIn()
  private let standing = HostStanding(log: Log(level: .error))
  private let turns = Turns()

  private func forwarding(
    over database: Database, settings: [String: String] = [:], system: Firewall.System? = nil
  ) throws -> Forwarding {
    let environment = settings.merging(["LIBVIRT_URI": "qemu:///system"]) { own, _ in own }
    let site = Site(
      configuration: try Configuration.load(file: nil, environment: environment), dataFolder: "/nowhere")
    return Forwarding(
      site: site, database: database, standing: standing, log: Log(level: .error),
      system: system ?? nft.system, pause: turns.pause)
  }

  /// With an empty database, on a host that is ours.
  private func with(
    settings: [String: String] = [:], system: Firewall.System? = nil,
    _ body: (Forwarding) async throws -> Void
  ) async throws {
    try await with(settings: settings, system: system) { forwarding, _ in try await body(forwarding) }
  }

  private func with(
    settings: [String: String] = [:], system: Firewall.System? = nil,
    _ body: (Forwarding, Database) async throws -> Void
  ) async throws {
    let bench = try JobBench()
    standing.note([], from: .preparation)
    let forwarding = try forwarding(over: bench.database, settings: settings, system: system)
    try await body(forwarding, bench.database)
    await forwarding.stop()
    try await bench.close()
  }

  @Test(arguments: [
    ("Error: syntax error", "rejected"), ("Error: Operation not permitted", "CAP_NET_ADMIN"),
  ])
  func `while the firewall refuses the rules no machine starts, and the reason is reported`(
    words: String, reason: String
  ) async throws {
    try await with { forwarding in
      nft.refuse(words)
      try await forwarding.require()
      #expect(!forwarding.isEnabled)
      #expect(forwarding.reason?.en.contains(reason) == true)
      #expect(standing.obstacle?.code == "GUESTS_NOT_SEPARATED")
      #expect(standing.obstacle?.sentence(.en).contains(reason) == true)
      nft.refuse(nil)
      try await forwarding.require()
      #expect(forwarding.isEnabled && forwarding.reason == nil && standing.obstacle == nil)
    }
  }

  @Test func `a firewall that stops responding is reported, and missed changes are applied later`()
    async throws
  {
    try await with { forwarding in
      try await forwarding.apply()
      #expect(nft.changes == 1)
      nft.answerNoMore()
      for _ in 0..<2 {
        await #expect(throws: Firewall.Problem.overloaded) { try await forwarding.require() }
        #expect(standing.obstacle == nil && forwarding.isEnabled)
      }
      try await forwarding.apply()
      #expect(standing.obstacle?.sentence(.en).contains("not responding") == true)
      nft.answerInTime()
      forwarding.start()
      await turns.begun()
      #expect(standing.obstacle != nil && nft.changes == 1)
      await turns.next()
      // Nothing but the attempts that failed made the first turn try again.
      #expect(standing.obstacle == nil && nft.changes >= 2)
    }
  }

  @Test func `without guest isolation the firewall never prevents a machine from starting`() async throws {
    try await with(settings: ["GUEST_ISOLATION": "off"]) { forwarding in
      nft.answerNoMore()
      for _ in 0..<4 { try await forwarding.require() }
      #expect(standing.obstacle == nil && !forwarding.isEnabled)
    }
  }

  @Test func `a missing program and a host that does not route are reported with a fix`() async throws {
    var system = nft.system
    system.nft = ["/no/such/nft"]
    try await with(system: system) { forwarding in
      try await forwarding.apply()
      #expect(forwarding.reason?.en.contains("nftables") == true)
      #expect(standing.obstacle != nil)
    }
    system = nft.system
    system.routingSwitch = "/no/such/switch"
    try await with(system: system) { forwarding in
      try await forwarding.apply()
      #expect(forwarding.reason?.en.contains("ip_forward") == true)
      // The rules that keep guests apart are in force.
      #expect(standing.obstacle == nil && nft.changes == 1)
    }
  }

  @Test func `rows that cannot be read change neither the rules nor their reported state`() async throws {
    let bench = try JobBench()
    standing.note([], from: .preparation)
    let forwarding = try forwarding(over: bench.database)
    try await forwarding.apply()
    await bench.database.close()
    await #expect(throws: StoreError.self) { try await forwarding.require() }
    #expect(nft.changes == 1 && forwarding.isEnabled && standing.obstacle == nil)
  }

  @Test func `with simulated machines no program is called, and only a free port is claimed`() async throws {
    try await with(settings: ["LIBVIRT_URI": "test:///default"]) { forwarding in
      forwarding.start()
      try await forwarding.require()
      await forwarding.inspect()
      #expect(nft.changes == 0 && !forwarding.isEnabled && standing.obstacle == nil)
      #expect(forwarding.reason?.en.contains("simulated") == true)
      let other = PortHolds()
      defer { other.releaseAll() }
      let port = try #require((61_410...61_499).first { other.claim($0) })
      #expect(!forwarding.claim(port) && forwarding.isHeld(port))
      other.release(port)
      #expect(forwarding.claim(port))
    }
  }

  @Test func `a public port used by another program is not forwarded until that ends`() async throws {
    let other = PortHolds()
    defer { other.releaseAll() }
    let port = try #require((61_500...61_599).first { other.claim($0) })
    // No daemon, which would find that the machine does not exist.
    try await with { forwarding, database in
      try await database.write { tx in
        try tx.execute(
          "INSERT INTO users (username, name, created_at, updated_at) VALUES ('lea', 'Lea', 0, 0)")
        try tx.execute(
          """
          INSERT INTO machines (user_id, name, os_type, version, vcpu, memory, disk_size, status, uuid, mac,
            ssh_user, internal_ip, port, created_at, updated_at)
          VALUES ((SELECT max(id) FROM users), 'a1', 'debian', '12', 1, 512, 10, 'running', 'u',
            '52:54:00:00:00:01', 'lea', '10.77.0.10', ?, 0, 0)
          """, port)
      }
      try await forwarding.apply()
      #expect(nft.told.contains("52:54:00:00:00:01") && !nft.told.contains("\(port)"))
      #expect(!forwarding.isHeld(port) && !forwarding.claim(port))
      other.release(port)
      try await forwarding.apply()
      #expect(nft.told.contains("\(port)") && forwarding.isHeld(port))
      #expect(!other.claim(port))
      forwarding.release(port)
      #expect(!forwarding.isHeld(port) && other.claim(port))
    }
  }
}
