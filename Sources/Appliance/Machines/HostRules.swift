import HTTP

/// Firewall rules of the host that are not ours: whether they drop guests' traffic, and which ports they
/// redirect.
struct HostRules: Sendable {
  struct Chain: Sendable {
    let name: String
    /// Whether this is a base chain of the forward hook.
    var isForward = false
    var drops = false
    /// The expressions of each rule.
    var rules: [[JSONValue]] = []
  }

  struct Table: Sendable {
    /// In nft's notation, such as `ip filter`; `legacy` for the tables of iptables-legacy.
    let name: String
    var chains: [String: Chain] = [:]
  }

  /// The firewall that drops guests' traffic.
  struct Obstruction: Sendable, Equatable {
    let table: String
    let chain: String
    let chains: Set<String>
  }

  static let legacy = "legacy"

  private(set) var tables: [String: Table] = [:]
  /// Our own tables, to detect changes by others.
  private(set) var own: [JSONValue] = []

  /// Parses the output of `nft --json list ruleset`; `own` is the name of our tables.
  init(_ ruleset: JSONValue, own name: String) {
    for entry in ruleset["nftables"]?.array ?? [] {
      guard case .object(let members) = entry, let (kind, value) = members.first else { continue }
      let family = value["family"]?.string ?? ""
      let table = value["table"]?.string ?? value["name"]?.string ?? ""
      if table == name, ["ip", "bridge"].contains(family) {
        own.append(entry)
      } else {
        add(kind, value, to: "\(family) \(table)")
      }
    }
  }

  private mutating func add(_ kind: String, _ value: JSONValue, to table: String) {
    if kind == "chain", let name = value["name"]?.string {
      let isForward = value["hook"]?.string == "forward" && value["type"]?.string == "filter"
      let isOurs = table.utf8.starts(with: "ip ".utf8) || table.utf8.starts(with: "inet ".utf8)
      tables[table, default: Table(name: table)].chains[name] = Chain(
        name: name, isForward: isForward && isOurs, drops: value["policy"]?.string == "drop")
    } else if kind == "rule", let chain = value["chain"]?.string {
      tables[table]?.chains[chain]?.rules.append(value["expr"]?.array ?? [])
    }
  }

  /// Adds a table that nft does not list.
  mutating func add(_ table: Table) { tables[table.name] = table }

  /// The first table that drops packets to or from guests.
  func obstruction(bridge: String, subnet: IPv4Subnet?) -> Obstruction? {
    for table in tables.values.sorted(by: { $0.name < $1.name }) {
      for chain in table.chains.values.sorted(by: { $0.name < $1.name }) where chain.isForward {
        for isInward in [true, false] {
          let walk = RuleWalk(
            table: table, path: GuestPath(bridge: bridge, subnet: subnet, isInward: isInward))
          if walk.drops(chain) {
            return Obstruction(table: table.name, chain: chain.name, chains: Set(table.chains.keys))
          }
        }
      }
    }
    return nil
  }

  /// Public ports redirected by others, such as another installation or a container.
  var ports: PortRanges {
    var found = PortRanges()
    for table in tables.values {
      for rule in table.chains.values.flatMap(\.rules) where rule.contains(where: Self.isTranslation) {
        for expression in rule {
          if Self.isPort(expression["match"]?["left"]), let right = expression["match"]?["right"] {
            found.ranges += PortRanges(value: right)?.ranges ?? []
          }
          found.ranges += Self.mapped(expression["dnat"])
        }
      }
    }
    return found
  }

  private static func isTranslation(_ expression: JSONValue) -> Bool {
    expression["dnat"] != nil || expression["redirect"] != nil
      || ["DNAT", "REDIRECT"].contains(expression["xt"]?["name"]?.string)
  }

  private static func isPort(_ left: JSONValue?) -> Bool {
    left?["payload"]?["field"]?.string == "dport" && left?["payload"]?["protocol"]?.string != "udp"
  }

  /// The ports of `dnat to tcp dport map { … }`.
  private static func mapped(_ dnat: JSONValue?) -> [ClosedRange<Int>] {
    guard let map = dnat?["addr"]?["map"], isPort(map["key"]) else { return [] }
    return (map["data"]?["set"]?.array ?? []).flatMap { pair in
      pair.array?.first.flatMap { PortRanges(value: $0) }?.ranges ?? []
    }
  }
}

extension HostRules.Obstruction {
  /// The command that allows the guests' traffic, in the syntax of the firewall that drops it.
  func command(bridge: String) -> String {
    if chains.contains("DOCKER-USER") { return iptables("DOCKER-USER", bridge) }
    if chains.contains(where: { $0.utf8.starts(with: "ufw-".utf8) }) {
      return "ufw route allow in on \(bridge) && ufw route allow out on \(bridge)"
    }
    if table == "inet firewalld" {
      return "firewall-cmd --permanent --zone=trusted --add-interface=\(bridge) && firewall-cmd --reload"
    }
    if table == HostRules.legacy || table == "ip filter" && chain == "FORWARD" {
      return iptables(chain, bridge)
    }
    return ["iifname", "oifname"].map { "nft insert rule \(table) \(chain) \($0) \"\(bridge)\" accept" }
      .joined(separator: " && ")
  }

  private func iptables(_ chain: String, _ bridge: String) -> String {
    let program = table == HostRules.legacy ? "iptables-legacy" : "iptables"
    return ["-i", "-o"].map { "\(program) -I \(chain) \($0) \(bridge) -j ACCEPT" }.joined(separator: " && ")
  }

  /// The firewall's common name.
  var title: String {
    if chains.contains(where: { $0.utf8.starts(with: "DOCKER".utf8) }) { return "Docker" }
    if chains.contains(where: { $0.utf8.starts(with: "ufw-".utf8) }) { return "ufw" }
    if table == "inet firewalld" { return "firewalld" }
    return table == HostRules.legacy ? "iptables-legacy" : "\(table) \(chain)"
  }
}
