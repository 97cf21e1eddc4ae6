import HTTP
import Synchronization

/// One Socket.IO client: signs it in and subscribes it to the topics that have a translation.
///
/// To the hub it is an ordinary subscriber, whatever its transport.
final class SocketIOSession: FrameSink, EngineIOOwner {
  private struct State {
    /// Nil after the end of the session.
    var subscriber: Subscriber?
    var isConnected = false
    /// The owner whose machines an admin subscribed to; 0 for all visible machines.
    var owner: Int64 = 0
    var deadline: LoopTimer?
  }

  let sid: String
  let id: UInt64
  let peerAddress: String
  let wire: EngineIOWire

  private let hub: Hub
  private let sockets: Sockets
  private let loop: Loop
  private let words: Translations<Frame>
  /// The identity proven by the handshake.
  private let caller: SignedIn?
  private let limits: SocketLimits
  private let allowance: Mutex<FrameAllowance>
  private let state = Mutex(State())
  private let whenOver: @Sendable (String) -> Void

  init(
    _ sockets: Sockets, words: Translations<Frame>, request: Request, wire: EngineIOWire,
    whenOver: @escaping @Sendable (String) -> Void
  ) throws(Failure) {
    self.sockets = sockets
    hub = sockets.hub
    loop = sockets.loop
    self.words = words
    self.wire = wire
    self.whenOver = whenOver
    // Must be unguessable like a session token: whoever knows it can read the session's messages.
    sid = Token(for: .session).text
    id = request.id
    peerAddress = request.peerAddress
    limits = hub.limits.withLock { $0 }
    allowance = Mutex(FrameAllowance(limits))
    caller = sockets.caller(request)
    let subscriber = Subscriber(socket: self, language: request.language, signedIn: nil)
    guard hub.add(subscriber) else { throw Failure.tooManySockets }
    let timer = loop.timer(after: limits.patience) { [weak self] in self?.giveUp() }
    state.withLock { state in
      state.subscriber = subscriber
      state.deadline = timer
    }
  }

  var queuedBytes: Int { wire.queuedBytes }
  var isClosing: Bool { !wire.isOpen }

  /// Translates and sends a frame of the hub, if it has a translation.
  func send(_ frame: Frame) {
    loop.run { [self] in
      let (isConnected, owner) = state.withLock { ($0.isConnected, $0.owner) }
      guard isConnected else { return }
      let packets = words.of(frame, for: owner)
      if !packets.isEmpty { wire.send(packets) }
    }
  }

  func close(code: UInt16, reason: String) {
    loop.run { [self] in disconnect(code: code, reason: reason) }
  }

  func received(_ message: String) {
    guard let subscriber = state.withLock({ $0.subscriber }) else { return }
    guard allowance.withLock({ $0.take(limits, at: .now) }) else {
      return disconnect(code: 1008, reason: "TOO_MANY_FRAMES")
    }
    switch SocketIOPacket(message) {
    case nil: wire.leave(code: 1002)
    case .connect("/", let auth): connect(subscriber, auth)
    case .connect(let namespace, _):
      wire.send([SocketIOPacket.refused(namespace, "Invalid namespace")])
    case .disconnect("/"): wire.leave()
    case .event("/", let name, let arguments, let ack):
      // An event from a client that is not signed in ends the session.
      guard subscriber.account != nil else { return wire.leave() }
      let refusal = handle(name, arguments, subscriber)
      if let ack {
        wire.send([
          SocketIOPacket.acknowledged(
            ack, refusal.map { ($0, Refusals.sentence($0)(subscriber.language)) })
        ])
      }
    case .disconnect, .event, .unused: break
    }
  }

  func ended() {
    let (subscriber, deadline) = state.withLock { state in
      defer { (state.subscriber, state.deadline) = (nil, nil) }
      return (state.subscriber, state.deadline)
    }
    deadline?.cancel()
    if let subscriber { hub.remove(subscriber) }
    whenOver(sid)
  }

  /// Signs in with the token in `auth` if there is one, else with the handshake's identity.
  private func connect(_ subscriber: Subscriber, _ auth: JSONValue) {
    guard subscriber.account == nil else { return }
    let token = auth["token"]?.string ?? ""
    let signedIn = token.isEmpty ? caller : sockets.caller(token: token)
    guard let signedIn else { return refuse() }
    subscriber.authenticate(as: signedIn)
    guard hub.signedIn(subscriber) else {
      subscriber.state.withLock { $0.account = nil }
      return refuse()
    }
    state.withLock { state in
      state.isConnected = true
      return state.deadline.take()
    }?.cancel()
    guard sockets.catchUp(subscriber) else { return }
    wire.send([SocketIOPacket.connected(String(Token(for: .session).text.prefix(20)))])
  }

  private func refuse() {
    wire.send([SocketIOPacket.refused("/", "Authentication error")])
  }

  /// Handles an event; returns an error code or nil.
  private func handle(_ name: String, _ arguments: [JSONValue], _ subscriber: Subscriber) -> String? {
    switch name {
    case "subscribe-vms": return subscribeToMachines(of: arguments.first ?? .null, subscriber)
    case "subscribe-system":
      guard subscriber.account?.role == .admin else {
        disconnect(code: 1008, reason: "FORBIDDEN")
        return "FORBIDDEN"
      }
      return listen(subscriber, to: .system)
    case "unsubscribe-vms": hub.unsubscribe(subscriber, from: .machines)
    case "unsubscribe-system": hub.unsubscribe(subscriber, from: .system)
    default: return "UNKNOWN_TYPE"
    }
    return nil
  }

  /// Subscribes to the caller's own machines, whatever id the client sent; an admin may name another owner.
  private func subscribeToMachines(of user: JSONValue, _ subscriber: Subscriber) -> String? {
    guard let account = subscriber.account else { return "UNAUTHENTICATED" }
    let asked = user.int64 ?? user.string.flatMap { Int64(digits: $0) }
    if let asked, asked != account.id, account.role != .admin { return "FORBIDDEN" }
    state.withLock { $0.owner = asked == account.id ? 0 : asked ?? 0 }
    return listen(subscriber, to: .machines)
  }

  private func listen(_ subscriber: Subscriber, to topic: Topic) -> String? {
    sockets.subscribe(subscriber, to: topic) ? nil : "TOO_MANY_TOPICS"
  }

  private func disconnect(code: UInt16, reason: String) {
    let last = state.withLock { $0.isConnected } ? [SocketIOPacket.disconnected] : []
    wire.leave(saying: last, code: code, reason: reason)
  }

  /// Called when nobody signed in within the time limit.
  private func giveUp() {
    guard state.withLock({ !$0.isConnected && $0.subscriber != nil }) else { return }
    wire.leave(code: 4401, reason: "UNAUTHENTICATED")
  }
}
