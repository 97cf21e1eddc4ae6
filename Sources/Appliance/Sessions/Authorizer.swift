import HTTP

/// Decides, for every route, who a request speaks for and whether that is enough.
struct Authorizer: Sendable {
  let sessions: Sessions

  /// The router's `authorize`: from memory only. Throws 401 or 403.
  func authorize(_ request: Request, _ access: Access) throws -> (any Principal)? {
    // A token that comes along with a sign-in only names the workstation: who closed its socket has left.
    let isUse = request.path != "/api/auth/login"
    let signedIn = signedIn(request, isUse: isUse)
    if case .apiToken(let rights)? = signedIn?.kind, !request.method.isSafe, !rights.contains("write") {
      throw Failure.tokenReadOnly
    }
    if let signedIn, sessions.mustSetUpTOTP(signedIn.account), !Self.isPartOfSetUp(request.path) {
      // Where everyone may come, such a session speaks for nobody.
      guard case .everyone = access else { throw Failure.totpSetupRequired }
      return nil
    }
    switch access {
    case .everyone: break
    case .signedIn:
      guard signedIn != nil else { throw Failure.unauthenticated }
    case .right(let right):
      guard let signedIn else { throw Failure.unauthenticated }
      guard signedIn.account.has(right: right) else { throw Failure.forbidden }
    }
    return signedIn
  }

  /// What a person may do who has to set up the second step of sign-in first.
  private static func isPartOfSetUp(_ path: String) -> Bool {
    path == "/api/totp" || path.hasBytes(prefix: "/api/totp/") || path.hasBytes(prefix: "/api/auth/")
  }

  /// Who a request speaks for; a Bearer wins over the cookie, and neither is taken for the other.
  private func signedIn(_ request: Request, isUse: Bool) -> SignedIn? {
    if let token = Self.bearer(of: request) { return sessions.find(token: token, isUse: isUse) }
    return SessionCookie.value(of: request).flatMap { sessions.find(cookie: $0, isUse: isUse) }
  }

  /// What stands behind `Bearer`, perhaps nothing; nil where the header is missing or of another scheme.
  static func bearer(of request: Request) -> String? {
    guard let header = request.headers["authorization"] else { return nil }
    let parts = header.split(byte: " ", maxSplits: 1)
    guard parts.first?.lowercased() == "bearer" else { return nil }
    return parts.count == 2 ? String(parts[1]) : ""
  }
}
