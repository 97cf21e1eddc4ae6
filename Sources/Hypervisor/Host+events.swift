extension Host {
  private static let eventLimit = 1024

  /// A stream of the current connection state, followed by all events.
  ///
  /// A subscriber that falls 1024 events behind loses the oldest and gets another `.connected`, upon which it
  /// must read all states again. The stream ends when the host is stopped.
  public func events() -> AsyncStream<HostEvent> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: HostEvent.self, bufferingPolicy: .bufferingNewest(Self.eventLimit))
    let isServed = state.withLock { state in
      guard !state.isStopped else { return false }
      switch state.contact {
      case .none: break
      case .connected: continuation.yield(.connected)
      case .away(let reason): continuation.yield(.disconnected(reason: reason))
      }
      state.lastSubscriber += 1
      state.subscribers[state.lastSubscriber] = continuation
      return true
    }
    if !isServed { continuation.finish() }
    return stream
  }

  /// Waits for the first connection attempt of a started host; returns whether it succeeded.
  public func firstContact() async -> Bool {
    for await event in events() { return event == .connected }
    return false
  }

  /// Called while holding the lock, so that all subscribers see the same order.
  ///
  /// Cancelled subscribers are removed here, not in `onTermination`: that runs under the lock of the
  /// cancelled task, which `yield` takes too, and the two would deadlock.
  func publish(_ event: HostEvent, to state: inout State) {
    for (id, subscriber) in state.subscribers {
      switch subscriber.yield(event) {
      case .dropped: subscriber.yield(.connected)
      case .terminated: state.subscribers[id] = nil
      default: break
      }
    }
  }
}
