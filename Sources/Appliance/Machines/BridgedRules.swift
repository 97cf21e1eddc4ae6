import HTTP

/// Table `bridge obox`: frames between guests never leave the bridge, so the host's routing does not
/// see them and they are kept apart here, by the addresses of their cards.
struct BridgedRules {
  private(set) var commands: [JSONValue] = []

  init(_ network: ForwardingTable.Network, _ guests: [ForwardingTable.Guest]) {
    var table = TableCommands(family: "bridge", table: network.table)
    table.set("cards", type: "ether_addr", guests.macs)
    let gateway = network.subnet.map { [JSONValue.string($0.address.description)] } ?? []
    table.set("addresses", type: "ipv4_addr", guests.addresses + gateway)
    table.set(
      "bindings", type: ["ipv4_addr", "ether_addr"],
      guests.compactMap { guest in
        guest.address.map { .concat(.string($0.description), .string(guest.mac.description)) }
      })
    Self.preventImpersonation(guests, &table)
    Self.separate(network, guests, &table)
    commands = table.commands
  }

  /// Anti-spoofing: drops ARP and IP packets with a guest's or the host's IP address that come from another
  /// card.
  private static func preventImpersonation(
    _ guests: [ForwardingTable.Guest], _ table: inout TableCommands
  ) {
    table.chain("prerouting", "filter", priority: -300)
    for guest in guests {
      guard let interface = guest.interface else { continue }
      table.rule(
        "prerouting", .match(.meta("iifname"), .string(interface)),
        .match(.field("ether", "saddr"), "!=", .string(guest.mac.description)), .drop)
    }
    for source in [JSONValue.field("arp", "saddr ip"), .field("ip", "saddr")] {
      table.rule(
        "prerouting", .match(source, "@addresses"),
        .match(.concat(source, .field("ether", "saddr")), "!=", "@bindings"), .drop)
    }
  }

  private static func separate(
    _ network: ForwardingTable.Network, _ guests: [ForwardingTable.Guest], _ table: inout TableCommands
  ) {
    table.chain("forward", "filter", priority: 0)
    table.chain("input", "filter", priority: 0)
    for owner in guests.byOwner {
      table.chain(owner.chain)
      table.rule(owner.chain, .match(.field("ether", "daddr"), .set(owner.guests.macs)), .accept)
      if network.subnet == nil {
        table.rule(owner.chain, .match(.field("ether", "daddr"), "@cards"), .drop)
        table.rule(owner.chain, .accept)
      } else {
        // ARP requests are broadcast; only those for guests of the same owner pass.
        if !owner.guests.addresses.isEmpty {
          table.rule(owner.chain, .match(.field("arp", "daddr ip"), .set(owner.guests.addresses)), .accept)
        }
        table.rule(owner.chain, .drop)
      }
    }
    let verdicts = guests.byOwner.flatMap { owner in
      owner.guests.macs.map { ($0, JSONValue.jump(owner.chain)) }
    }
    if !verdicts.isEmpty { table.rule("forward", .verdicts(.field("ether", "saddr"), verdicts)) }
    if network.subnet != nil {
      table.rule("forward", .match(.field("ether", "daddr"), "@cards"), .drop)
      // Guests can reach the host over IPv4 and ARP only, not, for instance, over IPv6.
      table.rule(
        "input", .match(.field("ether", "saddr"), "@cards"),
        .match(.field("ether", "type"), "!=", .set(["ip", "arp"])), .drop)
    }
  }
}
