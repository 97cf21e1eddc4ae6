import HTTP
import Synchronization

/// One connection to `/ws`, from handshake to close.
final class SocketSession: WebSocketDelegate {
  private let sockets: Sockets
  private let subscriber: Subscriber

  private let limits: SocketLimits
  private let allowance: Mutex<FrameAllowance>
  /// Why the cookie of the handshake was not accepted.
  private let foreign: Failure?
  /// Closes the socket if nobody signs in in time.
  private let deadline = Mutex<LoopTimer?>(nil)

  /// Throws 429 when the account has too many sockets.
  init(_ sockets: Sockets, request: Request, socket: WebSocket) throws(Failure) {
    self.sockets = sockets
    limits = sockets.hub.limits.withLock { $0 }
    allowance = Mutex(FrameAllowance(limits))
    let signedIn = sockets.caller(request)
    foreign = SameOrigin.refusal(
      request, publicURL: sockets.site.publicURL,
      isConfigured: sockets.site.live.isPublicURLGiven)
    subscriber = Subscriber(socket: socket, language: request.language, signedIn: signedIn)
    guard sockets.hub.add(subscriber) else { throw Failure.tooManySockets }
    if signedIn == nil { awaitSignIn() }
    sockets.catchUp(subscriber)
  }

  func opened(_ socket: WebSocket) {
    subscriber.send(
      Frames.encode("CONNECTED") { json in
        json.object { json in
          json.field("version", Version.text)
        }
      })
    if subscriber.account != nil { return sendAuthenticated() }
    if let foreign { subscriber.send(Frames.error(foreign.code, foreign.sentence(subscriber.language))) }
  }

  func received(text: String, on socket: WebSocket) {
    guard isAllowed(socket) else { return }
    guard let message = JSONValue(parsing: text), let type = message["type"]?.string else {
      return refuse("MALFORMED_FRAME")
    }
    let payload = message["payload"] ?? .null
    switch type {
    case "HEARTBEAT":
      subscriber.send(
        Frames.encode("HEARTBEAT_ACK") { json in json.object { _ in } })
    case "AUTHENTICATE": authenticate(payload)
    case "SUBSCRIBE": subscribe(payload)
    case "UNSUBSCRIBE":
      guard let topic = payload["topic"]?.string.flatMap(Topic.init) else { return refuse("UNKNOWN_TOPIC") }
      sockets.hub.unsubscribe(subscriber, from: topic)
    default: command(type, payload)
    }
  }

  func received(binary: [UInt8], on socket: WebSocket) {
    if isAllowed(socket) { refuse("MALFORMED_FRAME") }
  }

  func closed(_ socket: WebSocket, code: UInt16?) {
    deadline.withLock { $0.take() }?.cancel()
    sockets.hub.remove(subscriber)
  }

  private func authenticate(_ payload: JSONValue) {
    guard let token = payload["token"]?.string, let signedIn = sockets.sessions.find(token: token) else {
      return refuse(subscriber.account == nil ? "UNAUTHENTICATED" : "ALREADY_AUTHENTICATED")
    }
    guard !sockets.sessions.mustSetUpTOTP(signedIn.account) else { return refuse("TOTP_SETUP_REQUIRED") }
    let present = subscriber.state.withLock { $0.account == nil ? nil : $0.credential }
    // A client may sign in again with the session of its cookie.
    if present == signedIn.credential { return sendAuthenticated() }
    guard present == nil else { return refuse("ALREADY_AUTHENTICATED") }
    subscriber.authenticate(as: signedIn)
    guard sockets.hub.signedIn(subscriber) else {
      refuse("TOO_MANY_SOCKETS")
      subscriber.state.withLock { $0.account = nil }
      return subscriber.socket.close(code: 1008, reason: "TOO_MANY_SOCKETS")
    }
    deadline.withLock { $0.take() }?.cancel()
    sockets.catchUp(subscriber)
    sendAuthenticated()
  }

  private func awaitSignIn() {
    let timer = sockets.loop.timer(after: limits.patience) { [weak self] in
      guard let self, subscriber.account == nil else { return }
      refuse("UNAUTHENTICATED")
      subscriber.socket.close(code: 4401, reason: "UNAUTHENTICATED")
    }
    deadline.withLock { $0 = timer }
  }

  private func isAllowed(_ socket: WebSocket) -> Bool {
    if allowance.withLock({ $0.take(limits, at: .now) }) { return true }
    refuse("TOO_MANY_FRAMES")
    socket.close(code: 1008, reason: "TOO_MANY_FRAMES")
    return false
  }

  private func sendAuthenticated() {
    guard let account = subscriber.account else { return }
    subscriber.send(
      Frames.encode("AUTHENTICATED") { json in
        json.object { json in
          json.id("userId", account.id)
          account.writeNested(to: &json)
        }
      })
    // Everyone is subscribed to presence automatically; `UNSUBSCRIBE` ends it.
    _ = sockets.subscribe(subscriber, to: .presence)
  }

  private func subscribe(_ payload: JSONValue) {
    guard let account = subscriber.account else { return refuse("UNAUTHENTICATED") }
    guard let topic = payload["topic"]?.string.flatMap(Topic.init) else { return refuse("UNKNOWN_TOPIC") }
    if topic == .system && account.role != .admin { return refuse("FORBIDDEN") }
    guard sockets.hub.subscribe(subscriber, to: topic) else { return refuse("TOO_MANY_TOPICS") }
    subscriber.send(
      Frames.encode("SUBSCRIBED") { json in
        json.object { json in
          json.field("topic", topic.word)
        }
      })
    sockets.sendCurrentState(of: topic, to: subscriber)
  }

  private func command(_ type: String, _ payload: JSONValue) {
    guard let command = sockets.handlers.frames[type] else { return refuse("UNKNOWN_TYPE") }
    guard subscriber.account != nil else { return refuse("UNAUTHENTICATED") }
    command(subscriber, payload)
  }

  private func refuse(_ code: String) { subscriber.refuse(code) }
}
