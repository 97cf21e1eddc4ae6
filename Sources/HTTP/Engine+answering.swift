import CLibevent
import Glibc

/// Sending of responses.
extension Engine {
  /// Bodies up to this many bytes are sent in one write with the head.
  private static let joined = 16 << 10

  func answer(_ error: any Error, to request: Request, on connection: Connection) {
    if let failure = error as? Failure {
      answer(failure.response(in: request.language), to: request, on: connection)
    } else {
      let response = Failure.internalError.response(in: request.language)
      answer(response, to: request, on: connection, error: String(describing: error))
    }
  }

  /// Sends the response. Must be called exactly once for each request, on the loop's thread. Does nothing
  /// when the client is gone.
  func answer(_ response: Response, to request: Request, on connection: Connection, error: String? = nil) {
    guard connection.request != nil, let incoming = connection.incoming else { return }
    var response = response
    if let refusal = refusalOfUnread(response, request) { response = refusal.response(in: request.language) }
    for change in filters.after { change(request, &response) }
    if !request.takesCookies { response.headers.removeAll { Headers.equal($0.name.utf8, "set-cookie".utf8) } }
    let closes = incoming.wantsClose || isStopping
    write(response, on: connection, omitsBody: request.method == .head, closes: closes) { bytes in
      AccessRecord(
        method: request.method.rawValue, path: request.path, status: response.status, bytes: bytes,
        microseconds: Int(Clock.nanoseconds - connection.begun) / 1000, peer: request.peerAddress,
        requestID: request.id, error: error)
    }
    finish(connection, closes: closes, holder: holder(of: request))
  }

  /// Why a large response may not be buffered for a slow reader; nil when it may. A single one may exceed the
  /// limits.
  private func refusalOfUnread(_ response: Response, _ request: Request) -> Failure? {
    let bytes = response.body.count
    guard bytes > Self.joined, request.method != .head else { return nil }
    let holder = holder(of: request)
    guard unread.used + bytes <= unread.total || unread.used == 0 else { return .unavailable }
    let held = unread.held(by: holder)
    return held == 0 || held + bytes <= unread.each ? nil : .tooManyAnswers
  }

  private func holder(of request: Request) -> String {
    request.principal?.holder ?? Address.network(of: request.peerAddress)
  }

  /// Answers with an error before the request is complete, and closes the connection: what follows on it
  /// cannot be parsed.
  func refuse(_ failure: Failure, on connection: Connection) {
    let incoming = connection.incoming
    let language = Language.preferred(acceptLanguage: incoming?.headers["Accept-Language"])
    let id = nextRequestID()
    write(
      failure.response(in: language), on: connection, omitsBody: incoming?.method == .head, closes: true
    ) { bytes in
      AccessRecord(
        method: incoming?.method?.rawValue ?? "-", path: incoming?.target.path ?? "-", status: failure.status,
        bytes: bytes, microseconds: 0, peer: connection.peerAddress, requestID: id)
    }
    linger(connection)
  }

  func record(_ incoming: Incoming, on connection: Connection, status: Int, bytes: Int, error: String?) {
    log(
      AccessRecord(
        method: incoming.method?.rawValue ?? "-", path: incoming.target.path ?? "-", status: status,
        bytes: bytes,
        microseconds: Int(Clock.nanoseconds - connection.begun) / 1000, peer: connection.peerAddress,
        requestID: nextRequestID(), error: error))
  }

  /// Writes as much as possible to the socket at once, and the rest to the bufferevent.
  private func write(
    _ response: Response, on connection: Connection, omitsBody: Bool, closes: Bool,
    record: (Int) -> AccessRecord
  ) {
    let isOld = connection.incoming?.isHTTP10 ?? false
    scratch.removeAll(keepingCapacity: true)
    appendHead(of: response, to: &scratch, ending: closes ? .close : isOld ? .keepAlive : .none)
    let body = omitsBody || !response.mayHaveBody ? .none : response.body
    let length = body.count
    switch body {
    case .none: put(scratch, on: connection)
    case .bytes(let bytes) where length <= Self.joined:
      scratch.append(contentsOf: bytes)
      put(scratch, on: connection)
    case .bytes(let bytes):
      put(scratch, on: connection)
      put(bytes, on: connection)
    case .shared(let shared) where length <= Self.joined:
      shared.withBytes { scratch.append(contentsOf: $0) }
      put(scratch, on: connection)
    case .shared(let shared):
      put(scratch, on: connection)
      connection.append(shared, from: shared.withBytes { connection.sendNow($0) })
    }
    if scratch.capacity > 4 * Self.joined { scratch = [] }
    if length > Self.joined { trimmer.freed(body.count, engine: self) }
    log(record(length))
  }

  private func put(_ bytes: [UInt8], on connection: Connection) {
    bytes.withUnsafeBytes { bytes in
      let sent = connection.sendNow(bytes)
      guard sent < bytes.count else { return }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
      evbuffer_add(bufferevent_get_output(connection.bufferevent), rest.baseAddress, rest.count)
    }
  }

  /// Tells evhttp that the response is complete, so that it reads the next request or closes.
  private func finish(_ connection: Connection, closes: Bool, holder: @autoclosure () -> String) {
    guard let request = connection.request else { return }
    connection.phase = .writing
    // evhttp would end the response to a chunked request with a chunk of its own.
    request.pointee.chunked = 0
    if closes { evhttp_add_header(request.pointee.output_headers, "Connection", "close") }
    let waiting = evbuffer_get_length(bufferevent_get_output(connection.bufferevent))
    guard waiting > 0 else {
      evhttp_send_reply_end(request)
      if connection.handle != nil { connection.becomeIdle() }
      return
    }
    let perByte = Int64(waiting).multipliedReportingOverflow(by: 1000).partialValue
    let patience =
      configuration.writeDeadline.milliseconds + perByte / Int64(max(1, configuration.leastSpeed))
    connection.deadline = now + patience
    connection.answerShare = Share(holder: holder(), amount: waiting)
    unread.take(waiting, for: connection.answerShare.holder)
    connection.pauseReading()
    let me = Unmanaged.passUnretained(connection).toOpaque()
    evhttp_request_set_on_complete_cb(request, answerSent, me)
    evhttp_send_reply_end(request)
    connection.watchAnswer()
    // May complete the response, and free the connection, before it returns.
    bufferevent_enable(connection.bufferevent, Int16(EV_WRITE))
  }

  /// Keeps reading after an early error response while the client still sends: closing would make its system discard
  /// the response.
  private func linger(_ connection: Connection) {
    connection.phase = .lingering
    connection.request = nil
    connection.lingersUntil = now + configuration.lingerDeadline.milliseconds
    connection.deadline = min(connection.lingersUntil, now + configuration.lingerPause.milliseconds)
    let me = Unmanaged.passUnretained(connection).toOpaque()
    bufferevent_setcb(connection.bufferevent, lingerReads, lingerWrote, lingerEnds, me)
    bufferevent_enable(connection.bufferevent, Int16(EV_READ | EV_WRITE))
    guard connection.handle != nil else { return }
    lingerReads(connection.bufferevent, me)
    lingerWrote(connection.bufferevent, me)
  }
}

extension Connection {
  /// The client still sends.
  fileprivate func lingerOn() {
    deadline = min(lingersUntil, engine.now + engine.configuration.lingerPause.milliseconds)
  }

  /// Writes to the socket directly if the bufferevent's output is empty; returns the number of bytes written.
  func sendNow(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard !isTLS, evbuffer_get_length(bufferevent_get_output(bufferevent)) == 0 else { return 0 }
    let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
    // An error occurs again, and is handled, when the bufferevent writes.
    return max(0, send(bufferevent_getfd(bufferevent), bytes.baseAddress, bytes.count, flags))
  }

  /// Appends shared bytes from `start` on to libevent's output without copying.
  func append(_ shared: SharedBytes, from start: Int) {
    shared.withBytes { bytes in
      guard start < bytes.count else { return }
      let bytes = UnsafeRawBufferPointer(rebasing: bytes[start...])
      let output = bufferevent_get_output(bufferevent)
      let retained = Unmanaged.passRetained(shared).toOpaque()
      if evbuffer_add_reference(output, bytes.baseAddress, bytes.count, releaseShared, retained) != 0 {
        Unmanaged<SharedBytes>.fromOpaque(retained).release()
      }
    }
  }
}

private func releaseShared(_ data: UnsafeRawPointer?, _ length: Int, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<SharedBytes>.fromOpaque(argument).release()
}

/// Called when evhttp has sent a whole response; evhttp then frees the request and expects another or closes.
private func answerSent(
  _ request: UnsafeMutablePointer<evhttp_request>?, _ argument: UnsafeMutableRawPointer?
) {
  guard let argument else { return }
  let connection = Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue()
  connection.request = nil
  connection.hasSent = true
}

/// The callbacks that evhttp set on a bufferevent.
struct Callbacks {
  var writer: bufferevent_data_cb?
  var observer: bufferevent_event_cb?
  var argument: UnsafeMutableRawPointer?
}

extension Connection {
  /// Wraps evhttp's callbacks while a response waits for its reader. After sending it, evhttp creates the
  /// next request at once, and would answer errors in it with its own HTML page; our callbacks must therefore
  /// be set before the next bytes are read.
  func watchAnswer() {
    hasSent = false
    var own = Callbacks()
    bufferevent_getcb(bufferevent, nil, &own.writer, &own.observer, &own.argument)
    replaced = own
    let me = Unmanaged.passUnretained(self).toOpaque()
    bufferevent_setcb(bufferevent, nil, answerWrote, answerBroke, me)
  }

  fileprivate func afterAnswer() {
    guard hasSent, handle != nil, phase == .writing else { return }
    hasSent = false
    if engine.isStopping { drop() } else { becomeIdle() }
  }
}

private func answerWrote(_ bufferevent: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  // The connection is retained by the engine; evhttp may free its own part during the call.
  let connection = Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue()
  connection.replaced.writer?(bufferevent, connection.replaced.argument)
  connection.afterAnswer()
}

private func answerBroke(
  _ bufferevent: OpaquePointer?, _ what: Int16, _ argument: UnsafeMutableRawPointer?
) {
  guard let argument else { return }
  let connection = Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue()
  connection.replaced.observer?(bufferevent, what, connection.replaced.argument)
}

private func lingerReads(_ bufferevent: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  let input = bufferevent_get_input(bufferevent)
  evbuffer_drain(input, evbuffer_get_length(input))
  guard let argument else { return }
  Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue().lingerOn()
}

private func lingerWrote(_ bufferevent: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  guard let argument, evbuffer_get_length(bufferevent_get_output(bufferevent)) == 0 else { return }
  let connection = Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue()
  if !connection.isTLS { shutdown(bufferevent_getfd(bufferevent), Int32(SHUT_WR)) }
}

private func lingerEnds(
  _ bufferevent: OpaquePointer?, _ what: Int16, _ argument: UnsafeMutableRawPointer?
) {
  guard let argument else { return }
  Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue().drop()
}
