import Glibc

/// Parsing of IP addresses.
enum Address {
  /// The canonical text of an address, with IPv4-mapped IPv6 as IPv4; nil for anything else.
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

  /// The client's address as seen by trusted proxies: the last entry of `X-Forwarded-For` that is not one of
  /// them.
  static func client(forwardedFor: String, peer: String, trusted: TrustedProxies) -> String {
    var client = peer
    for entry in forwardedFor.split(byte: ",").reversed() {
      guard let address = normalized(entry.without(byte: " ")) else { break }
      client = address
      if !trusted.contains(address) { break }
    }
    return client
  }

  /// The key for per-client limits: an IPv4 address, or the first 64 bits of an IPv6 address, which belong to
  /// one customer.
  static func network(of address: String) -> String {
    guard address.contains(":"), let bytes = bytes(of: address), bytes.count == 16 else { return address }
    return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// 4 or 16 bytes; nil when the text is not an address.
  static func bytes(of address: String) -> [UInt8]? {
    var v4 = in_addr()
    if inet_pton(AF_INET, address, &v4) == 1 { return withUnsafeBytes(of: &v4) { Array($0) } }
    var v6 = in6_addr()
    guard inet_pton(AF_INET6, address, &v6) == 1 else { return nil }
    return withUnsafeBytes(of: &v6) { Array($0) }
  }
}

/// The proxies whose forwarding headers are trusted: addresses and subnets (`10.0.0.0/8`, `fd00::/8`).
struct TrustedProxies {
  private var addresses: Set<String> = []
  private var subnets: [(bytes: [UInt8], prefix: Int)] = []

  /// Ignores entries that are neither an address nor a subnet.
  init(_ list: [String]) {
    for entry in list {
      let parts = entry.split(byte: "/", omittingEmptySubsequences: false)
      guard let address = parts.first.flatMap(Address.normalized) else { continue }
      if parts.count == 1 {
        addresses.insert(address)
      } else if parts.count == 2, let prefix = Int(parts[1]), let bytes = Address.bytes(of: address),
        prefix >= 0, prefix <= bytes.count * 8
      {
        subnets.append((bytes, prefix))
      }
    }
  }

  func contains(_ address: String) -> Bool {
    if addresses.contains(address) { return true }
    guard !subnets.isEmpty, let bytes = Address.bytes(of: address) else { return false }
    return subnets.contains { Self.matches(bytes, $0.bytes, $0.prefix) }
  }

  private static func matches(_ address: [UInt8], _ subnet: [UInt8], _ prefix: Int) -> Bool {
    guard address.count == subnet.count else { return false }
    let whole = prefix / 8
    guard address.prefix(whole) == subnet.prefix(whole) else { return false }
    guard prefix % 8 > 0 else { return true }
    let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - prefix % 8))
    return address[whole] & mask == subnet[whole] & mask
  }
}
