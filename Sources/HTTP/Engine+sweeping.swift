import CLibevent
import Glibc

/// Deadlines: one timer checks all connections, instead of a timer for each.
extension Engine {
  /// Chooses the timer's interval. Few connections are checked together, so that an idle server sleeps; many
  /// are checked in slices, so that the work and the pings are spread over time.
  func planSweep() {
    let slices = connections.count < Connections.many ? Connections.slices : 1
    let pause = sweepInterval * Int64(slices) / Int64(Connections.slices)
    sweep = loop.timer(after: .milliseconds(max(1, pause))) { [self] in
      for _ in 0..<slices { sweepSlice() }
      // The listener was disabled when the system had no descriptor left.
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

  /// Refuses a connection over a limit, or one accepted while the server stops.
  func turnAway(_ connection: Connection, _ failure: Failure) {
    send(failure, on: connection)
    connection.drop()
  }

  private func cut(_ connection: Connection) {
    if connection.phase == .headers || connection.phase == .body { send(.timeout, on: connection) }
    connection.drop()
  }

  /// Writes an error response to the socket, past evhttp, which would only answer a complete request; what
  /// the kernel does not take is lost.
  private func send(_ failure: Failure, on connection: Connection) {
    guard !connection.isTLS else { return }
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

/// Called when accept failed for want of descriptors or memory: the next sweep tries again.
func acceptFailed(_ listener: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  evconnlistener_disable(listener)
}

/// The limit of open files and sockets of the process.
enum Descriptors {
  /// Descriptors needed for anything but connections.
  static let others = 256

  /// Raises the soft limit to `count`, or as far as the hard limit allows; returns the new limit, nil when
  /// unknown.
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
