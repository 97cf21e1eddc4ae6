/// A model of the expected sessions, as simple as possible and independent of the product's code.
struct StormModel {
  enum Refusal: String { case elsewhere = "ALREADY_LOGGED_IN", inUse = "WORKSTATION_IN_USE" }

  struct Session {
    let token: String
    let user: Int
    let place: Int
    let since: Int64
    /// Time of the last request since its page was last closed.
    var asked: Int64?
    var sockets: Set<Int> = []
  }

  /// In milliseconds.
  static let lease: Int64 = 60_000
  static let lifetime: Int64 = 30 * 24 * 3_600_000

  /// Every fourth workstation is a phone.
  static func isPhone(_ place: Int) -> Bool { place % 4 == 3 }

  private(set) var sessions: [Session] = []
  var now: Int64

  init(now: Int64) { self.now = now }

  func isLive(_ session: Session) -> Bool {
    !session.sockets.isEmpty || session.asked.map { now - $0 < Self.lease } ?? false
  }

  var live: [Session] { sessions.filter(isLive) }
  /// The people with an open page.
  var present: Set<Int> { Set(sessions.filter { !$0.sockets.isEmpty }.map(\.user)) }

  func session(_ token: String) -> Session? { sessions.first { $0.token == token } }

  /// The expected refusal of a sign-in, if any.
  func refusal(_ user: Int, at place: Int, takeover: Bool) -> Refusal? {
    if live.contains(where: { $0.place == place && $0.user != user }) { return .inUse }
    if takeover { return nil }
    return live.contains {
      $0.user == user && $0.place != place && Self.isPhone($0.place) == Self.isPhone(place)
    }
      ? .elsewhere : nil
  }

  /// Records a successful sign-in; returns the sessions it ended.
  mutating func signIn(_ user: Int, at place: Int, token: String) -> [Session] {
    let ended = end { session, isLive in
      switch (session.user == user, session.place == place) {
      case (false, false): false
      case (true, true): !isLive
      case (true, false):
        // A phone and a workstation do not conflict.
        Self.isPhone(session.place) == Self.isPhone(place)
      default: true
      }
    }
    sessions.append(Session(token: token, user: user, place: place, since: now, asked: now))
    return ended
  }

  mutating func signOut(_ token: String) -> [Session] {
    guard let own = session(token) else { return [] }
    return end { session, _ in session.user == own.user && session.place == own.place }
  }

  mutating func end(_ token: String) -> [Session] { end { session, _ in session.token == token } }

  mutating func ask(_ token: String) { change(token) { session, now in session.asked = now } }

  mutating func open(_ socket: Int, of token: String) {
    change(token) { session, now in
      session.asked = now
      session.sockets.insert(socket)
    }
  }

  mutating func cut(_ socket: Int, of token: String) {
    change(token) { session, _ in
      session.sockets.remove(socket)
      if session.sockets.isEmpty { session.asked = nil }
    }
  }

  mutating func restart() {
    for index in sessions.indices {
      sessions[index].sockets = []
      sessions[index].asked = nil
    }
  }

  mutating func expire() -> [Session] { end { [now] session, _ in now - session.since >= Self.lifetime } }

  private mutating func end(where isOver: (Session, Bool) -> Bool) -> [Session] {
    let over = sessions.filter { isOver($0, isLive($0)) }
    let tokens = Set(over.map(\.token))
    sessions.removeAll { tokens.contains($0.token) }
    return over
  }

  private mutating func change(_ token: String, _ body: (inout Session, Int64) -> Void) {
    guard let index = sessions.firstIndex(where: { $0.token == token }) else { return }
    body(&sessions[index], now)
  }
}
