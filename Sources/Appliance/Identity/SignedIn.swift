import HTTP

/// Who a request speaks for: an account, and the session or the API token it came with.
final class SignedIn: Principal {
  enum Kind: Sendable, Equatable {
    case session
    case apiToken(rights: Set<String>)
  }

  let account: Account
  /// The session's id; 0 for an API token.
  let sessionID: Int64
  let kind: Kind
  /// The API token's id; 0 for a session.
  let tokenID: Int64

  init(account: Account, sessionID: Int64, kind: Kind = .session, tokenID: Int64 = 0) {
    self.account = account
    self.sessionID = sessionID
    self.kind = kind
    self.tokenID = tokenID
  }

  var holder: String? { "account \(account.id)" }

  /// What a socket holds on to: when it ends, the socket does.
  var credential: Credential { isInteractive ? .session(sessionID) : .apiToken(tokenID) }

  /// Whether a person is behind it, and not a program with a token.
  var isInteractive: Bool { kind == .session }
}

/// What somebody signed in with.
enum Credential: Hashable, Sendable {
  case session(Int64)
  case apiToken(Int64)
}

extension Request {
  /// The session or token behind this request, where there is one.
  var signedIn: SignedIn? { principal as? SignedIn }

  /// The account behind this request. Throws 401 where nobody is signed in.
  func account() throws(Failure) -> Account {
    guard let signedIn else { throw .unauthenticated }
    return signedIn.account
  }

  /// The session behind this request. Throws 401 where nobody is signed in, 403 for an API token.
  func interactive() throws(Failure) -> SignedIn {
    guard let signedIn else { throw .unauthenticated }
    guard signedIn.isInteractive else { throw Failure.tokenNotAllowed }
    return signedIn
  }
}
