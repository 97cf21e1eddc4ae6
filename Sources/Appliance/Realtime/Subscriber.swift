import HTTP
import Synchronization

/// One open socket, who it speaks for, and what it listens to.
final class Subscriber: Sendable {
  struct State: Sendable {
    var account: Account?
    var credential: Credential?
    /// It came with an API token that has not its person's rights.
    var isLimited = false
    /// It came with an API token that may only read.
    var isReadOnly = false
    var topics: Set<Topic> = []
    /// Channels of the chat that it joined, or is about to.
    var channels: Set<Int64> = []
  }

  let socket: any FrameSink
  let language: Language
  let state: Mutex<State>

  /// How many topics one socket may listen to.
  static let mostTopics = 64

  init(socket: any FrameSink, language: Language, signedIn: SignedIn?) {
    self.socket = socket
    self.language = language
    state = Mutex(State())
    if let signedIn { authenticate(as: signedIn) }
  }

  /// Notes whom the socket speaks for.
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

  /// Says why something was not done, in the person's language. `details` writes further members.
  func refuse(_ code: String, details: (inout JSONWriter) -> Void = { _ in }) {
    send(Frames.error(code, Refusals.sentence(code)(language), details: details))
  }
}
