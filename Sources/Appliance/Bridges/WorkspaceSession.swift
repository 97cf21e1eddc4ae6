import HTTP
import Synchronization

/// One client of the Workspace chat. Its messages are translated into `/ws` frames and handled by the same
/// code; to the hub it is an ordinary subscriber.
final class WorkspaceSession: WebSocketDelegate, FrameSink {
  private struct State {
    /// Nil before sign-in and after the end of the session.
    var subscriber: Subscriber?
    /// Whether the history is scheduled to be sent again.
    var isStale = false
  }

  private let clock: Clock
  private let log: Log
  private let hub: Hub
  private let clearing: ClearedChat
  private let sockets: Sockets
  private let chat: Chat
  private let loop: Loop
  private let words: Translations<WorkspaceWord>
  private let room: WorkspaceRoom
  private let socket: WebSocket
  private let language: Language
  private let limits: SocketLimits
  private let allowance: Mutex<FrameAllowance>
  private let state = Mutex(State())

  init(
    _ sockets: Sockets, chat: Chat, clearing: ClearedChat, log: Log, clock: Clock,
    words: Translations<WorkspaceWord>, room: WorkspaceRoom, socket: WebSocket,
    language: Language
  ) {
    self.sockets = sockets
    self.chat = chat
    self.clearing = clearing
    self.log = log
    self.clock = clock
    hub = sockets.hub
    loop = sockets.loop
    self.words = words
    self.room = room
    self.socket = socket
    self.language = language
    limits = hub.limits.withLock { $0 }
    allowance = Mutex(FrameAllowance(limits))
  }

  var id: UInt64 { socket.id }
  var peerAddress: String { socket.peerAddress }
  var queuedBytes: Int { socket.queuedBytes }
  var isClosing: Bool { socket.isClosing }

  /// Translates and sends a frame of the hub, if it has a translation.
  func send(_ frame: Frame) {
    loop.run { [self] in
      for word in words.of(frame) {
        switch word {
        case .send(let frame): socket.send(frame)
        case .stale: becomeStale()
        case .ended: refuse("UNAUTHENTICATED")
        }
      }
    }
  }

  /// Announces that the chat was cleared, and schedules sending the remaining history.
  func cleared(_ frame: Frame) {
    loop.run { [self] in
      guard subscriber?.account != nil else { return }
      socket.send(frame)
      becomeStale()
    }
  }

  func close(code: UInt16, reason: String) {
    loop.run { [self] in socket.close(code: code, reason: reason) }
  }

  func received(text: String, on socket: WebSocket) {
    guard allowance.withLock({ $0.take(limits, at: .now) }) else {
      refuse("TOO_MANY_FRAMES")
      return socket.close(code: 1008, reason: "TOO_MANY_FRAMES")
    }
    guard let frame = JSONValue(parsing: text), let type = frame["type"]?.string else {
      return refuse("MALFORMED_FRAME")
    }
    if type == "auth" { return authenticate(frame["token"]?.string ?? "") }
    guard let subscriber, subscriber.account != nil else { return turnAway() }
    switch type {
    case "message":
      let answered = frame["replyTo"]?["id"] ?? frame["replyTo"] ?? .null
      send("CHAT_MESSAGE", ["text": frame["text"] ?? .null, "replyTo": answered], subscriber)
    case "setPseudo": break
    case "clearChat": clear(subscriber)
    default: refuse("UNKNOWN_TYPE")
    }
  }

  func received(binary: [UInt8], on socket: WebSocket) { refuse("MALFORMED_FRAME") }

  func closed(_ socket: WebSocket, code: UInt16?) {
    room.remove(self)
    let subscriber = state.withLock { $0.subscriber.take() }
    if let subscriber { hub.remove(subscriber) }
  }

  private var subscriber: Subscriber? { state.withLock { $0.subscriber } }

  private func authenticate(_ token: String) {
    guard let signedIn = sockets.caller(token: token) else { return turnAway() }
    if let present = subscriber?.state.withLock({ $0.credential }) {
      // A client may repeat the sign-in it has made.
      guard present == signedIn.credential else { return refuse("ALREADY_AUTHENTICATED") }
      return socket.send(WorkspaceWords.signedIn)
    }
    let subscriber = Subscriber(socket: self, language: language, signedIn: signedIn)
    state.withLock { $0.subscriber = subscriber }
    guard hub.add(subscriber) else {
      refuse("TOO_MANY_SOCKETS")
      return socket.close(code: 1008, reason: "TOO_MANY_SOCKETS")
    }
    guard sockets.catchUp(subscriber) else { return }
    socket.send(WorkspaceWords.signedIn)
    room.add(self)
    join(subscriber)
    _ = sockets.subscribe(subscriber, to: .presence)
  }

  /// Closes the socket of a client that did not sign in.
  private func turnAway() {
    socket.send(WorkspaceWords.refused)
    refuse("UNAUTHENTICATED")
    socket.close(code: 4401, reason: "UNAUTHENTICATED")
  }

  private func join(_ subscriber: Subscriber) {
    send("JOIN_CHANNEL", ["limit": .integer(Int64(WorkspaceChat.history))], subscriber)
  }

  /// Performs a `/ws` command on the channel `general`.
  private func send(_ type: String, _ payload: [String: JSONValue], _ subscriber: Subscriber) {
    var payload = payload
    payload["channel"] = .integer(chat.directory.general)
    sockets.handlers.frames[type]?(subscriber, .object(payload))
  }

  private func clear(_ subscriber: Subscriber) {
    guard let account = subscriber.account, account.role == .admin else { return refuse("FORBIDDEN") }
    guard !subscriber.isReadOnly else { return refuse("FORBIDDEN") }
    Task { [clearing, chat, clock, log, peerAddress, room, weak self] in
      do {
        try await clearing.clear(chat.directory.general, by: account, from: peerAddress)
        room.publishCleared(by: account, at: clock.now())
      } catch {
        log.error("chat") { $0.field("error", error) }
        self?.refuse("INTERNAL_ERROR")
      }
    }
  }

  /// Schedules sending the history again, once for several changes.
  private func becomeStale() {
    let isFirst = state.withLock { state in
      defer { state.isStale = true }
      return !state.isStale
    }
    guard isFirst else { return }
    loop.timer(after: .milliseconds(200)) { [weak self] in
      guard let self else { return }
      state.withLock { $0.isStale = false }
      if let subscriber, subscriber.account != nil { join(subscriber) }
    }
  }

  private func refuse(_ code: String) {
    socket.send(WorkspaceWords.error(code, Refusals.sentence(code)(language)))
  }
}
