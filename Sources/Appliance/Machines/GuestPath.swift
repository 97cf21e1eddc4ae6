import HTTP

/// A partly known packet to or from a guest, for evaluating other firewalls' rules.
struct GuestPath: Sendable {
  let bridge: String
  let subnet: IPv4Subnet?
  let isInward: Bool

  /// The result of a condition: true, false, or nil when it depends on something unknown.
  struct Truth {
    var holds: Bool?
    /// Whether the condition names our guests specifically.
    var isAboutGuests = false

    static let unknown = Truth(holds: nil)
  }

  /// Evaluates one `match` of nftables' JSON (libnftables-json(5)).
  func truth(of match: JSONValue) -> Truth {
    guard let left = match["left"], let right = match["right"] else { return .unknown }
    var truth = truth(of: left, right)
    if match["op"]?.string == "!=", let holds = truth.holds {
      truth = Truth(holds: !holds, isAboutGuests: false)
    }
    return truth
  }

  /// Whether an element of a `vmap` matches.
  func truth(of left: JSONValue, _ right: JSONValue) -> Truth {
    let values = right["set"]?.array ?? right.array ?? [right]
    if let key = left["meta"]?["key"]?.string { return meta(key, values) }
    if let key = left["ct"]?["key"]?.string { return connection(key, values) }
    if let payload = left["payload"] {
      return self.payload(payload["protocol"]?.string ?? "", payload["field"]?.string ?? "", values)
    }
    return .unknown
  }

  private func meta(_ key: String, _ values: [JSONValue]) -> Truth {
    switch key {
    case "iifname", "iif": interface(values, isGuests: !isInward)
    case "oifname", "oif": interface(values, isGuests: isInward)
    case "l4proto": known(values, "tcp", 6)
    case "nfproto": known(values, "ipv4", 2)
    default: .unknown
    }
  }

  /// The packet's other interface is any interface except the guests' bridge.
  private func interface(_ values: [JSONValue], isGuests: Bool) -> Truth {
    let names = values.compactMap(\.string)
    guard names.count == values.count, !names.contains(where: { $0.utf8.first == UInt8(ascii: "@") }) else {
      return .unknown
    }
    let isNamed = names.contains(bridge)
    let isMeant = isNamed || names.contains { Self.matches($0, bridge) }
    if isGuests { return Truth(holds: isMeant, isAboutGuests: isNamed) }
    return names.allSatisfy { $0 == bridge } ? Truth(holds: false) : .unknown
  }

  private static func matches(_ pattern: String, _ name: String) -> Bool {
    pattern.utf8.last == UInt8(ascii: "*") && name.utf8.starts(with: pattern.utf8.dropLast())
  }

  /// The packet belongs to a new connection; an inward one has been through DNAT.
  private func connection(_ key: String, _ values: [JSONValue]) -> Truth {
    switch key {
    case "state": Truth(holds: values.contains { $0.string == "new" })
    case "status": Truth(holds: isInward && values.contains { $0.string == "dnat" })
    default: .unknown
    }
  }

  private func payload(_ proto: String, _ field: String, _ values: [JSONValue]) -> Truth {
    switch (proto, field) {
    case ("ip", "protocol"): known(values, "tcp", 6)
    case ("ip", "daddr") where isInward: address(values)
    case ("ip", "saddr") where !isInward: address(values)
    case ("ip", _), ("tcp", "sport"), ("th", "sport"): .unknown
    case ("tcp", "dport"), ("th", "dport"): isInward ? port(values) : .unknown
    case ("udp", _), ("icmp", _), ("icmpv6", _), ("ip6", _), ("arp", _): Truth(holds: false)
    default: .unknown
    }
  }

  private func known(_ values: [JSONValue], _ name: String, _ number: Int) -> Truth {
    Truth(holds: values.contains { $0.string == name || $0.int == number })
  }

  private func port(_ values: [JSONValue]) -> Truth {
    Truth(holds: values.contains { PortRanges(value: $0)?.contains(22) == true })
  }

  /// Whether the rule's addresses are all guests' addresses, some of them, or none.
  private func address(_ values: [JSONValue]) -> Truth {
    guard let subnet else { return .unknown }
    var overlaps = false
    for value in values {
      let text = value.string ?? value["prefix"]?["addr"]?.string
      guard let address = text.flatMap({ IPv4Address($0) }) else { return .unknown }
      let length = value["prefix"]?["len"]?.int ?? 32
      let mask: UInt32 = length <= 0 ? 0 : ~0 << UInt32(32 - min(32, length))
      let common = mask & subnet.mask
      guard address.bits & common == subnet.network.bits & common else { continue }
      if mask & ~subnet.mask == 0 { return Truth(holds: true, isAboutGuests: mask == subnet.mask) }
      overlaps = true
    }
    return Truth(holds: overlaps ? nil : false, isAboutGuests: overlaps)
  }
}

/// The ports named by rules.
struct PortRanges: Sendable, Equatable {
  var ranges: [ClosedRange<Int>] = []

  init() {}

  /// Parses a number, a `range` or a `set` of those; nil for anything else.
  init?(value: JSONValue) {
    if let port = value.int {
      ranges = [port...port]
    } else if let ends = value["range"]?.array, ends.count == 2, let low = ends[0].int,
      let high = ends[1].int,
      low <= high
    {
      ranges = [low...high]
    } else if let values = value["set"]?.array {
      ranges = values.flatMap { PortRanges(value: $0)?.ranges ?? [] }
    } else {
      return nil
    }
  }

  func contains(_ port: Int) -> Bool { ranges.contains { $0.contains(port) } }
}
