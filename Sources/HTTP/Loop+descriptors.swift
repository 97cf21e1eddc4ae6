import CLibevent

extension Loop {
  /// Has libevent make now, side by side, what it keeps for each of these numbers of descriptors until the end.
  ///
  /// It would make that when a number is first used, amid the memory of a connection, and none of the pages around
  /// could be given back to the system when the connection is gone. On the loop's thread. The system is asked for
  /// nothing: an event that is taken away before the loop's next turn changes nothing.
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
