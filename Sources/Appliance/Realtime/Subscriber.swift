import HTTP
import Synchronization

/// One open socket, who it speaks for, and what it listens to.
final class Subscriber: Sendable {
  struct State: Sendable {
    var account: Account?
    var sessionID: Int64 = 0
    var topics: Set<Topic> = []
  }

  let socket: WebSocket
  let language: Language
  let state: Mutex<State>

  /// How many topics one socket may listen to.
  static let mostTopics = 64

  init(socket: WebSocket, language: Language, signedIn: SignedIn?) {
    self.socket = socket
    self.language = language
    state = Mutex(State(account: signedIn?.account, sessionID: signedIn?.sessionID ?? 0))
  }

  var account: Account? { state.withLock { $0.account } }

  func send(_ text: [UInt8]) {
    socket.send(Frame(text: text))
  }
}
