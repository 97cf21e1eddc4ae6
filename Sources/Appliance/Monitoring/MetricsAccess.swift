import HTTP

/// Access to the metrics.
enum MetricsAccess {
  /// Allows programs on this host, and admins. Throws 401 or 403.
  static func authorize(_ request: Request) throws(Failure) {
    if isFromThisHost(request) { return }
    guard try request.account().has(right: "admin") else { throw .forbidden }
  }

  /// Whether the request comes from a program on this host and was not forwarded.
  ///
  /// A proxy on this host also connects from loopback, on behalf of remote clients: any sign of a proxy means
  /// no. So does a `Host` other than loopback, since a web page could use a domain name that resolves to
  /// 127.0.0.1 (DNS rebinding).
  static func isFromThisHost(_ request: Request) -> Bool {
    let signs = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via"]
    return isLoopback(request.peerAddress) && signs.allSatisfy { request.headers[$0] == nil }
      && request.headers["host"].map(isLoopbackName) == true
  }

  private static func isLoopback(_ address: String) -> Bool {
    let mapped = "::ffff:"
    let address = address.hasPrefix(mapped) ? address.dropFirst(mapped.count) : address[...]
    return address == "::1" || address.hasPrefix("127.")
  }

  /// `localhost`, `127.0.0.1` or `[::1]`, with or without a port.
  private static func isLoopbackName(_ host: String) -> Bool {
    let host = host.lowercased()
    return ["localhost", "127.0.0.1", "[::1]"].contains { name in
      host == name
        || host.hasBytes(prefix: name + ":")
          && host.utf8.dropFirst(name.utf8.count + 1).allSatisfy { (48...57).contains($0) }
    }
  }
}
