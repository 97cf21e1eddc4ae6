import HTTP
import Synchronization

/// One open socket, the account it is signed in to, and its subscriptions.
final class Subscriber: Sendable {
  struct State: Sendable {
    var account: Account?
    var credential: Credential?
    /// Opened with an API token that lacks some of its person's rights.
    var isLimited = false
    /// Opened with a read-only API token.
    var isReadOnly = false
    var topics: Set<Topic> = []
    /// Chat channels that it joined or is joining.
    var channels: Set<Int64> = []
  }

  let socket: any FrameSink
  let language: Language
  let state: Mutex<State>

  /// Maximum number of topics per socket.
  static let mostTopics = 64

  init(socket: any FrameSink, language: Language, signedIn: SignedIn?) {
    self.socket = socket
    self.language = language
    state = Mutex(State())
    if let signedIn { authenticate(as: signedIn) }
  }

  /// Records the account the socket is signed in to.
  func authenticate(as signedIn: SignedIn) {
    state.withLock { state in
      state.account = signedIn.account
      state.credential = signedIn.credential
      if case .apiToken(let rights) = signedIn.kind {
        state.isLimited = !rights.contains("admin")
        state.isReadOnly = !rights.contains("write")
      }
    }
  }

  var account: Account? { state.withLock { $0.account } }

  var isReadOnly: Bool { state.withLock { $0.isReadOnly } }

  func send(_ text: [UInt8]) {
    socket.send(Frame(text: text))
  }

  /// Sends an error in the person's language. `details` writes further members.
  func refuse(_ code: String, details: (inout JSONWriter) -> Void = { _ in }) {
    send(Frames.error(code, Refusals.sentence(code)(language), details: details))
  }
}
