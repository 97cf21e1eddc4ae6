import HTTP

/// Everything that the firewall does for the machines, as a value: which public port leads to which
/// guest, and which guests may talk to each other.
struct ForwardingTable: Sendable, Equatable {
  var network: Network
  var guests: [Guest]

  struct Network: Sendable, Equatable {
    /// The bridge interface of the guests.
    var bridge: String
    /// The subnet of our own network; nil on a shared bridge, where only traffic of our guests is touched.
    var subnet: IPv4Subnet?
    /// The name of our tables; must differ between two installations on one host.
    var table: String

    init(bridge: String = "obox0", subnet: IPv4Subnet?, table: String = "obox") {
      self.bridge = bridge
      self.subnet = subnet
      self.table = table
    }
  }

  struct Guest: Sendable, Equatable {
    /// The owner's account id; guests of one owner may communicate.
    var owner: Int64
    var mac: MACAddress
    /// Nil until known; the guest is then isolated by its MAC address only.
    var address: IPv4Address?
    /// Nil when the guest cannot be reached from outside.
    var publicPort: Int?
    var guestPort = 22
    /// The host's end of its card, if known; with it the guest cannot spoof another MAC address.
    var interface: String?

    init(
      owner: Int64, mac: MACAddress, address: IPv4Address? = nil, publicPort: Int? = nil, guestPort: Int = 22,
      interface: String? = nil
    ) {
      self.owner = owner
      self.mac = mac
      self.address = address
      self.publicPort = publicPort
      self.guestPort = guestPort
      self.interface = interface
    }
  }

  /// The commands for `nft --json --file -` that replace both tables in one transaction.
  var commands: String {
    let distinct = Self.distinct(guests)
    let tables = Self.tables(network.table)
    return Self.transaction(
      Self.deleted(tables) + tables.map { ["add": $0] } + RoutedRules(network, distinct).commands
        + BridgedRules(network, distinct).commands)
  }

  private static func tables(_ name: String) -> [JSONValue] {
    ["ip", "bridge"].map { ["table": ["family": .string($0), "name": .string(name)]] }
  }

  /// A table can only be deleted when it is there, so it is added first.
  private static func deleted(_ tables: [JSONValue]) -> [JSONValue] {
    tables.flatMap { [["add": $0], ["delete": $0]] }
  }

  private static func transaction(_ commands: [JSONValue]) -> String {
    var json = JSONWriter()
    json.value(["nftables": .array(commands)])
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// nft rejects a table with a duplicate key, so only the first is kept.
  private static func distinct(_ guests: [Guest]) -> [Guest] {
    var macs: Set<MACAddress> = []
    var addresses: Set<IPv4Address> = []
    var ports: Set<Int> = []
    return guests.filter { macs.insert($0.mac).inserted }.map { guest in
      var guest = guest
      if let address = guest.address, !addresses.insert(address).inserted { guest.address = nil }
      if let port = guest.publicPort, !(1...65_535).contains(port) || !ports.insert(port).inserted {
        guest.publicPort = nil
      }
      return guest
    }
  }
}

/// Collects the commands that define one table.
struct TableCommands {
  let family: String
  let table: String
  private(set) var commands: [JSONValue] = []

  init(family: String, table: String) {
    self.family = family
    self.table = table
  }

  mutating func set(_ name: String, type: JSONValue, _ elements: [JSONValue]) {
    var set: [String: JSONValue] = [
      "family": .string(family), "table": .string(table), "name": .string(name), "type": type,
    ]
    if !elements.isEmpty { set["elem"] = .array(elements) }
    commands.append(["add": ["set": .object(set)]])
  }

  mutating func chain(_ name: String) {
    commands.append([
      "add": ["chain": ["family": .string(family), "table": .string(table), "name": .string(name)]]
    ])
  }

  mutating func chain(_ name: String, _ type: String, priority: Int) {
    commands.append([
      "add": [
        "chain": [
          "family": .string(family), "table": .string(table), "name": .string(name), "type": .string(type),
          "hook": .string(name), "prio": .integer(Int64(priority)), "policy": "accept",
        ]
      ]
    ])
  }

  mutating func rule(_ chain: String, _ expressions: JSONValue...) {
    commands.append([
      "add": [
        "rule": [
          "family": .string(family), "table": .string(table), "chain": .string(chain),
          "expr": .array(expressions),
        ]
      ]
    ])
  }
}

extension [ForwardingTable.Guest] {
  /// The guests grouped by owner, in a stable order, with the name of the owner's chain.
  var byOwner: [(chain: String, guests: [ForwardingTable.Guest])] {
    [Int64: [ForwardingTable.Guest]](grouping: self, by: \.owner).sorted { $0.key < $1.key }
      .map { ("owner-\($0.key)", $0.value) }
  }

  var macs: [JSONValue] { map { .string($0.mac.description) } }
  var addresses: [JSONValue] { compactMap { $0.address.map { .string($0.description) } } }
}
