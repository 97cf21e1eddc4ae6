import Glibc

/// Listening sockets.
enum Listening {
  /// Opens a listening TCP socket on an address; port 0 lets the system choose.
  static func open(address: String, port: Int) throws(ServerError) -> (descriptor: Int32, port: Int) {
    guard let number = UInt16(exactly: port) else {
      throw ServerError(code: .address, message: "\(port) is not a port")
    }
    let isV6 = address.contains(":")
    let family = isV6 ? AF_INET6 : AF_INET
    let descriptor = socket(
      family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw error("no socket can be made", address, port) }
    do throws(ServerError) {
      set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
      if isV6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
      // Inherited by every accepted socket. Without it, Nagle's algorithm delays TLS responses by 40 ms.
      set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
      try isV6 ? bind6(descriptor, address, number) : bind4(descriptor, address, number)
      guard listen(descriptor, 1024) == 0 else { throw error("cannot listen", address, port) }
      return (descriptor, boundPort(descriptor))
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Opens a listening socket on loopback whose connections are never accepted; `number` is its port.
  static func ephemeral() -> (descriptor: Int32, number: UInt16)? {
    guard let opened = try? open(address: "127.0.0.1", port: 0) else { return nil }
    return (opened.descriptor, UInt16(opened.port))
  }

  private static func bind4(_ descriptor: Int32, _ address: String, _ port: UInt16) throws(ServerError) {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    guard inet_pton(AF_INET, address, &name.sin_addr) == 1 else { throw notAnAddress(address) }
    try bind(descriptor, &name, address, port)
  }

  private static func bind6(_ descriptor: Int32, _ address: String, _ port: UInt16) throws(ServerError) {
    var name = sockaddr_in6()
    name.sin6_family = sa_family_t(AF_INET6)
    name.sin6_port = port.bigEndian
    guard inet_pton(AF_INET6, address, &name.sin6_addr) == 1 else { throw notAnAddress(address) }
    try bind(descriptor, &name, address, port)
  }

  private static func bind<T>(
    _ descriptor: Int32, _ name: inout T, _ address: String, _ port: UInt16
  ) throws(ServerError) {
    let result = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<T>.size))
      }
    }
    guard result == 0 else { throw error("cannot listen", address, Int(port)) }
  }

  private static func boundPort(_ descriptor: Int32) -> Int {
    var name = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
    }
    // The port is at the same offset for IPv4 and IPv6.
    return Int(UInt16(bigEndian: name.sin6_port))
  }

  private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func notAnAddress(_ address: String) -> ServerError {
    ServerError(code: .address, message: "\(address) is not an IP address")
  }

  private static func error(_ what: String, _ address: String, _ port: Int) -> ServerError {
    let place = "\(address) port \(port)"
    switch errno {
    case EADDRINUSE: return ServerError(code: .portTaken, message: "\(place) is taken by another program")
    case EADDRNOTAVAIL: return ServerError(code: .address, message: "this host has no address \(address)")
    case EACCES: return ServerError(code: .denied, message: "\(place) needs more rights")
    default:
      return ServerError(code: .system, message: "\(place): \(what): \(String(cString: strerror(errno)))")
    }
  }
}
