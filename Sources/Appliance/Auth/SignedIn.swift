import HTTP

/// Who a request speaks for: an account, and the session it came with.
final class SignedIn: Principal {
  let account: Account
  let sessionID: Int64

  init(account: Account, sessionID: Int64) {
    self.account = account
    self.sessionID = sessionID
  }
}

extension Request {
  /// The session behind this request, where there is one.
  var signedIn: SignedIn? { principal as? SignedIn }

  /// The account behind this request. Throws 401 where nobody is signed in.
  func account() throws(Failure) -> Account {
    guard let signedIn else { throw .unauthenticated }
    return signedIn.account
  }
}
