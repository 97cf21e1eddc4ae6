import CLibevent

extension Loop {
  /// Makes libevent allocate its per-descriptor tables now.
  ///
  /// libevent allocates them when a descriptor is first used and never frees them. Allocated between the
  /// memory of connections, they would keep its pages from being returned to the system. On the loop's
  /// thread. No system call is made, because each event is removed before the loop's next turn.
  func reserve(descriptors: Range<Int32>) {
    guard let event = event_new(base, -1, 0, neverFired, nil) else { return }
    for number in descriptors {
      guard event_assign(event, base, number, Int16(EV_READ), neverFired, nil) == 0 else { continue }
      event_add(event, nil)
      event_del(event)
    }
    event_free(event)
  }
}

private func neverFired(_ descriptor: Int32, _ what: Int16, _ argument: UnsafeMutableRawPointer?) {}
