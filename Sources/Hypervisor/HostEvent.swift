/// The state of a machine, as reported by libvirt.
public enum DomainState: String, Sendable, CaseIterable {
  case running
  /// Shut off, by its guest or by request.
  case stopped
  case paused
  /// Stopped unexpectedly: its process died, its guest panicked, or it failed to start.
  case crashed
  /// The host has no such machine (any more).
  case gone
  case other
}

/// An event of a host, delivered to its subscribers in order.
public enum HostEvent: Sendable, Equatable {
  /// The host is connected. Anything may have changed before: read all states again.
  case connected
  /// The host is unreachable; the reason is libvirt's message.
  case disconnected(reason: String)
  /// A machine's state changed; `detail` is libvirt's term for the cause, such as `booted` or `destroyed`.
  case domain(name: String, uuid: String, state: DomainState, detail: String)
}
