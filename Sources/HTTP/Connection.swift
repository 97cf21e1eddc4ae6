import CLibevent
import Glibc

/// One TCP connection, from accepting to closing.
///
/// `@unchecked Sendable`: every member is read and written on the loop's thread only.
final class Connection: @unchecked Sendable {
  enum Phase {
    /// Accepted, nothing received yet.
    case fresh
    /// Between two requests.
    case idle
    case headers
    case body
    /// A handler has the request.
    case handling
    /// An answer waits for a slow reader.
    case writing
    /// Answered without having read all; what still comes is thrown away, so that the answer is not lost.
    case lingering
    /// A WebSocket.
    case upgraded
  }

  let id: UInt64
  let engine: Engine
  /// Valid while `handle` is set; while `isHeld` in any case.
  let bufferevent: OpaquePointer
  /// evhttp's connection; nil before it is known and after it is freed.
  var handle: OpaquePointer?
  var isHeld = true
  /// The request being answered; nil when there is none, or the connection is gone.
  var request: UnsafeMutablePointer<evhttp_request>?
  var phase = Phase.fresh
  /// Milliseconds of the monotonic clock.
  var deadline: Int64 = .max
  var peerAddress = ""
  var isFromTrustedProxy = false
  /// What the headers said, kept until the body is there.
  var incoming: Incoming?
  /// What the body has taken of the room for bodies.
  var bodyShare: BodyShare?
  /// What an answer that waits for its reader takes of the room for those.
  var answerShare = Share()
  /// What the connections of one address are counted by; nil where they are not.
  var holder: String?
  /// evhttp's own callbacks, called within ours while an answer waits for its reader.
  var replaced = Callbacks()
  /// evhttp has sent the answer and freed its request.
  var hasSent = false
  /// When the request was complete, in nanoseconds.
  var begun: Int64 = 0
  var channel: SocketChannel?
  private var inputWatch: OpaquePointer?
  var isReadingOn = false

  init(id: UInt64, engine: Engine, bufferevent: OpaquePointer) {
    self.id = id
    self.engine = engine
    self.bufferevent = bufferevent
    bufferevent_incref(bufferevent)
    let input = bufferevent_get_input(bufferevent)
    // The engine keeps the connection until its bufferevent, and with it this buffer, is freed.
    inputWatch = evbuffer_add_cb(input, connectionReceived, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Gives back our own hold on the bufferevent.
  func letGo() {
    guard isHeld else { return }
    isHeld = false
    bufferevent_decref(bufferevent)
  }

  /// The first byte of a request is there, or may be: from here the deadline for the headers runs.
  func beginRequest() {
    guard phase == .fresh || phase == .idle, let handle, let request = engine.requests.current(handle) else {
      return
    }
    phase = .headers
    deadline = engine.now + engine.headerDeadline
    watchInput(false)
    request.pointee.header_cb = headersArrived
    request.pointee.cb = requestArrived
    request.pointee.cb_arg = Unmanaged.passUnretained(self).toOpaque()
  }

  /// The answer is out, and the connection ready for the next request.
  func becomeIdle() {
    forgetRequest()
    phase = .idle
    deadline = engine.now + engine.idleTimeout
    // What a client has already sent of its next request makes no further event.
    if evbuffer_get_length(bufferevent_get_input(bufferevent)) > 0 {
      beginRequest()
    } else {
      watchInput(true)
    }
  }

  func forgetRequest() {
    engine.giveBack(self)
    request = nil
    incoming = nil
  }

  /// From here on what arrives is counted; some of the body may be there already.
  func beginBody(_ incoming: Incoming) {
    bodyShare = BodyShare(holder: incoming.holder, length: incoming.contentLength)
    watchInput(true)
    let waiting = evbuffer_get_length(bufferevent_get_input(bufferevent))
    engine.bodyArrived(min(waiting, incoming.contentLength ?? waiting), on: self)
  }

  /// While a handler is away nothing is read: libevent then neither parses nor frees anything.
  func pauseReading() {
    exchangeReader(nil)
    bufferevent_disable(bufferevent, Int16(EV_READ))
  }

  /// Sets the callback for input and leaves evhttp's others in place.
  func exchangeReader(_ reader: bufferevent_data_cb?) {
    var writer: bufferevent_data_cb?
    var observer: bufferevent_event_cb?
    var argument: UnsafeMutableRawPointer?
    bufferevent_getcb(bufferevent, nil, &writer, &observer, &argument)
    bufferevent_setcb(bufferevent, reader, writer, observer, argument)
  }

  /// Tells the other side that nothing more comes; it may still send.
  func finishSending() {
    guard engine.tls != nil else {
      shutdown(bufferevent_getfd(bufferevent), Int32(SHUT_WR))
      return
    }
    SSL_shutdown(bufferevent_openssl_get_ssl(bufferevent))
    ERR_clear_error()
  }

  /// Closes at once. Not from within a callback of evhttp for this connection.
  func drop() {
    guard let handle else { return }
    evhttp_connection_free(handle)
  }

  func watchInput(_ isOn: Bool) {
    guard let inputWatch, let input = bufferevent_get_input(bufferevent) else { return }
    if isOn {
      evbuffer_cb_set_flags(input, inputWatch, UInt32(EVBUFFER_CB_ENABLED))
    } else {
      evbuffer_cb_clear_flags(input, inputWatch, UInt32(EVBUFFER_CB_ENABLED))
    }
  }
}

private func connectionReceived(
  _ buffer: OpaquePointer?, _ change: UnsafePointer<evbuffer_cb_info>?, _ argument: UnsafeMutableRawPointer?
) {
  guard let argument, let change, change.pointee.n_added > 0 else { return }
  let connection = Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue()
  if connection.phase == .body {
    connection.engine.bodyArrived(change.pointee.n_added, on: connection)
    connection.readOn()
  } else {
    connection.beginRequest()
  }
}

private func headersArrived(
  _ request: UnsafeMutablePointer<evhttp_request>?, _ argument: UnsafeMutableRawPointer?
) -> Int32 {
  guard let argument, let request else { return -1 }
  let connection = Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue()
  connection.engine.headersArrived(request, on: connection)
  return 0
}

private func requestArrived(
  _ request: UnsafeMutablePointer<evhttp_request>?, _ argument: UnsafeMutableRawPointer?
) {
  guard let argument, let request else { return }
  let connection = Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue()
  connection.engine.requestArrived(request, on: connection)
}
