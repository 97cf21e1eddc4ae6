import HTTP
import Synchronization

/// One open socket, who it speaks for, and what it listens to.
final class Subscriber: Sendable {
  struct State: Sendable {
    var account: Account?
    var sessionID: Int64 = 0
    /// The API token that it was signed in with; 0 for a session.
    var tokenID: Int64 = 0
    /// Whether it may not more than everyone, whatever its account may.
    var isLimited = false
    var topics: Set<Topic> = []

    mutating func take(_ signedIn: SignedIn) {
      account = signedIn.account
      sessionID = signedIn.sessionID
      tokenID = signedIn.tokenID
      isLimited = signedIn.isLimited
    }
  }

  let socket: WebSocket
  let language: Language
  let state: Mutex<State>

  /// How many topics one socket may listen to.
  static let mostTopics = 64

  init(socket: WebSocket, language: Language, signedIn: SignedIn?) {
    self.socket = socket
    self.language = language
    var state = State()
    if let signedIn { state.take(signedIn) }
    self.state = Mutex(state)
  }

  var account: Account? { state.withLock { $0.account } }

  func send(_ text: [UInt8]) {
    socket.send(Frame(text: text))
  }
}
