import Glibc
import HTTP

extension Request {
  /// Where a request comes from, as far as attempts are counted: one IPv6 client has a whole /64 of addresses.
  var place: String { Self.place(of: peerAddress) }

  static func place(of address: String) -> String {
    guard address.contains(":") else { return address }
    var bytes = in6_addr()
    guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
    return withUnsafeBytes(of: bytes) { raw in
      raw.prefix(8).map { String($0, radix: 16) }.joined(separator: ".") + "/64"
    }
  }
}
