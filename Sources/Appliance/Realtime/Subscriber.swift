import HTTP
import Synchronization

/// One open socket, who it speaks for, and what it listens to.
final class Subscriber: Sendable {
  struct State: Sendable {
    var account: Account?
    var credential: Credential?
    /// It came with an API token that has not its person's rights.
    var isLimited = false
    var topics: Set<Topic> = []
  }

  let socket: any Outlet
  let language: Language
  let state: Mutex<State>

  /// How many topics one socket may listen to.
  static let mostTopics = 64

  init(socket: any Outlet, language: Language, signedIn: SignedIn?) {
    self.socket = socket
    self.language = language
    state = Mutex(State())
    if let signedIn { speak(for: signedIn) }
  }

  /// Notes whom the socket speaks for.
  func speak(for signedIn: SignedIn) {
    state.withLock { state in
      state.account = signedIn.account
      state.credential = signedIn.credential
      if case .apiToken(let rights) = signedIn.kind { state.isLimited = !rights.contains("admin") }
    }
  }

  var account: Account? { state.withLock { $0.account } }

  func send(_ text: [UInt8]) {
    socket.send(Frame(text: text))
  }

  /// Says why something was not done, in the person's language. `details` writes further members.
  func refuse(_ code: String, details: (inout JSONWriter) -> Void = { _ in }) {
    send(Frames.error(code, Refusals.sentence(code)(language), details: details))
  }
}
