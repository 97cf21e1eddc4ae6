import CLibevent
import Glibc

/// Deadlines: one timer looks at all connections, instead of one timer for each.
extension Engine {
  func sweepConnections() {
    let now = now
    var late: [Connection] = []
    var channels: [SocketChannel] = []
    for connection in connections.values {
      if connection.deadline <= now {
        late.append(connection)
      } else if let channel = connection.channel {
        channels.append(channel)
      }
    }
    for connection in late { cut(connection) }
    for channel in channels { channel.tick(now) }
    // Switched off when the system had no descriptor left.
    if let bound { evconnlistener_enable(evhttp_bound_socket_get_listener(bound)) }
  }

  /// One connection too many, or one that came while the server stops.
  func turnAway(_ connection: Connection) {
    say(.unavailable, on: connection)
    connection.drop()
  }

  private func cut(_ connection: Connection) {
    if connection.phase == .headers || connection.phase == .body { say(.timeout, on: connection) }
    connection.drop()
  }

  /// A last word past evhttp, which is not asked for an answer; as much of it as the kernel takes.
  private func say(_ failure: Failure, on connection: Connection) {
    guard tls == nil else { return }
    let response = failure.response(in: .fr)
    var bytes: [UInt8] = []
    appendHead(of: response, to: &bytes, ending: .close)
    if case .bytes(let body) = response.body { bytes += body }
    let descriptor = bufferevent_getfd(connection.bufferevent)
    _ = bytes.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
    }
  }
}

/// The system has no descriptor or memory for another connection: the next sweep tries again.
func acceptFailed(_ listener: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  evconnlistener_disable(listener)
}

/// The number of files and sockets that the process may have open.
enum Descriptors {
  /// Raises the soft limit as far as the hard one lets it.
  static func allow(_ count: Int) {
    var limits = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) == 0 else { return }
    let wanted = min(rlim_t(clamping: count), limits.rlim_max)
    guard limits.rlim_cur < wanted else { return }
    limits.rlim_cur = wanted
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
  }
}
