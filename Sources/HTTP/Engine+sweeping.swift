import CLibevent
import Glibc

/// Deadlines: one timer looks at all connections, instead of one timer for each.
extension Engine {
  /// Few connections are looked at together, so that an idle server sleeps; many in slices, so that neither the
  /// looking nor the pings come all at once.
  func planSweep() {
    let slices = connections.count < Connections.many ? Connections.slices : 1
    let pause = sweepInterval * Int64(slices) / Int64(Connections.slices)
    sweep = loop.timer(after: .milliseconds(max(1, pause))) { [self] in
      for _ in 0..<slices { sweepSlice() }
      // Switched off when the system had no descriptor left.
      if let bound { evconnlistener_enable(evhttp_bound_socket_get_listener(bound)) }
      if !hasEnded { planSweep() }
    }
  }

  private func sweepSlice() {
    let now = now
    var late: [Connection] = []
    var silent: [SocketChannel] = []
    connections.forEach(inSlice: nextSlice) { connection in
      if connection.deadline <= now {
        late.append(connection)
      } else if let channel = connection.channel, channel.isDue(now) {
        silent.append(channel)
      }
    }
    nextSlice = (nextSlice + 1) % Connections.slices
    for connection in late { cut(connection) }
    for channel in silent { channel.tick(now) }
  }

  /// One connection too many, or one that came while the server stops.
  func turnAway(_ connection: Connection, _ failure: Failure) {
    send(failure, on: connection)
    connection.drop()
  }

  private func cut(_ connection: Connection) {
    if connection.phase == .headers || connection.phase == .body { send(.timeout, on: connection) }
    connection.drop()
  }

  /// A last word past evhttp, which is not asked for an answer; as much of it as the kernel takes.
  private func send(_ failure: Failure, on connection: Connection) {
    guard tls == nil else { return }
    let response = failure.response(in: .fr)
    var bytes: [UInt8] = []
    appendHead(of: response, to: &bytes, ending: .close)
    if case .bytes(let body) = response.body { bytes += body }
    let descriptor = bufferevent_getfd(connection.bufferevent)
    _ = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
    }
  }
}

/// The system has no descriptor or memory for another connection: the next sweep tries again.
func acceptFailed(_ listener: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  evconnlistener_disable(listener)
}

/// The number of files and sockets that the process may have open.
enum Descriptors {
  /// What the process needs beside its connections.
  static let others = 256

  /// Raises the soft limit as far as the hard one lets it; returns what is allowed now, nil when it cannot be known.
  static func allow(_ count: Int) -> Int? {
    var limits = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) == 0 else { return nil }
    let wanted = min(rlim_t(clamping: count), limits.rlim_max)
    if limits.rlim_cur < wanted {
      let before = limits.rlim_cur
      limits.rlim_cur = wanted
      if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) != 0 { limits.rlim_cur = before }
    }
    return Int(clamping: limits.rlim_cur)
  }
}
