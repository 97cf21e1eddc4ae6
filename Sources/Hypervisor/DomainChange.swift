import CLibvirt

/// A libvirt lifecycle event as our state; nil for events that do not change the state.
struct DomainChange: Equatable {
  let state: DomainState
  let detail: String

  init?(event: Int32, detail: Int32, isActive: Bool) {
    let words: [String]
    switch virDomainEventType(rawValue: UInt32(bitPattern: event)) {
    case VIR_DOMAIN_EVENT_DEFINED:
      guard detail == VIR_DOMAIN_EVENT_DEFINED_ADDED.rawValue, !isActive else { return nil }
      state = .stopped
      words = ["defined"]
    case VIR_DOMAIN_EVENT_UNDEFINED:
      // A running machine survives the removal of its definition; its stop is a separate event.
      guard !isActive else { return nil }
      state = .gone
      words = ["undefined", "renamed"]
    case VIR_DOMAIN_EVENT_STARTED:
      state = .running
      words = ["booted", "migrated", "restored", "from-snapshot", "wakeup"]
    case VIR_DOMAIN_EVENT_SUSPENDED:
      state = .paused
      words = [
        "paused", "migrated", "ioerror", "watchdog", "restored", "from-snapshot", "api-error", "postcopy",
        "postcopy-failed",
      ]
    case VIR_DOMAIN_EVENT_RESUMED:
      state = .running
      words = ["unpaused", "migrated", "from-snapshot", "postcopy"]
    case VIR_DOMAIN_EVENT_STOPPED:
      let failures = [VIR_DOMAIN_EVENT_STOPPED_CRASHED.rawValue, VIR_DOMAIN_EVENT_STOPPED_FAILED.rawValue]
      state = failures.contains(UInt32(bitPattern: detail)) ? .crashed : .stopped
      words = ["shutdown", "destroyed", "crashed", "migrated", "saved", "failed", "from-snapshot"]
    case VIR_DOMAIN_EVENT_PMSUSPENDED:
      state = .other
      words = ["suspended-to-memory", "suspended-to-disk"]
    case VIR_DOMAIN_EVENT_CRASHED:
      state = .crashed
      words = ["panicked", "crash-loaded"]
    default:
      return nil
    }
    self.detail = words.indices.contains(Int(detail)) ? words[Int(detail)] : "unknown"
  }
}

extension DomainState {
  /// From the result of virDomainGetState.
  init(libvirt state: Int32, reason: Int32) {
    switch virDomainState(rawValue: UInt32(bitPattern: state)) {
    // SHUTDOWN means shutting down; libvirt reports SHUTOFF when that is complete.
    case VIR_DOMAIN_RUNNING, VIR_DOMAIN_BLOCKED, VIR_DOMAIN_SHUTDOWN: self = .running
    case VIR_DOMAIN_PAUSED: self = .paused
    case VIR_DOMAIN_SHUTOFF:
      let failures = [VIR_DOMAIN_SHUTOFF_CRASHED.rawValue, VIR_DOMAIN_SHUTOFF_FAILED.rawValue]
      self = failures.contains(UInt32(bitPattern: reason)) ? .crashed : .stopped
    case VIR_DOMAIN_CRASHED: self = .crashed
    default: self = .other
    }
  }
}
