import CLibevent
import Glibc

/// An accepted socket whose first byte has not come, which says whether TLS is spoken on it.
final class Greeting {
  let descriptor: Int32
  /// The key under which connections of this address are counted; nil for a trusted proxy.
  let holder: String?
  private let engine: Engine
  private var address = sockaddr_storage()
  private let length: Int32
  private var event: OpaquePointer?

  init(
    _ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>, _ length: Int32, holder: String?,
    engine: Engine
  ) {
    self.descriptor = descriptor
    self.holder = holder
    self.engine = engine
    self.length = min(length, Int32(MemoryLayout<sockaddr_storage>.size))
    withUnsafeMutableBytes(of: &self.address) { space in
      space.copyBytes(from: UnsafeRawBufferPointer(start: address, count: Int(self.length)))
    }
  }

  deinit { if let event { event_free(event) } }

  /// Calls the engine when the first byte has come, or after `patience` milliseconds. False when the system refuses.
  func wait(_ patience: Int64) -> Bool {
    let me = Unmanaged.passUnretained(self).toOpaque()
    event = event_new(engine.loop.base, descriptor, Int16(EV_READ), greeted, me)
    var limit = timeval(tv_sec: Int(patience / 1000), tv_usec: Int(patience % 1000) * 1000)
    guard let event else { return false }
    return event_add(event, &limit) == 0
  }

  /// Before the socket is closed or passed on.
  func cancel() { if let event { event_del(event) } }

  /// Passes the socket on.
  func give(to handover: Handover) {
    let (descriptor, length) = (descriptor, length)
    withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { handover.give(descriptor, $0, length) }
    }
  }

  fileprivate func arrived(_ what: Int16) {
    engine.answerGreeting(self, isLate: Int32(what) & Int32(EV_TIMEOUT) != 0)
  }
}

private func greeted(_ descriptor: Int32, _ what: Int16, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<Greeting>.fromOpaque(argument).takeUnretainedValue().arrived(what)
}
