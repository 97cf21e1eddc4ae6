import Glibc
import HTTP

extension Request {
  /// The client's network, by which attempts are counted.
  var place: String { Self.place(of: peerAddress) }

  /// The key for counting attempts: an IPv4 address, or the first 64 bits of an IPv6 address, which belong to
  /// one customer.
  static func place(of address: String) -> String {
    var bytes = in6_addr()
    guard address.contains(":"), inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
    return withUnsafeBytes(of: &bytes) { bytes in
      let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
      let kept = isMapped ? bytes[12..<16] : bytes[0..<8]
      return kept.map { String($0, radix: isMapped ? 10 : 16) }.joined(separator: isMapped ? "." : ":")
    }
  }
}
