import HTTP

/// The authenticated identity of a request: an account, and its session or API token.
final class SignedIn: Principal {
  enum Kind: Sendable, Equatable {
    case session
    case apiToken(rights: Set<String>)
  }

  let account: Account
  /// 0 for an API token.
  let sessionID: Int64
  let kind: Kind
  /// 0 for a session.
  let tokenID: Int64

  init(account: Account, sessionID: Int64, kind: Kind = .session, tokenID: Int64 = 0) {
    self.account = account
    self.sessionID = sessionID
    self.kind = kind
    self.tokenID = tokenID
  }

  var holder: String? { "account \(account.id)" }

  /// The credential a socket depends on: when it ends, the socket is closed.
  var credential: Credential { isInteractive ? .session(sessionID) : .apiToken(tokenID) }

  /// Whether it is a person's session, not an API token.
  var isInteractive: Bool { kind == .session }
}

/// What a client is signed in with.
enum Credential: Hashable, Sendable {
  case session(Int64)
  case apiToken(Int64)
}

extension Request {
  /// The session or token of this request, if any.
  var signedIn: SignedIn? { principal as? SignedIn }

  /// The account of this request. Throws 401 when not signed in.
  func account() throws(Failure) -> Account {
    guard let signedIn else { throw .unauthenticated }
    return signedIn.account
  }

  /// The session of this request. Throws 401 when not signed in, 403 for an API token.
  func interactive() throws(Failure) -> SignedIn {
    guard let signedIn else { throw .unauthenticated }
    guard signedIn.isInteractive else { throw Failure.tokenNotAllowed }
    return signedIn
  }
}
