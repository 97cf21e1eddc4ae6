import HTTP

/// The cookie that carries a session's token.
enum SessionCookie {
  static func set(_ token: String, isTLS: Bool) -> (name: String, value: String) {
    header(token, maxAge: Sessions.lifetime / 1000, isTLS: isTLS)
  }

  static func clear(isTLS: Bool) -> (name: String, value: String) {
    header("", maxAge: 0, isTLS: isTLS)
  }

  private static func header(
    _ value: String, maxAge: Int64, isTLS: Bool
  ) -> (name: String, value: String) {
    let secure = isTLS ? "; Secure" : ""
    return (
      "Set-Cookie",
      "\(Authorizer.cookie)=\(value); Path=/; Max-Age=\(maxAge); HttpOnly; SameSite=Lax\(secure)"
    )
  }
}
