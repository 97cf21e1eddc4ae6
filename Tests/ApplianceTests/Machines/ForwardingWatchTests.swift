import HTTP
import Testing

@testable import Appliance

/// Watching the tables, in separate network namespaces; `a1` of the lab is a machine in the database.
@Suite(.serialized, .enabled(if: NetworkLab.isPossible), .timeLimit(.minutes(30)))
struct ForwardingWatchTests {
  private static let port = 61_001

  private func with(
    settings: [String: String] = [:], nft: [String]? = nil, timeLimit: Duration = .seconds(20),
    _ body: @Sendable (NetworkLab, Forwarding, HostStanding) async throws -> Void
  ) async throws {
    // No daemon, which would find that the machine does not exist.
    let bench = try JobBench()
    try await NetworkLab.with { lab in
      let guest = try lab.guest("a1")
      try await bench.database.write { tx in
        try tx.execute(
          "INSERT INTO users (username, name, created_at, updated_at) VALUES ('lea', 'Lea', 0, 0)")
        try tx.execute(
          """
          INSERT INTO machines (user_id, name, os_type, version, vcpu, memory, disk_size, status, uuid, mac,
            ssh_user, public_key, internal_ip, port, created_at, updated_at)
          VALUES ((SELECT max(id) FROM users), 'a1', 'debian', '12', 1, 512, 10, 'running', 'u', ?, 'lea', '', ?, ?,
            0, 0)
          """, guest.mac.description, guest.address?.description ?? "", Self.port)
      }
      let environment = settings.merging(["LIBVIRT_URI": "qemu:///system"]) { $1 }
      let site = Site(
        configuration: try Configuration.load(file: nil, environment: environment),
        dataFolder: bench.folder)
      let (log, standing) = (Log(level: .error), HostStanding(log: Log(level: .error)))
      let forwarding = Forwarding(
        site: site, database: bench.database, standing: standing, log: log,
        system: .init(
          nft: nft ?? lab.nft, routingSwitch: "/dev/null", legacyTables: "/dev/null", timeLimit: timeLimit))
      try await body(lab, forwarding, standing)
      await forwarding.stop()
    }
    try await bench.close()
  }

  @Test func `nothing is changed before the host is known to be ours`() async throws {
    try await with { lab, forwarding, standing in
      try await forwarding.apply()
      standing.note([.nameTaken("obox")], from: .preparation)
      try await forwarding.apply()
      #expect(try await !lab.rules().contains("table ip obox"))
      standing.note([], from: .preparation)
      try await forwarding.apply()
      #expect(try await lab.rules().contains("table ip obox"))
    }
  }

  @Test func `a table that others deleted, emptied or changed is restored`() async throws {
    try await with { lab, forwarding, standing in
      standing.note([], from: .preparation)
      try await forwarding.apply()
      await forwarding.inspect()
      let before = try await lab.rules()
      for line in [
        "nft flush ruleset", "nft delete table bridge obox", "nft flush chain ip obox prerouting",
        "nft insert rule ip obox forward accept",
      ] {
        try await lab.shell("host", line)
        #expect(try await lab.rules() != before)
        await forwarding.inspect()
        #expect(try await lab.rules() == before, "\(line)")
        await forwarding.inspect()
      }
      #expect(await lab.answer(to: "client", from: "192.0.2.1", Self.port) == "a1")
    }
  }

  @Test func `a blocking firewall is reported with a command that fixes it`() async throws {
    try await with { lab, forwarding, standing in
      standing.note([], from: .preparation)
      try await forwarding.apply()
      await forwarding.inspect()
      #expect(standing.problems.isEmpty)
      #expect(await lab.answer(to: "client", from: "192.0.2.1", Self.port) == "a1")
      try await lab.shell(
        "host",
        """
        nft 'table ip other { chain forward { type filter hook forward priority 0; policy drop;
        }
        }'
        """)
      #expect(await lab.answer(to: "client", from: "192.0.2.1", Self.port) == nil)
      await forwarding.inspect()
      let problem = try #require(standing.problems.first)
      #expect(problem.code == "FORWARDING_DROPPED" && !problem.isBlocking)
      try await lab.shell("host", try #require(problem.command))
      #expect(await lab.answer(to: "client", from: "192.0.2.1", Self.port) == "a1")
      await forwarding.inspect()
      #expect(standing.problems.isEmpty)
    }
  }

  @Test func `without isolation no machine starts, unless that is configured`() async throws {
    try await with(nft: ["/no/such/nft"]) { _, forwarding, standing in
      standing.note([], from: .preparation)
      try await forwarding.apply()
      #expect(standing.obstacle?.code == "GUESTS_NOT_SEPARATED")
      #expect(standing.obstacle?.sentence(.en).contains("GUEST_ISOLATION=off") == true)
    }
    try await with(settings: ["GUEST_ISOLATION": "off"], nft: ["/no/such/nft"]) { _, forwarding, standing in
      standing.note([], from: .preparation)
      try await forwarding.apply()
      #expect(standing.obstacle == nil && !forwarding.isEnabled)
    }
  }

  @Test func `a firewall timeout is retried, and reported when it persists`()
    async throws
  {
    let never = ["/bin/sh", "-c", "exec sleep 100"]
    try await with(nft: never, timeLimit: .milliseconds(50)) { _, forwarding, standing in
      standing.note([], from: .preparation)
      for _ in 0..<2 {
        await #expect(throws: Firewall.Problem.timedOut) { try await forwarding.require() }
        #expect(standing.obstacle == nil && forwarding.isEnabled)
      }
      try await forwarding.apply()
      #expect(standing.obstacle?.code == "GUESTS_NOT_SEPARATED")
      #expect(standing.obstacle?.sentence(.en).contains("retry") == true)
    }
    try await with(settings: ["GUEST_ISOLATION": "off"], nft: never, timeLimit: .milliseconds(50)) {
      _, forwarding, standing in
      standing.note([], from: .preparation)
      try await forwarding.require()
      #expect(standing.obstacle == nil)
    }
    guard case .retry("HOST_NOT_READY") = MachineOperations.verdict(on: Firewall.Problem.timedOut) else {
      Issue.record("a job gives up at once")
      return
    }
  }
}
