import CLibevent

/// From the head of a request to its handler.
extension Engine {
  /// Called when the headers are complete: decides what can be decided before the body is read.
  func headersArrived(_ request: UnsafeMutablePointer<evhttp_request>, on connection: Connection) {
    var incoming = Incoming(request)
    connection.phase = .body
    connection.deadline = now + bodyDeadline
    // evhttp would close the connection after an absolute URL without telling us.
    request.pointee.flags &= ~EVHTTP_PROXY_REQUEST
    incoming.holder = Address.network(of: clientAddress(incoming, on: connection))
    // When the length of the body is ambiguous, nothing else in the request is trusted.
    if !incoming.isWellFormed { incoming.refusal = .badRequest }
    if incoming.refusal == nil { incoming.refusal = refusal(&incoming, on: connection) }
    if incoming.refusal != nil {
      // evhttp then reads no body and calls us at once.
      request.pointee.type = EVHTTP_REQ_HEAD
    } else if incoming.method == .head, incoming.hasBody {
      incoming.wantsClose = true
    }
    if let limit = incoming.bodyLimit, let handle = connection.handle {
      evhttp_connection_set_max_body_size(handle, limit)
    }
    connection.incoming = incoming
    if incoming.refusal == nil, incoming.hasBody { connection.beginBody(incoming) }
  }

  /// Counts the bytes of a body that have arrived; a body that exceeds the memory limit is refused without
  /// reading the rest.
  func bodyArrived(_ bytes: Int, on connection: Connection) {
    guard var share = connection.bodyShare else { return }
    let hasRoom = bodies.take(bytes, for: &share)
    connection.bodyShare = share
    guard !hasRoom else { return }
    connection.watchInput(false)
    bufferevent_disable(connection.bufferevent, Int16(EV_READ))
    // These bytes may complete the body; the complete request is then answered with this error.
    connection.incoming?.refusal = .unavailable
    // Deferred, because libevent is reading at this moment.
    loop.run { [self] in
      if connection.handle != nil, connection.phase == .body { refuse(.unavailable, on: connection) }
    }
  }

  private func refusal(_ incoming: inout Incoming, on connection: Connection) -> Failure? {
    guard let method = incoming.method else {
      return incoming.isKnownMethod ? methodNotAllowed(incoming.target.path ?? "/") : .notImplemented
    }
    guard let path = incoming.target.path else { return .badRequest }
    if incoming.hasStrangeExpectation { return .expectationFailed }
    incoming.match = router.match(method, path, isUpgrade: incoming.isUpgrade && !incoming.isHTTP10)
    guard incoming.hasBody else { return nil }
    var limit = configuration.bodyLimit
    if case .route(let route, _) = incoming.match {
      limit = route.bodyLimit ?? limit
      // Checks authorization first, so that large bodies are not buffered for requests that will be refused.
      if limit > configuration.bodyLimit, let refusal = refusal(incoming, route.access, on: connection) {
        return refusal
      }
    }
    if let length = incoming.contentLength, length > limit { return .tooLarge(limit) }
    incoming.bodyLimit = limit
    return nil
  }

  /// 405 with the allowed methods.
  private func methodNotAllowed(_ path: String) -> Failure {
    var allowed: [Method] = [.get, .head]
    if case .otherMethods(let methods) = router.match(.options, path, isUpgrade: false) { allowed = methods }
    var failure = Failure.methodNotAllowed
    failure.headers = [("Allow", allowed.map(\.rawValue).joined(separator: ", "))]
    return failure
  }

  /// The authorization error of a request, as far as its head shows one.
  private func refusal(_ incoming: Incoming, _ access: Access, on connection: Connection) -> Failure? {
    do {
      _ = try authorize(makeRequest(incoming, body: [], on: connection), access)
      return nil
    } catch {
      return error as? Failure ?? .internalError
    }
  }

  /// Called when the request is complete, or evhttp has found an error in it.
  func requestArrived(_ request: UnsafeMutablePointer<evhttp_request>, on connection: Connection) {
    connection.request = request
    connection.watchInput(false)
    connection.begun = Clock.nanoseconds
    connection.phase = .handling
    connection.deadline = .max
    guard let incoming = connection.incoming else {
      let waiting = evbuffer_get_length(bufferevent_get_input(connection.bufferevent))
      let isLong = request.pointee.headers_size + waiting > configuration.headerLimit
      return refuse(isLong ? .headersTooLarge : .badRequest, on: connection)
    }
    if let refusal = incoming.refusal { return refuse(refusal, on: connection) }
    guard request.pointee.uri != nil else {
      return refuse(request.pointee.response_code == 413 ? .tooLarge : .badRequest, on: connection)
    }
    serve(makeRequest(incoming, body: Self.takeBody(request), on: connection), incoming, on: connection)
  }

  private func makeRequest(_ incoming: Incoming, body: [UInt8], on connection: Connection) -> Request {
    var isTLS = connection.isTLS
    if connection.isFromTrustedProxy, let forwarded = incoming.isForwardedTLS { isTLS = forwarded }
    return Request(
      content: Request.Content(
        method: incoming.method ?? .get, path: incoming.target.path ?? "/", query: incoming.target.query,
        headers: incoming.headers, body: body, peerAddress: clientAddress(incoming, on: connection),
        id: nextRequestID(), isTLS: isTLS,
        takesCookies: isTLS || tls == nil))
  }

  private func clientAddress(_ incoming: Incoming, on connection: Connection) -> String {
    guard connection.isFromTrustedProxy, let list = incoming.forwardedFor else {
      return connection.peerAddress
    }
    return Address.client(forwardedFor: list, peer: connection.peerAddress, trusted: trustedProxies)
  }

  private static func takeBody(_ request: UnsafeMutablePointer<evhttp_request>) -> [UInt8] {
    guard let buffer = request.pointee.input_buffer else { return [] }
    let length = evbuffer_get_length(buffer)
    guard length > 0 else { return [] }
    return Array(unsafeUninitializedCapacity: length) { bytes, count in
      count = max(0, Int(evbuffer_remove(buffer, bytes.baseAddress, length)))
    }
  }

  private func serve(_ request: Request, _ incoming: Incoming, on connection: Connection) {
    var request = request
    do {
      for check in filters.before {
        if let response = try check(request) { return answer(response, to: request, on: connection) }
      }
      switch incoming.match {
      case .route(let route, let parameters):
        request.parameters = parameters
        request.principal = try authorize(request, route.access)
        switch route.action {
        case .handler(let handler): run(handler, request, on: connection)
        case .webSocket(let limits, let accept):
          try upgrade(request, limits: limits, accept: accept, on: connection)
        }
      case .fallback: run(router.fallback, request, on: connection)
      case .otherMethods: try answerOtherMethod(request, on: connection)
      case .upgradeRequired: throw Failure.upgradeRequired
      case .unknown: throw Failure.notFound
      }
    } catch {
      answer(error, to: request, on: connection)
    }
  }

  private func answerOtherMethod(
    _ request: Request, on connection: Connection
  ) throws {
    let refusal = methodNotAllowed(request.path)
    guard request.method == .options else { throw refusal }
    answer(Response(status: 204, headers: refusal.headers), to: request, on: connection)
  }

  /// Starts the handler at once; if it does not suspend, the response is sent before this returns.
  private func run(_ handler: @escaping Handler, _ request: Request, on connection: Connection) {
    Task.immediate(executorPreference: loop) { [self] in
      do {
        let response = try await handler(request)
        answer(response, to: request, on: connection)
      } catch {
        answer(error, to: request, on: connection)
      }
    }
    if connection.phase == .handling { connection.pauseReading() }
  }
}
