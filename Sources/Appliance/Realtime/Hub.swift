import HTTP
import Synchronization

/// Delivers events to the sockets that subscribed to them and have permission.
///
/// A frame is encoded once per language and shared by all receivers. Sockets that are not signed in receive
/// nothing.
///
/// Lock order: the hub's lock before a subscriber's and the sessions'.
final class Hub: Sendable {
  private struct State {
    var subscribers: [UInt64: Subscriber] = [:]
    var byTopic: [Topic: Set<UInt64>] = [:]
    var byCredential: [Credential: Set<UInt64>] = [:]
    var byAccount: [Int64: Set<UInt64>] = [:]
    var unauthenticated = UnauthenticatedSockets()
    var sessionCloses: (@Sendable (Int64) -> Void)?
    var presenceChanges: (@Sendable (Account, Bool) -> Void)?
    var removals: (@Sendable (Subscriber) -> Void)?
    var observer: (@Sendable () -> Void)?
  }

  let limits: Mutex<SocketLimits>
  private let state = Mutex(State())
  private let version = Atomic<UInt64>(0)

  init(limits: SocketLimits = SocketLimits()) {
    self.limits = Mutex(limits)
  }

  /// Calls `body` with a session whose last socket was closed. Runs under the hub's lock, so that nobody sees
  /// the socket closed while the session still holds its lease. `body` must not call the hub.
  func whenSessionCloses(_ body: @escaping @Sendable (Int64) -> Void) {
    state.withLock { $0.sessionCloses = body }
  }

  /// Calls `body` when an account's first socket opens (true) and when its last one closes (false).
  func whenPresenceChanges(_ body: @escaping @Sendable (Account, Bool) -> Void) {
    state.withLock { $0.presenceChanges = body }
  }

  /// Calls `body` with each removed socket; several times if it ends for several reasons.
  func whenRemoved(_ body: @escaping @Sendable (Subscriber) -> Void) {
    state.withLock { $0.removals = body }
  }

  /// Calls `body` after each change of connections or subscriptions.
  func observe(_ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.observer = body }
  }

  private func changed() {
    state.withLock { $0.observer }?()
  }

  /// Adds a socket, signed in or not. Returns false when its account has too many. Of too many
  /// unauthenticated sockets of one address, the oldest is closed.
  func add(_ subscriber: Subscriber) -> Bool {
    let isKnown = subscriber.account != nil
    let most = limits.withLock { $0.mostUnauthenticated }
    let socket = subscriber.socket
    let place = Request.place(of: socket.peerAddress)
    let oldest = state.withLock { state in
      state.subscribers[socket.id] = subscriber
      guard !isKnown else { return nil as Subscriber? }
      return state.unauthenticated.add(socket.id, at: place, most: most).flatMap { state.subscribers[$0] }
    }
    if let oldest { showOut(oldest) }
    if !isKnown { return true }
    if signedIn(subscriber) { return true }
    remove(subscriber)
    return false
  }

  private func showOut(_ stranger: Subscriber) {
    stranger.refuse("TOO_MANY_SOCKETS")
    stranger.socket.close(code: 1008, reason: "TOO_MANY_SOCKETS")
    remove(stranger)
  }

  /// Registers a socket's account, from its handshake or after a later sign-in. False when the account has
  /// too many sockets.
  func signedIn(_ subscriber: Subscriber) -> Bool {
    let (account, credential) = subscriber.state.withLock { ($0.account, $0.credential) }
    guard let account, let credential else { return false }
    let socket = subscriber.socket.id
    let most = limits.withLock { $0.mostOfAccount }
    let (isFirst, onPresence): (Bool?, (@Sendable (Account, Bool) -> Void)?) = state.withLock { state in
      guard state.byAccount[account.id]?.count ?? 0 < most else { return (nil, nil) }
      state.unauthenticated.remove(socket, at: Request.place(of: subscriber.socket.peerAddress))
      state.byCredential[credential, default: []].insert(socket)
      let isFirst = state.byAccount[account.id]?.isEmpty ?? true
      state.byAccount[account.id, default: []].insert(socket)
      return (isFirst, state.presenceChanges)
    }
    guard let isFirst else { return false }
    if isFirst {
      version.add(1, ordering: .releasing)
      onPresence?(account, true)
    }
    changed()
    return true
  }

  /// Removes a socket and all its subscriptions. Presence, live session and lease end atomically.
  func remove(_ subscriber: Subscriber) {
    let socket = subscriber.socket.id
    let (account, isLast, left, removed) = state.withLock { state in
      let (topics, account, credential) = subscriber.state.withLock { state in
        defer {
          state.topics = []
          state.account = nil
        }
        return (state.topics, state.account, state.credential)
      }
      state.subscribers[socket] = nil
      state.unauthenticated.remove(socket, at: Request.place(of: subscriber.socket.peerAddress))
      for topic in topics { Self.drop(subscriber, from: topic, &state) }
      if let credential, Self.drop(socket, credential, &state.byCredential),
        case .session(let session) = credential
      {
        state.sessionCloses?(session)
      }
      let isLast = account.map { Self.drop(socket, $0.id, &state.byAccount) } ?? false
      if isLast { version.add(1, ordering: .releasing) }
      return (account, isLast, state.presenceChanges, state.removals)
    }
    removed?(subscriber)
    if let account, isLast { left?(account, false) }
    changed()
  }

  /// Whether a session has an open socket.
  func isConnected(session: Int64) -> Bool {
    state.withLock { $0.byCredential[.session(session)] != nil }
  }

  /// The accounts with an open socket, by name and without duplicates; computed from the sockets.
  func present() -> [Account] {
    let accounts = state.withLock { state in
      state.byAccount.values.compactMap { $0.first.flatMap { state.subscribers[$0]?.account } }
    }
    return accounts.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// Increases whenever `present` may have changed.
  var presenceVersion: UInt64 { version.load(ordering: .acquiring) }

  /// Whether an account has an open socket.
  func isPresent(_ account: Int64) -> Bool {
    state.withLock { $0.byAccount[account] != nil }
  }

  /// Updates an account's data in its sockets, and removes subscriptions it no longer has permission for.
  func refresh(_ account: Account) {
    let mine = state.withLock { state in
      (state.byAccount[account.id] ?? []).compactMap { state.subscribers[$0] }
    }
    for subscriber in mine {
      let shown = subscriber.state.withLock { state in
        let shown = state.isLimited ? account.limited : account
        if state.account != nil { state.account = shown }
        return shown
      }
      if shown.role != .admin { unsubscribe(subscriber, from: .system) }
      subscriber.socket.accountChanged(shown)
    }
    version.add(1, ordering: .releasing)
  }

  /// Subscribes to a topic; false when the socket has too many subscriptions.
  func subscribe(_ subscriber: Subscriber, to topic: Topic) -> Bool {
    let isNew = subscriber.state.withLock { state in
      guard state.topics.contains(topic) || state.topics.count < Subscriber.mostTopics else { return false }
      state.topics.insert(topic)
      return true
    }
    guard isNew else { return false }
    let socket = subscriber.socket.id
    state.withLock { state in
      // The socket was removed meanwhile; the entry would never be deleted.
      if state.subscribers[socket] != nil { state.byTopic[topic, default: []].insert(socket) }
    }
    return true
  }

  func unsubscribe(_ subscriber: Subscriber, from topic: Topic) {
    _ = subscriber.state.withLock { $0.topics.remove(topic) }
    state.withLock { Self.drop(subscriber, from: topic, &$0) }
    changed()
  }

  func hasListeners(_ topic: Topic) -> Bool { count(of: topic) > 0 }

  /// Number of sockets subscribed to a topic.
  func count(of topic: Topic) -> Int { state.withLock { $0.byTopic[topic]?.count ?? 0 } }

  /// Sends to each socket in the audience that subscribed to `topic` or to `other`, once.
  func publish(
    _ topic: Topic, or other: Topic? = nil, to audience: Audience, droppable: Bool = false,
    _ encode: (Language) -> [UInt8]
  ) {
    let listeners = state.withLock { state in
      var ids = state.byTopic[topic] ?? []
      if let other, let more = state.byTopic[other] { ids.formUnion(more) }
      return ids.compactMap { state.subscribers[$0] }
    }
    var frames: [Language: Frame] = [:]
    for listener in listeners {
      guard let account = listener.account, audience.includes(account) else { continue }
      let frame = frames[listener.language] ?? Frame(text: encode(listener.language), droppable: droppable)
      frames[listener.language] = frame
      listener.socket.send(frame)
    }
  }

  /// Sends a frame to every open socket of some accounts.
  func send(_ frame: Frame, to accounts: some Sequence<Int64>) {
    let sockets = state.withLock { state in
      accounts.flatMap { account in
        (state.byAccount[account] ?? []).compactMap { state.subscribers[$0] }
      }
    }
    for subscriber in sockets where subscriber.account != nil { subscriber.socket.send(frame) }
  }

  /// Sends a frame to every signed-in socket whose account, with the rights that it has there, `isMeant`.
  func sendToAll(_ frame: Frame, where isMeant: (Account) -> Bool = { _ in true }) {
    let sockets = state.withLock { Array($0.subscribers.values) }
    for subscriber in sockets {
      if let account = subscriber.account, isMeant(account) { subscriber.socket.send(frame) }
    }
  }

  /// The open sockets of one account.
  func sockets(of account: Int64) -> [Subscriber] {
    state.withLock { state in (state.byAccount[account] ?? []).compactMap { state.subscribers[$0] } }
  }

  /// The sockets subscribed to a topic.
  func listeners(_ topic: Topic) -> [Subscriber] {
    state.withLock { state in (state.byTopic[topic] ?? []).compactMap { state.subscribers[$0] } }
  }

  /// Notifies the sockets of a session or an API token that it ended, and closes them; they receive nothing
  /// more.
  func end(_ credential: Credential, reason: String) {
    end(
      state.withLock { state in
        (state.byCredential[credential] ?? []).compactMap { state.subscribers[$0] }
      }, reason)
  }

  /// Closes the sockets of a session or an API token that itself remains valid.
  func close(_ credential: Credential, code: UInt16, reason: String) {
    let mine = state.withLock { state in
      (state.byCredential[credential] ?? []).compactMap { state.subscribers[$0] }
    }
    for subscriber in mine {
      subscriber.socket.close(code: code, reason: reason)
      remove(subscriber)
    }
  }

  /// The same for every socket of an account.
  func end(ofAccount id: Int64, reason: String) {
    end(state.withLock { state in (state.byAccount[id] ?? []).compactMap { state.subscribers[$0] } }, reason)
  }

  private func end(_ mine: [Subscriber], _ reason: String) {
    guard !mine.isEmpty else { return }
    let text = Frames.encode("SESSION_ENDED") { json in
      json.object { json in
        json.field("reason", reason)
      }
    }
    for subscriber in mine {
      subscriber.send(text)
      subscriber.socket.close(code: 4001, reason: reason)
      remove(subscriber)
    }
  }

  /// Removes a socket from a set; true when it was the last one.
  private static func drop<Key: Hashable>(
    _ socket: UInt64, _ key: Key, _ index: inout [Key: Set<UInt64>]
  ) -> Bool {
    guard index[key]?.remove(socket) != nil, index[key]?.isEmpty == true else { return false }
    index[key] = nil
    return true
  }

  private static func drop(_ subscriber: Subscriber, from topic: Topic, _ state: inout State) {
    state.byTopic[topic]?.remove(subscriber.socket.id)
    if state.byTopic[topic]?.isEmpty == true { state.byTopic[topic] = nil }
  }
}
