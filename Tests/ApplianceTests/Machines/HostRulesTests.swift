import HTTP
import Testing

@testable import Appliance

@Suite(.serialized, .enabled(if: NetworkLab.isPossible), .timeLimit(.minutes(30)))
struct HostRulesTests {
  private static let docker = """
    table ip filter {
      chain DOCKER-USER {}
      chain DOCKER-ISOLATION {
        iifname "docker0" oifname != "docker0" drop
      }
      chain FORWARD {
        type filter hook forward priority 0; policy drop;
        jump DOCKER-USER
        jump DOCKER-ISOLATION
        oifname "docker0" ct state established,related accept
        iifname "docker0" oifname != "docker0" accept
      }
    }
    """
  private static let ufw = """
    table ip filter {
      chain ufw-user-forward {}
      chain FORWARD {
        type filter hook forward priority 0; policy drop;
        ct state established,related accept
        ip protocol icmp accept
        ip protocol udp accept
        jump ufw-user-forward
      }
    }
    """
  private static let firewalld = """
    table inet firewalld {
      chain filter_FWD_public {
        meta l4proto icmp accept
        return
      }
      chain filter_FORWARD {
        type filter hook forward priority 10; policy accept;
        ct state { established, related } accept
        ct status dnat accept
        iifname "lo" accept
        goto filter_FWD_end
      }
      chain filter_FWD_end {
        jump filter_FWD_public
        reject with icmp type admin-prohibited
      }
    }
    """
  private static let cases: [(String, String?, String?)] = [
    (
      docker, "Docker",
      "iptables -I DOCKER-USER -i obox0 -j ACCEPT && iptables -I DOCKER-USER -o obox0 -j ACCEPT"
    ),
    (ufw, "ufw", "ufw route allow in on obox0 && ufw route allow out on obox0"),
    (
      firewalld, "firewalld",
      "firewall-cmd --permanent --zone=trusted --add-interface=obox0 && firewall-cmd --reload"
    ),
    (
      "table ip x { chain f { type filter hook forward priority 0; iifname \"obox0\" drop; } }", "ip x f",
      "nft insert rule ip x f iifname \"obox0\" accept && nft insert rule ip x f oifname \"obox0\" accept"
    ),
    (
      "table ip filter { chain FORWARD { type filter hook forward priority 0; policy drop; } }",
      "ip filter FORWARD", "iptables -I FORWARD -i obox0 -j ACCEPT && iptables -I FORWARD -o obox0 -j ACCEPT"
    ),
    // Rules that do not concern guests.
    ("table ip x { chain f { type filter hook forward priority 0; iifname \"docker0\" drop; } }", nil, nil),
    ("table ip x { chain f { type filter hook input priority 0; policy drop; } }", nil, nil),
    ("table ip x { chain f { type filter hook forward priority 0; udp dport 22 drop; } }", nil, nil),
    ("table ip x { chain f { type filter hook forward priority 0; ip daddr 10.88.0.0/16 drop; } }", nil, nil),
    ("table ip x { chain f { type filter hook forward priority 0; ct state invalid drop; } }", nil, nil),
    (
      docker.replacing(
        "chain DOCKER-USER {}",
        with: "chain DOCKER-USER { iifname \"obox0\" accept\noifname \"obox0\" accept\n }"), nil, nil
    ),
    (
      ufw.replacing(
        "chain ufw-user-forward {}",
        with:
          "chain ufw-user-forward { ip saddr 10.77.0.0/24 accept\nip daddr 10.77.0.0/24 tcp dport 22 accept\n }"
      ), nil, nil
    ),
  ]

  private func rules(_ text: String) async throws -> HostRules {
    let name = "oboxrules\(UInt16.random(in: 0 ... .max))"
    let shell = "/usr/sbin/ip netns add \(name) && /usr/sbin/ip netns exec \(name) /usr/sbin/nft -f -"
    let loaded = try await ChildProcess.run(
      "/bin/sh", ["-c", shell], input: Array(text.replacing("} }", with: "}\n}").utf8),
      timeLimit: .seconds(10))
    let firewall = Firewall(
      system: .init(
        nft: ["/usr/sbin/ip", "netns", "exec", name, "/usr/sbin/nft"], legacyTables: "/dev/null")
    ) { ForwardingTable(network: .init(subnet: nil), guests: []) }
    let rules: Result<HostRules, any Error>
    do { rules = .success(try await firewall.rules(own: "obox")) } catch { rules = .failure(error) }
    _ = try await ChildProcess.run("/usr/sbin/ip", ["netns", "del", name], timeLimit: .seconds(10))
    try #require(loaded.status == .exited(0), "\(String(decoding: loaded.stderr, as: UTF8.self))")
    return try rules.get()
  }

  @Test(arguments: cases.indices)
  func `a firewall that drops guests' traffic is named with a command that fixes it`(number: Int) async throws
  {
    let (text, title, command) = Self.cases[number]
    let found = try await rules(text).obstruction(bridge: "obox0", subnet: IPv4Subnet(host: "10.77.0.1/24"))
    #expect(found?.title == title, "\(text)")
    #expect(found?.command(bridge: "obox0") == command)
  }

  @Test func `ports redirected by others are detected, without our own`() async throws {
    let rules = try await rules(
      """
      table ip other { chain p { type nat hook prerouting priority -100
        tcp dport 30000 dnat to 10.1.1.1:22
        tcp dport { 1-5, 9 } dnat to 10.1.1.1
        udp dport 53 dnat to 10.1.1.1
        tcp dport 7 accept
        dnat to tcp dport map { 8080 : 10.1.1.2, 8081 : 10.1.1.3 }
      } }
      table ip obox { chain p { type nat hook prerouting priority -100
        tcp dport 31000 dnat to 10.1.1.1:22
      } }
      """)
    for port in [30_000, 1, 5, 9, 8080, 8081] { #expect(rules.ports.contains(port), "\(port)") }
    for port in [53, 7, 31_000, 6, 8082] { #expect(!rules.ports.contains(port), "\(port)") }
    #expect(rules.own.count == 3)
  }

  @Test func `the output of iptables-legacy-save is parsed`() throws {
    func title(_ lines: String) -> String? {
      var rules = HostRules(["nftables": []], own: "obox")
      rules.add(LegacyRules.table(lines))
      return rules.obstruction(bridge: "obox0", subnet: IPv4Subnet(host: "10.77.0.1/24"))
        .map { "\($0.title): \($0.command(bridge: "obox0"))" }
    }
    let command =
      "iptables-legacy: iptables-legacy -I FORWARD -i obox0 -j ACCEPT && iptables-legacy -I FORWARD -o obox0 -j ACCEPT"
    #expect(
      title("*filter\n:FORWARD DROP [0:0]\n-A FORWARD ! -i docker0 -o docker0 -j ACCEPT\nCOMMIT") == command)
    #expect(
      title(":FORWARD ACCEPT [0:0]\n:U - [0:0]\n-A FORWARD -o obox+ -j U\n-A U -j REJECT --reject-with x")
        == command)
    #expect(title(":FORWARD DROP [0:0]\n-A FORWARD -i obox0 -j ACCEPT\n-A FORWARD -o obox0 -j ACCEPT") == nil)
    #expect(
      title(
        ":FORWARD ACCEPT [0:0]\n-A FORWARD -p udp -j DROP\n-A FORWARD -s 10.88.0.0/16 -d 10.99.0.0/16 -j DROP"
      ) == nil)
    #expect(title(":FORWARD ACCEPT [0:0]\n-A FORWARD -m conntrack --ctstate INVALID -j DROP") == nil)
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return String(self[..<range.lowerBound]) + other
      + String(self[range.upperBound...]).replacing(part, with: other)
  }
}
