import CLibevent

/// From the bytes of a request to its handler.
extension Engine {
  /// The head is there: decide what can be decided before the body is read.
  func headersArrived(_ request: UnsafeMutablePointer<evhttp_request>, on connection: Connection) {
    var incoming = Incoming(request)
    connection.phase = .body
    connection.deadline = now + bodyDeadline
    // evhttp would close a connection after an absolute URL, without our knowing.
    request.pointee.flags &= ~EVHTTP_PROXY_REQUEST
    incoming.holder = Address.network(of: clientAddress(incoming, on: connection))
    // Where it is not sure where the body ends, nothing else that it says counts.
    if !incoming.isWellFormed { incoming.refusal = .badRequest }
    if incoming.refusal == nil { incoming.refusal = refusal(&incoming, on: connection) }
    if incoming.refusal != nil {
      // evhttp then reads no body and comes to us at once.
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

  /// Counts what has arrived of a body; one for which there is no room is refused, whatever more of it comes.
  func bodyArrived(_ bytes: Int, on connection: Connection) {
    guard var share = connection.bodyShare else { return }
    let hasRoom = bodies.take(bytes, for: &share)
    connection.bodyShare = share
    guard !hasRoom else { return }
    connection.watchInput(false)
    bufferevent_disable(connection.bufferevent, Int16(EV_READ))
    // What arrived last can be the end of the body: the request is then complete, and refused as that.
    connection.incoming?.refusal = .unavailable
    // Not now: libevent is in the middle of reading.
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
      // Memory for large bodies is not for those who will be refused anyway.
      if limit > configuration.bodyLimit, let refusal = refusal(incoming, route.access, on: connection) {
        return refusal
      }
    }
    if let length = incoming.contentLength, length > limit { return .tooLarge(limit) }
    incoming.bodyLimit = limit
    return nil
  }

  /// 405 with the methods that there are.
  private func methodNotAllowed(_ path: String) -> Failure {
    var allowed: [Method] = [.get, .head]
    if case .otherMethods(let methods) = router.match(.options, path, isUpgrade: false) { allowed = methods }
    var failure = Failure.methodNotAllowed
    failure.headers = [("Allow", allowed.map(\.rawValue).joined(separator: ", "))]
    return failure
  }

  /// Why who asks may not use a route, as far as the head tells.
  private func refusal(_ incoming: Incoming, _ access: Access, on connection: Connection) -> Failure? {
    do {
      _ = try authorize(makeRequest(incoming, body: [], on: connection), access)
      return nil
    } catch {
      return error as? Failure ?? .internalError
    }
  }

  /// The request is complete, or evhttp has found something wrong with it.
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
    let isTLS = connection.isFromTrustedProxy ? incoming.isForwardedTLS ?? (tls != nil) : tls != nil
    return Request(
      content: Request.Content(
        method: incoming.method ?? .get, path: incoming.target.path ?? "/", query: incoming.target.query,
        headers: incoming.headers, body: body, peerAddress: clientAddress(incoming, on: connection),
        id: nextRequestID(), isTLS: isTLS))
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

  /// Begins the handler at once; if it does not suspend, it is answered before this returns.
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
