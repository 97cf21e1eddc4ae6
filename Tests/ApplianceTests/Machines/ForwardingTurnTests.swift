import HTTP
import Store
import Testing

@testable import Appliance

/// How forwarding looks after its tables, turn by turn.
@Suite(.timeLimit(.minutes(30))) struct ForwardingTurnTests {
  private let nft = NFTStandIn()
  private let standing = HostStanding(log: Log(level: .error))
  private let turns = Turns()

  private static let own: [JSONValue] = [
    ["table": ["family": "ip", "name": "obox"]],
    ["rule": ["family": "ip", "table": "obox", "chain": "forward", "expr": [["accept": .null]]]],
  ]
  private static let changed: [JSONValue] = [
    own[0], ["rule": ["family": "ip", "table": "obox", "chain": "forward", "expr": [["drop": .null]]]],
  ]
  /// A firewall that forwards nothing, and leads port 61600 elsewhere.
  private static let foreign: [JSONValue] = [
    ["table": ["family": "ip", "name": "other"]],
    [
      "chain": [
        "family": "ip", "table": "other", "name": "through", "hook": "forward", "type": "filter",
        "policy": "drop",
      ]
    ],
    ["chain": ["family": "ip", "table": "other", "name": "in"]],
    [
      "rule": [
        "family": "ip", "table": "other", "chain": "in",
        "expr": [
          [
            "match": [
              "op": "==", "left": ["payload": ["protocol": "tcp", "field": "dport"]], "right": 61_600,
            ]
          ],
          ["dnat": ["addr": "10.0.0.1"]],
        ],
      ]
    ],
  ]

  private func with(_ body: (Forwarding) async throws -> Void) async throws {
    let bench = try JobBench()
    let site = Site(
      configuration: try Configuration.load(file: nil, environment: ["LIBVIRT_URI": "qemu:///system"]),
      dataFolder: "/nowhere")
    let forwarding = Forwarding(
      site: site, database: bench.database, standing: standing, log: Log(level: .error), system: nft.system,
      pause: turns.pause)
    try await body(forwarding)
    await forwarding.stop()
    try await bench.close()
  }

  @Test func `before the host is known to be ours, and before the first change, no rules are applied`()
    async throws
  {
    try await with { forwarding in
      forwarding.start()
      await turns.begun()
      await turns.next()
      standing.note([], from: .preparation)
      await turns.next()
      await forwarding.inspect()
      #expect(nft.changes == 0)
    }
  }

  @Test func `our rules are not replaced when the rules cannot be listed`() async throws {
    try await with { forwarding in
      standing.note([], from: .preparation)
      nft.list(Self.own)
      try await forwarding.apply()
      await forwarding.inspect()
      nft.forgetRules()
      await forwarding.inspect()
      nft.answerNoMore()
      await forwarding.inspect()
      nft.answerInTime()
      nft.list(Self.own)
      await forwarding.inspect()
      #expect(nft.changes == 1)
    }
  }

  @Test func `a table deleted by others is restored at the next turn, a changed rule at the tenth`()
    async throws
  {
    try await with { forwarding in
      standing.note([], from: .preparation)
      nft.list(Self.own)
      try await forwarding.apply()
      forwarding.start()
      await turns.begun()
      await turns.next()
      #expect(nft.changes == 1)
      nft.list([])
      await turns.next()
      #expect(nft.changes == 2)
      // The stand-in keeps what it was told to itself: the table is there again.
      nft.list(Self.own)
      await turns.next()
      nft.list(Self.changed)
      for _ in 4...9 { await turns.next() }
      #expect(nft.changes == 2)
      await turns.next()
      #expect(nft.changes == 3)
    }
  }

  @Test func `a blocking firewall is reported with a fix, and a port that it uses is not claimed`()
    async throws
  {
    try await with { forwarding in
      standing.note([], from: .preparation)
      try await forwarding.apply()
      nft.list(Self.own + Self.foreign)
      await forwarding.inspect()
      let problem = try #require(standing.problems.first)
      #expect(problem.code == "FORWARDING_DROPPED" && !problem.isBlocking)
      #expect(problem.command?.contains("nft insert rule ip other through") == true)
      #expect(!forwarding.claim(61_600))
      nft.list(Self.own)
      await forwarding.inspect()
      #expect(standing.problems.isEmpty && forwarding.claim(61_600))
    }
  }
}
