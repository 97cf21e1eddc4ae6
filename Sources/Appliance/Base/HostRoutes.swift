import Glibc

/// The IPv4 routes of this host, to detect whether an address range is in use.
struct HostRoutes: Sendable, Equatable {
  struct Route: Sendable, Equatable {
    let interface: String
    let network: UInt32
    let mask: UInt32
    let isDirect: Bool
  }

  let routes: [Route]

  /// Parses `/proc/net/route`: hexadecimal numbers in the host's byte order.
  init(table: String) {
    routes = table.split(separator: "\n").dropFirst().compactMap { line in
      let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
      guard words.count >= 8, let network = UInt32(words[1], radix: 16),
        let gateway = UInt32(words[2], radix: 16), let mask = UInt32(words[7], radix: 16)
      else { return nil }
      return Route(
        interface: String(words[0]), network: UInt32(bigEndian: network), mask: UInt32(bigEndian: mask),
        isDirect: gateway == 0)
    }
  }

  static func current() -> HostRoutes {
    var text: [UInt8] = []
    let file = open("/proc/net/route", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return HostRoutes(table: "") }
    defer { close(file) }
    var piece = [UInt8](repeating: 0, count: 65_536)
    while text.count < 4 << 20 {
      let count = read(file, &piece, piece.count)
      guard count > 0 else { break }
      text += piece.prefix(count)
    }
    return HostRoutes(table: String(decoding: text, as: UTF8.self))
  }

  /// The interface with a route that overlaps this range, other than our own bridge; nil when there is none.
  ///
  /// A wide route through a gateway (a company network, a VPN) does not count if the range is only a part of
  /// it, unless `strictly`. The default route never counts.
  func interface(using subnet: IPv4Subnet, besides bridge: String, strictly: Bool = false) -> String? {
    routes.first { route in
      guard route.mask != 0, route.interface != bridge else { return false }
      let common = route.mask & subnet.mask
      guard route.network & common == subnet.network.bits & common else { return false }
      return strictly || route.isDirect || route.mask & subnet.mask == subnet.mask
    }?.interface
  }

  /// The first unused range: `preferred`, else one of the private ranges.
  func free(_ preferred: IPv4Subnet, bridge: String) -> IPv4Subnet? {
    let others =
      (77...127).map { "10.\($0).0.1/24" } + (20...31).map { "172.\($0).77.1/24" }
      + (77...254).map { "192.168.\($0).1/24" }
    return ([preferred] + others.compactMap { IPv4Subnet(host: $0) }).first {
      interface(using: $0, besides: bridge, strictly: true) == nil
    }
  }
}
