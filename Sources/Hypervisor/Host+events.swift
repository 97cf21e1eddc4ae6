extension Host {
  private static let eventLimit = 1024

  /// The present contact first, then everything that happens.
  ///
  /// A subscriber who falls 1024 events behind loses the oldest and gets one more `.connected`, which
  /// means: read all states again. The stream ends when the host is stopped.
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

  /// Waits for the first attempt to connect of a started host and says whether it succeeded.
  public func firstContact() async -> Bool {
    for await event in events() { return event == .connected }
    return false
  }

  /// Called under the lock, so that all subscribers see the same order.
  ///
  /// Whoever stopped listening is dropped here, and not by `onTermination`: that runs under the lock of the task
  /// that is cancelled, which `yield` takes too, so that the two would wait for each other for ever.
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
