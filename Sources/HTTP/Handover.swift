import CLibevent
import Glibc

/// What evhttp does with an accepted socket, found in libevent's private memory.
///
/// A listener keeps its callback and the callback's argument side by side in its first words. Which words these are is
/// measured on a listener of our own, and verified by changing both. evhttp has no public function that takes a socket
/// which somebody else has accepted.
struct Handover {
  private let accepted: evconnlistener_cb
  private let argument: UnsafeMutableRawPointer
  private let listener: OpaquePointer

  /// Replaces evhttp's callback on its listener by ours. Nil, with nothing changed, when libevent's memory layout is not
  /// as expected.
  init?(
    _ listener: OpaquePointer, http: OpaquePointer, by callback: @escaping evconnlistener_cb,
    _ argument: UnsafeMutableRawPointer
  ) {
    guard let words = Self.measured(),
      let accepted = Self.callback(listener, words.callback),
      let found = Self.word(listener, words.argument), found == UnsafeMutableRawPointer(http)
    else { return nil }
    self.accepted = accepted
    self.argument = found
    self.listener = listener
    evconnlistener_set_cb(listener, callback, argument)
  }

  /// Gives a socket to evhttp, which closes it in any case.
  func give(_ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>, _ length: Int32) {
    accepted(listener, descriptor, address, length, argument)
  }

  /// The places of the callback and its argument among a listener's words.
  private static func measured() -> (callback: Int, argument: Int)? {
    guard let base = event_base_new() else { return nil }
    defer { event_base_free(base) }
    guard let port = Listening.ephemeral() else { return nil }
    let first = UnsafeMutableRawPointer(base)
    let flags = UInt32(LEV_OPT_DISABLED | LEV_OPT_CLOSE_ON_FREE)
    guard let probe = evconnlistener_new(base, probed, first, flags, 0, port.descriptor) else {
      close(port.descriptor)
      return nil
    }
    defer { evconnlistener_free(probe) }
    let own = unsafeBitCast(probed as evconnlistener_cb, to: UnsafeMutableRawPointer.self)
    let other = unsafeBitCast(probedAgain as evconnlistener_cb, to: UnsafeMutableRawPointer.self)
    let places = 0..<8
    guard let callback = places.first(where: { word(probe, $0) == own }) else { return nil }
    // The listener's event base is in its memory as well, so the argument must be another pointer.
    let mark = UnsafeMutableRawPointer(probe)
    evconnlistener_set_cb(probe, probedAgain, mark)
    guard word(probe, callback) == other, let argument = places.first(where: { word(probe, $0) == mark })
    else {
      return nil
    }
    evconnlistener_set_cb(probe, probed, first)
    return word(probe, argument) == first ? (callback, argument) : nil
  }

  private static func word(_ listener: OpaquePointer, _ place: Int) -> UnsafeMutableRawPointer? {
    UnsafeRawPointer(listener).load(
      fromByteOffset: place * MemoryLayout<UInt>.size, as: UnsafeMutableRawPointer?.self)
  }

  private static func callback(_ listener: OpaquePointer, _ place: Int) -> evconnlistener_cb? {
    UnsafeRawPointer(listener).load(
      fromByteOffset: place * MemoryLayout<UInt>.size, as: evconnlistener_cb?.self)
  }
}

// Never called. Their bodies differ, so that the linker does not make one function of them.
private func probed(
  _ listener: OpaquePointer?, _ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>?,
  _ length: Int32,
  _ argument: UnsafeMutableRawPointer?
) { close(descriptor) }

private func probedAgain(
  _ listener: OpaquePointer?, _ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>?,
  _ length: Int32,
  _ argument: UnsafeMutableRawPointer?
) { shutdown(descriptor, Int32(SHUT_RDWR)) }
