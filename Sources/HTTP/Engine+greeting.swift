import CLibevent
import Glibc

/// TLS and plain HTTP on one port: the first byte of a connection is looked at before evhttp gets it.
extension Engine {
  private enum FirstByte { case tls, plain, none, end }

  /// The type of a TLS record that opens a handshake (RFC 8446, 5.1). Requests begin with a letter.
  private static let handshake: UInt8 = 0x16

  /// From now on accepted sockets come to us first.
  func greetFirst(_ bound: OpaquePointer) throws(ServerError) {
    let me = Unmanaged.passUnretained(self).toOpaque()
    guard let listener = evhttp_bound_socket_get_listener(bound),
      let handover = Handover(listener, http: http, by: socketAccepted, me)
    else { throw ServerError(code: .system, message: "libevent is not as expected on this system") }
    self.handover = handover
  }

  /// Waits for the first byte of an accepted socket unless it is there already. Silent connections count as others do.
  fileprivate func greet(_ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>, _ length: Int32) {
    guard !isStopping, connections.count + greetings.count < mostConnections else {
      close(descriptor)
      return
    }
    let peer = Self.text(of: address)
    let holder = trustedProxies.contains(peer) ? nil : Address.network(of: peer)
    if let holder, !openings.hasRoom(for: 1, of: holder) {
      close(descriptor)
      return
    }
    let greeting = Greeting(descriptor, address, length, holder: holder, engine: self)
    greetings[descriptor] = greeting
    if let holder { openings.take(1, for: holder) }
    let first = Self.firstByte(descriptor)
    if first != .none {
      pass(greeting, first)
    } else if greeting.wait(headerDeadline) {
      connections.observer?()
    } else {
      dismiss(greeting)
    }
  }

  /// Called when the first byte has come, or is late.
  func answerGreeting(_ greeting: Greeting, isLate: Bool) {
    guard !isLate else { return dismiss(greeting) }
    pass(greeting, Self.firstByte(greeting.descriptor))
  }

  private func pass(_ greeting: Greeting, _ first: FirstByte) {
    guard let handover, first == .tls || first == .plain else { return dismiss(greeting) }
    forget(greeting)
    isTakingPlain = first == .plain
    greeting.give(to: handover)
    isTakingPlain = false
  }

  private func dismiss(_ greeting: Greeting) {
    forget(greeting)
    close(greeting.descriptor)
    connections.observer?()
  }

  /// The connection takes its place among those of its address when evhttp has it.
  private func forget(_ greeting: Greeting) {
    greeting.cancel()
    greetings[greeting.descriptor] = nil
    if let holder = greeting.holder { openings.giveBack(1, of: holder) }
  }

  /// Called when the server stops.
  func dismissGreetings() { for greeting in greetings.values { dismiss(greeting) } }

  /// Looks at the first byte and leaves it for whoever reads the socket.
  private static func firstByte(_ descriptor: Int32) -> FirstByte {
    var byte: UInt8 = 0
    let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
    if count == 1 { return byte == handshake ? .tls : .plain }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? .none : .end
  }

  private static func text(of address: UnsafeMutablePointer<sockaddr>) -> String {
    var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let isV6 = address.pointee.sa_family == sa_family_t(AF_INET6)
    let length = isV6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
    guard
      getnameinfo(address, socklen_t(length), &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST) == 0
    else { return "" }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return Address.normalized(text) ?? text
  }
}

private func socketAccepted(
  _ listener: OpaquePointer?, _ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>?,
  _ length: Int32,
  _ argument: UnsafeMutableRawPointer?
) {
  guard let argument, let address else {
    close(descriptor)
    return
  }
  Unmanaged<Engine>.fromOpaque(argument).takeUnretainedValue().greet(descriptor, address, length)
}
