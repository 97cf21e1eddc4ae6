import HTTP

/// Authenticates each request and checks the route's required access.
struct Authorizer: Sendable {
  let sessions: Sessions

  /// The router's `authorize`; uses memory only. Throws 401 or 403.
  func authorize(_ request: Request, _ access: Access) throws -> (any Principal)? {
    // A token sent with a sign-in only identifies the workstation. It must not make its session live again,
    // since the client has closed its socket.
    let isUse = request.path != "/api/auth/login"
    let signedIn = signedIn(request, isUse: isUse)
    if case .apiToken(let rights)? = signedIn?.kind, !request.method.isSafe, !rights.contains("write") {
      throw Failure.tokenReadOnly
    }
    if let signedIn, sessions.mustSetUpTOTP(signedIn.account), !Self.isPartOfSetUp(request.path) {
      // On public routes, such a session counts as not signed in.
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

  /// Whether the path is available to people who must set up two-step sign-in first.
  private static func isPartOfSetUp(_ path: String) -> Bool {
    path == "/api/totp" || path.hasBytes(prefix: "/api/totp/") || path.hasBytes(prefix: "/api/auth/")
  }

  /// The identity of a request. A Bearer token takes precedence over the cookie, and neither is accepted in
  /// place of the other.
  private func signedIn(_ request: Request, isUse: Bool) -> SignedIn? {
    if let token = Self.bearer(of: request) { return sessions.find(token: token, isUse: isUse) }
    return SessionCookie.value(of: request).flatMap { sessions.find(cookie: $0, isUse: isUse) }
  }

  /// The text after `Bearer`, possibly empty; nil when the header is missing or has another scheme.
  static func bearer(of request: Request) -> String? {
    guard let header = request.headers["authorization"] else { return nil }
    let parts = header.split(byte: " ", maxSplits: 1)
    guard parts.first?.lowercased() == "bearer" else { return nil }
    return parts.count == 2 ? String(parts[1]) : ""
  }
}
