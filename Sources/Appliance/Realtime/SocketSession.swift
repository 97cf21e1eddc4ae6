import HTTP

/// One connection to `/ws`, from its handshake to its close.
final class SocketSession: WebSocketDelegate {
  private let appliance: Appliance
  private let subscriber: Subscriber

  init(appliance: Appliance, request: Request, socket: WebSocket) {
    self.appliance = appliance
    subscriber = Subscriber(socket: socket, language: request.language, signedIn: request.signedIn)
    appliance.hub.add(subscriber)
    catchUp()
  }

  func opened(_ socket: WebSocket) {
    subscriber.send(
      Frames.encode("CONNECTED") { json in
        json.beginObject()
        json.field("version", Version.text)
        json.endObject()
      })
    if subscriber.account != nil { sendAuthenticated() }
  }

  func received(text: String, on socket: WebSocket) {
    guard let message = JSONValue(parsing: text), let type = message["type"]?.string else {
      return refuse("MALFORMED_FRAME")
    }
    let payload = message["payload"] ?? .null
    switch type {
    case "HEARTBEAT":
      subscriber.send(
        Frames.encode("HEARTBEAT_ACK") {
          $0.beginObject(); $0.endObject()
        })
    case "AUTHENTICATE": authenticate(payload)
    case "SUBSCRIBE": subscribe(payload)
    case "UNSUBSCRIBE":
      guard let topic = payload["topic"]?.string.flatMap(Topic.init) else { return refuse("UNKNOWN_TOPIC") }
      appliance.hub.unsubscribe(subscriber, from: topic)
    default: refuse("UNKNOWN_TYPE")
    }
  }

  func received(binary: [UInt8], on socket: WebSocket) {
    refuse("MALFORMED_FRAME")
  }

  func closed(_ socket: WebSocket, code: UInt16?) {
    appliance.hub.remove(subscriber)
  }

  private func authenticate(_ payload: JSONValue) {
    guard let token = payload["token"]?.string, let signedIn = appliance.sessions.find(token: token) else {
      return refuse(subscriber.account == nil ? "UNAUTHENTICATED" : "ALREADY_AUTHENTICATED")
    }
    guard !appliance.sessions.mustSetUpTOTP(signedIn.account) else { return refuse("TOTP_SETUP_REQUIRED") }
    let present = subscriber.state.withLock { $0.account == nil ? nil : $0.credential }
    // A client may say again what its cookie has said.
    if present == signedIn.credential { return sendAuthenticated() }
    guard present == nil else { return refuse("ALREADY_AUTHENTICATED") }
    subscriber.speak(for: signedIn)
    appliance.hub.signedIn(subscriber)
    catchUp()
    sendAuthenticated()
  }

  /// What ended or changed between looking it up and the hub's knowing of this socket reached no socket.
  private func catchUp() {
    let (account, credential) = subscriber.state.withLock { ($0.account, $0.credential) }
    guard let account, let credential else { return }
    guard appliance.sessions.isValid(credential), let now = appliance.sessions.account(account.id),
      now.isActive
    else { return appliance.hub.end(credential, reason: SessionEnd.expired.rawValue) }
    appliance.hub.refresh(now)
  }

  private func sendAuthenticated() {
    guard let account = subscriber.account else { return }
    subscriber.send(
      Frames.encode("AUTHENTICATED") { json in
        json.beginObject()
        json.id("userId", account.id)
        account.writeNested(to: &json)
        json.endObject()
      })
  }

  private func subscribe(_ payload: JSONValue) {
    guard let account = subscriber.account else { return refuse("UNAUTHENTICATED") }
    guard let topic = payload["topic"]?.string.flatMap(Topic.init) else { return refuse("UNKNOWN_TOPIC") }
    if topic == .system && account.role != .admin { return refuse("FORBIDDEN") }
    guard appliance.hub.subscribe(subscriber, to: topic) else { return refuse("TOO_MANY_TOPICS") }
    subscriber.send(
      Frames.encode("SUBSCRIBED") { json in
        json.beginObject()
        json.field("topic", topic.word)
        json.endObject()
      })
    for greet in appliance.greetings { greet(subscriber, topic) }
  }

  private func refuse(_ code: String) {
    subscriber.send(Frames.error(code, Refusals.sentence(code)(subscriber.language)))
  }
}
