import Glibc

/// IP addresses as text.
enum Address {
  /// The usual writing of an address, IPv4 inside IPv6 unwrapped; nil when it is none.
  static func normalized(_ text: some StringProtocol) -> String? {
    var text = String(text)
    if text.hasPrefix("::ffff:"), text.contains(".") { text.removeFirst(7) }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 { return text }
    var v6 = in6_addr()
    guard inet_pton(AF_INET6, text, &v6) == 1,
      inet_ntop(AF_INET6, &v6, &buffer, socklen_t(buffer.count)) != nil
    else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The client behind trusted proxies: the last entry of `X-Forwarded-For` that is not one of them.
  static func client(forwardedFor: String, peer: String, trusted: Set<String>) -> String {
    var client = peer
    for entry in forwardedFor.split(separator: ",").reversed() {
      guard let address = normalized(entry.filter { $0 != " " }) else { break }
      client = address
      if !trusted.contains(address) { break }
    }
    return client
  }
}
