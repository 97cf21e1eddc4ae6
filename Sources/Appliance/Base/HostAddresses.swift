import Glibc

/// The addresses of this host's interfaces that are up, except loopback and those of machines and containers.
struct HostAddresses: Sendable, Equatable {
  var v4: [String] = []
  /// Without link-local ones.
  var v6: [String] = []

  static func current() -> HostAddresses {
    var found = HostAddresses()
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return found }
    defer { freeifaddrs(list) }
    var next = list
    while let entry = next {
      next = entry.pointee.ifa_next
      guard isOurs(entry.pointee), let address = entry.pointee.ifa_addr else { continue }
      switch Int32(address.pointee.sa_family) {
      case AF_INET:
        if let text = text(address, MemoryLayout<sockaddr_in>.size) { found.v4.append(text) }
      case AF_INET6:
        let text = text(address, MemoryLayout<sockaddr_in6>.size)
        if let text, !text.hasPrefix("fe80:"), !text.contains("%") { found.v6.append(text) }
      default: continue
      }
    }
    return found
  }

  private static func isOurs(_ entry: ifaddrs) -> Bool {
    guard entry.ifa_flags & UInt32(IFF_UP) != 0, entry.ifa_flags & UInt32(IFF_LOOPBACK) == 0 else {
      return false
    }
    let name = String(cString: entry.ifa_name)
    return !["virbr", "obox", "docker", "veth", "tap"].contains { name.hasPrefix($0) }
  }

  private static func text(_ address: UnsafePointer<sockaddr>, _ length: Int) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    guard
      getnameinfo(address, socklen_t(length), &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST) == 0
    else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
