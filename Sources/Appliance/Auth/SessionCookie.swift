import HTTP

/// The cookie that carries a session's token.
enum SessionCookie {
  /// One that the browser keeps for the session's life, or until it is closed.
  static func set(_ token: String, isTLS: Bool, isKept: Bool = true) -> (name: String, value: String) {
    header(token, maxAge: isKept ? Sessions.lifetime / 1000 : nil, isTLS: isTLS)
  }

  static func clear(isTLS: Bool) -> (name: String, value: String) {
    header("", maxAge: 0, isTLS: isTLS)
  }

  private static func header(
    _ value: String, maxAge: Int64?, isTLS: Bool
  ) -> (name: String, value: String) {
    let age = maxAge.map { "; Max-Age=\($0)" } ?? ""
    let secure = isTLS ? "; Secure" : ""
    return (
      "Set-Cookie", "\(Authorizer.cookie)=\(value); Path=/\(age); HttpOnly; SameSite=Lax\(secure)"
    )
  }
}
