import HTTP

/// Table `ip obox`: what is forwarded to the guests, and what they may reach through the host and on it.
struct RoutedRules {
  private(set) var commands: [JSONValue] = []

  init(_ network: ForwardingTable.Network, _ guests: [ForwardingTable.Guest]) {
    var table = TableCommands(family: "ip", table: network.table)
    table.set("addresses", type: "ipv4_addr", guests.addresses)
    table.set("cards", type: "ether_addr", guests.macs)
    Self.translate(network, guests, &table)
    Self.separate(network, guests, &table)
    Self.protectHost(network, &table)
    commands = table.commands
  }

  /// DNAT from public ports to guests; guests' outgoing traffic is masqueraded.
  private static func translate(
    _ network: ForwardingTable.Network, _ guests: [ForwardingTable.Guest], _ table: inout TableCommands
  ) {
    table.chain("prerouting", "nat", priority: -100)
    table.chain("output", "nat", priority: -100)
    table.chain("postrouting", "nat", priority: 100)
    let toHost = JSONValue.match(["fib": ["result": "type", "flags": ["daddr"]]], "local")
    // From 127.0.0.1 the kernel would refuse to route; the host uses one of its other addresses.
    let notLoopback = JSONValue.match(.field("ip", "daddr"), "!=", .prefix(IPv4Address(bits: 127 << 24), 8))
    if network.subnet != nil {
      table.rule("prerouting", .match(.meta("iifname"), .string(network.bridge)), .accept)
    }
    for guest in guests {
      guard let port = guest.publicPort, let address = guest.address else { continue }
      let toPort = JSONValue.match(.field("tcp", "dport"), .integer(Int64(port)))
      let lead: JSONValue = [
        "dnat": ["addr": .string(address.description), "port": .integer(Int64(guest.guestPort))]
      ]
      table.rule("prerouting", toPort, toHost, lead)
      table.rule("output", toPort, notLoopback, toHost, lead)
    }
    // Masqueraded as the host's address on the bridge, so that replies come back this way whatever the
    // guest's gateway is.
    table.rule(
      "postrouting", .match(.meta("oifname"), .string(network.bridge)), .match(.ct("status"), "in", "dnat"),
      .masquerade)
    if let subnet = network.subnet {
      let inside = JSONValue.prefix(subnet.network, subnet.prefix)
      table.rule(
        "postrouting", .match(.field("ip", "saddr"), inside), .match(.field("ip", "daddr"), "!=", inside),
        .match(.meta("oifname"), "!=", .string(network.bridge)), .masquerade)
    }
  }

  /// Blocks routing between guests of different owners, and access to guests of our own network except
  /// through their ports. With br_netfilter, frames that stay on the bridge pass through here too.
  private static func separate(
    _ network: ForwardingTable.Network, _ guests: [ForwardingTable.Guest], _ table: inout TableCommands
  ) {
    table.chain("forward", "filter", priority: 0)
    table.chain("between")
    for owner in guests.byOwner where !owner.guests.addresses.isEmpty {
      table.chain(owner.chain)
      table.rule(owner.chain, .match(.field("ip", "daddr"), .set(owner.guests.addresses)), .accept)
      if network.subnet == nil {
        table.rule(owner.chain, .match(.field("ip", "daddr"), "@addresses"), .drop)
      } else {
        table.rule(owner.chain, .drop)
      }
    }
    let verdicts = guests.byOwner.flatMap { owner in
      owner.guests.addresses.map { ($0, JSONValue.jump(owner.chain)) }
    }
    if !verdicts.isEmpty { table.rule("between", .verdicts(.field("ip", "saddr"), verdicts)) }
    if network.subnet != nil { table.rule("between", .drop) }

    let toGuests = JSONValue.match(.meta("oifname"), .string(network.bridge))
    table.rule("forward", .match(.meta("iifname"), .string(network.bridge)), toGuests, .jump("between"))
    if network.subnet != nil {
      table.rule("forward", toGuests, .match(.ct("state"), .set(["established", "related"])), .accept)
      table.rule("forward", toGuests, .match(.ct("status"), "in", "dnat"), .accept)
      table.rule("forward", toGuests, .match(.meta("iifname"), "!=", .string(network.bridge)), .drop)
    }
  }

  /// Of the host's own services, guests can reach DHCP, DNS and ping.
  private static func protectHost(_ network: ForwardingTable.Network, _ table: inout TableCommands) {
    table.chain("input", "filter", priority: 0)
    table.rule("input", .match(.meta("iifname"), "!=", .string(network.bridge)), .accept)
    if network.subnet == nil {
      table.rule("input", .match(.field("ether", "saddr"), "!=", "@cards"), .accept)
    }
    table.rule("input", .match(.ct("state"), .set(["established", "related"])), .accept)
    table.rule("input", .match(.field("udp", "dport"), .set([53, 67])), .accept)
    table.rule("input", .match(.field("tcp", "dport"), 53), .accept)
    table.rule("input", .match(.field("icmp", "type"), "echo-request"), .accept)
    table.rule("input", .drop)
  }
}
