import Glibc
import Testing

@testable import Appliance

/// A host with a bridge, guests on it and a client outside, each a separate network namespace, so that the
/// machine's own network is not touched.
struct NetworkLab: Sendable {
  static let isPossible =
    geteuid() == 0
    && ["/usr/sbin/ip", "/usr/sbin/nft", "/usr/bin/perl"].allSatisfy { (path: String) in
      access(path, X_OK) == 0
    }

  /// `a1` and `a2` belong to owner 1, `b1` to owner 2.
  static let guests: [(name: String, address: String)] = [
    ("a1", "10.77.0.10"), ("a2", "10.77.0.11"), ("b1", "10.77.0.20"),
  ]

  private let prefix: String
  /// Whether the client is on the guests' bridge, as with a shared bridge.
  private let isShared: Bool

  var nft: [String] { ["/usr/sbin/ip", "netns", "exec", prefix + "host", "/usr/sbin/nft"] }
  var subnet: IPv4Subnet? { isShared ? nil : IPv4Subnet(host: "10.77.0.1/24") }
  /// The host's address seen from the client.
  var hostAddress: String { isShared ? "10.77.0.1" : "192.0.2.1" }

  /// Runs `body` in a new lab where every guest answers with its name on port 22, the host on 80 and 53 and
  /// the client on 7777.
  static func with(
    shared: Bool = false, bridgeNetfilter: Bool = false, _ body: @Sendable (NetworkLab) async throws -> Void
  ) async throws {
    let lab = NetworkLab(prefix: "obox\(UInt16.random(in: 0 ... .max))", isShared: shared)
    do {
      try await lab.build(bridgeNetfilter: bridgeNetfilter)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (name, _) in guests { group.addTask { await lab.serve(name, port: 22) } }
        group.addTask { await lab.serve("host", port: 80) }
        group.addTask { await lab.serve("host", port: 53) }
        group.addTask { await lab.serve("client", port: 7777) }
        for (name, _) in guests { await lab.waitForServer(in: name, port: 22) }
        await lab.waitForServer(in: "host", port: 80)
        await lab.waitForServer(in: "host", port: 53)
        await lab.waitForServer(in: "client", port: 7777)
        try await body(lab)
        group.cancelAll()
      }
    } catch {
      await lab.remove()
      throw error
    }
    await lab.remove()
  }

  /// The answer from this address and port; nil when there is none within a second.
  func answer(to name: String, from address: String, _ port: Int) async -> String? {
    let script = """
      my $s = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1], Timeout => 1) or exit 1;
      alarm 2; print scalar <$s>;
      """
    let output = try? await run(
      name, "/usr/bin/perl", "-MIO::Socket::INET", "-e", script, address, String(port))
    guard let output, output.status == .exited(0), !output.stdout.isEmpty else { return nil }
    return String(decoding: output.stdout, as: UTF8.self)
  }

  /// The rules in force, as printed by nft.
  func rules() async throws -> String {
    String(decoding: try await run("host", "/usr/sbin/nft", "list", "ruleset").stdout, as: UTF8.self)
  }

  /// Runs a shell command in one of the namespaces.
  @discardableResult func shell(_ name: String, _ line: String) async throws -> ChildProcess.Output {
    let output = try await run(name, "/bin/sh", "-ec", "PATH=/usr/sbin:/usr/bin:/sbin:/bin; " + line)
    return output
  }

  func guest(_ name: String, port: Int? = nil, interface: Bool = false) throws -> ForwardingTable.Guest {
    let place = try #require(Self.guests.firstIndex { $0.name == name })
    return ForwardingTable.Guest(
      owner: name.hasPrefix("a") ? 1 : 2, mac: try #require(MACAddress(Self.mac(place))),
      address: IPv4Address(Self.guests[place].address), publicPort: port,
      interface: interface ? "to-\(name)" : nil)
  }

  private static func mac(_ place: Int) -> String { "52:54:00:00:00:0\(place + 1)" }

  private func build(bridgeNetfilter: Bool) async throws {
    var lines = ["set -e", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"]
    for name in ["host", "client"] + Self.guests.map(\.name) {
      lines += ["ip netns add \(prefix)\(name)", "ip -n \(prefix)\(name) link set lo up"]
    }
    let host = "ip -n \(prefix)host"
    lines += [
      "\(host) link add obox0 type bridge", "\(host) addr add 10.77.0.1/24 dev obox0",
      "\(host) link set obox0 up",
      "ip netns exec \(prefix)host sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'",
      "ip netns exec \(prefix)host sh -c 'f=/proc/sys/net/bridge/bridge-nf-call-iptables; "
        + "test ! -e $f || echo \(bridgeNetfilter ? 1 : 0) >$f'",
    ]
    for (place, guest) in Self.guests.enumerated() {
      lines += attach(guest.name, address: guest.address + "/24", mac: Self.mac(place))
    }
    if isShared {
      lines += attach("client", address: "10.77.0.50/24", mac: "52:54:00:00:00:99")
    } else {
      lines += [
        "\(host) link add to-client type veth peer name eth0 netns \(prefix)client",
        "\(host) addr add 192.0.2.1/24 dev to-client", "\(host) link set to-client up",
        "ip -n \(prefix)client addr add 192.0.2.2/24 dev eth0", "ip -n \(prefix)client link set eth0 up",
        // As if someone outside tried to route to the guests directly.
        "ip -n \(prefix)client route add 10.77.0.0/24 via 192.0.2.1",
      ]
    }
    let output = try await ChildProcess.run(
      "/bin/sh", ["-c", lines.joined(separator: "\n")], timeLimit: .seconds(30))
    try #require(output.status == .exited(0), "\(String(decoding: output.stderr, as: UTF8.self))")
  }

  private func attach(_ name: String, address: String, mac: String) -> [String] {
    [
      "ip -n \(prefix)host link add to-\(name) type veth peer name eth0 address \(mac) netns \(prefix)\(name)",
      "ip -n \(prefix)host link set to-\(name) master obox0 up",
      "ip -n \(prefix)\(name) addr add \(address) dev eth0", "ip -n \(prefix)\(name) link set eth0 up",
      "ip -n \(prefix)\(name) route add default via 10.77.0.1",
    ]
  }

  private func serve(_ name: String, port: Int) async {
    let script = """
      my $s = IO::Socket::INET->new(LocalPort => $ARGV[1], Listen => 9, ReuseAddr => 1) or die;
      while (my $c = $s->accept) { print $c "$ARGV[0]"; close $c }
      """
    _ = try? await run(name, "/usr/bin/perl", "-MIO::Socket::INET", "-e", script, name, String(port))
  }

  private func waitForServer(in name: String, port: Int) async {
    for _ in 0..<100 {
      if await answer(to: name, from: "127.0.0.1", port) != nil { return }
    }
  }

  private func run(_ name: String, _ words: String...) async throws -> ChildProcess.Output {
    try await ChildProcess.run(
      "/usr/sbin/ip", ["netns", "exec", prefix + name] + words, timeLimit: .seconds(60))
  }

  private func remove() async {
    for name in ["host", "client"] + Self.guests.map(\.name) {
      _ = try? await ChildProcess.run(
        "/usr/sbin/ip", ["netns", "del", prefix + name], timeLimit: .seconds(10))
    }
  }
}
