import CLibevent
import Glibc

/// One TCP connection, from accept to close.
///
/// `@unchecked Sendable`: every member is accessed on the loop's thread only.
final class Connection: @unchecked Sendable {
  enum Phase {
    /// Accepted, nothing received yet.
    case fresh
    /// Waiting for the next request.
    case idle
    case headers
    case body
    /// A handler is working on the request.
    case handling
    /// The response is buffered, waiting for a slow reader.
    case writing
    /// The response was sent before the whole request was read; further input is discarded, so that closing
    /// does not reset the connection and lose the response.
    case lingering
    /// Upgraded to a WebSocket.
    case upgraded
  }

  let id: UInt64
  let engine: Engine
  let isTLS: Bool
  /// Valid while `handle` is set, and while `isHeld` in any case.
  let bufferevent: OpaquePointer
  /// The `evhttp_connection`; nil before it is known and after it is freed.
  var handle: OpaquePointer?
  var isHeld = true
  /// The request being answered; nil when there is none or the connection is closed.
  var request: UnsafeMutablePointer<evhttp_request>?
  var phase = Phase.fresh
  /// When the current phase times out, in milliseconds of the monotonic clock.
  var deadline: Int64 = .max
  /// While lingering, when it ends at the latest.
  var lingersUntil: Int64 = 0
  var peerAddress = ""
  var isFromTrustedProxy = false
  /// The parsed headers, kept until the body has arrived.
  var incoming: Incoming?
  /// The memory counted for the request body.
  var bodyShare: BodyShare?
  /// The memory counted for a response waiting for its reader.
  var answerShare = Share()
  /// The key under which connections of this address are counted; nil for a trusted proxy.
  var holder: String?
  /// evhttp's own callbacks, which ours call while a response waits for its reader.
  var replaced = Callbacks()
  /// True when evhttp has sent the response and freed the request.
  var hasSent = false
  /// When the request was complete, in nanoseconds of the monotonic clock.
  var begun: Int64 = 0
  var channel: SocketChannel?
  private var inputWatch: OpaquePointer?
  var isReadingOn = false

  init(id: UInt64, engine: Engine, isTLS: Bool, bufferevent: OpaquePointer) {
    self.id = id
    self.engine = engine
    self.isTLS = isTLS
    self.bufferevent = bufferevent
    bufferevent_incref(bufferevent)
    let input = bufferevent_get_input(bufferevent)
    // The engine keeps this object until the bufferevent, and with it this buffer, is freed.
    inputWatch = evbuffer_add_cb(input, connectionReceived, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Releases our reference to the bufferevent.
  func letGo() {
    guard isHeld else { return }
    isHeld = false
    bufferevent_decref(bufferevent)
  }

  /// Called at the first byte of a request, or when it may have arrived: starts the deadline for the headers.
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

  /// Called when the response is sent; the connection waits for the next request.
  func becomeIdle() {
    forgetRequest()
    phase = .idle
    deadline = engine.now + engine.idleTimeout
    // Bytes of the next request that are buffered already cause no further event.
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

  /// Starts counting the bytes of the body, of which some may have arrived already.
  func beginBody(_ incoming: Incoming) {
    bodyShare = BodyShare(holder: incoming.holder, length: incoming.contentLength)
    watchInput(true)
    let waiting = evbuffer_get_length(bufferevent_get_input(bufferevent))
    engine.bodyArrived(min(waiting, incoming.contentLength ?? waiting), on: self)
  }

  /// Stops reading while a handler runs: libevent then neither parses nor frees anything.
  func pauseReading() {
    exchangeReader(nil)
    bufferevent_disable(bufferevent, Int16(EV_READ))
  }

  /// Sets the read callback and keeps evhttp's other callbacks.
  func exchangeReader(_ reader: bufferevent_data_cb?) {
    var writer: bufferevent_data_cb?
    var observer: bufferevent_event_cb?
    var argument: UnsafeMutableRawPointer?
    bufferevent_getcb(bufferevent, nil, &writer, &observer, &argument)
    bufferevent_setcb(bufferevent, reader, writer, observer, argument)
  }

  /// Shuts down the sending side; the peer may still send.
  func finishSending() {
    guard isTLS else {
      shutdown(bufferevent_getfd(bufferevent), Int32(SHUT_WR))
      return
    }
    SSL_shutdown(bufferevent_openssl_get_ssl(bufferevent))
    ERR_clear_error()
  }

  /// Closes at once. Must not be called from an evhttp callback of this connection.
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
