/// What a machine does, as libvirt reports it.
public enum DomainState: String, Sendable, CaseIterable {
  case running
  /// Shut off, by its guest or by hand.
  case stopped
  case paused
  /// Ended by itself: its process died, its guest panicked, or it could not begin.
  case crashed
  /// Not known to the host (any more).
  case gone
  case other
}

/// What a host tells its subscribers, in the order in which it happened.
public enum HostEvent: Sendable, Equatable {
  /// The host answers. Everything may have changed meanwhile: read all states again.
  case connected
  /// The host is away; the reason is libvirt's own text.
  case disconnected(reason: String)
  /// A machine changed; `detail` is libvirt's word for why, such as `booted` or `destroyed`.
  case domain(name: String, uuid: String, state: DomainState, detail: String)
}
