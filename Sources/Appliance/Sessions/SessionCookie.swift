import HTTP

/// The browser's session cookie.
enum SessionCookie {
  /// With TLS the name has the prefix `__Host-`, so that no other host or path, nor plain HTTP, can set it.
  static func name(isTLS: Bool) -> String { isTLS ? "__Host-obox_session" : "obox_session" }

  static func value(of request: Request) -> String? { request.cookie(name(isTLS: request.isTLS)) }

  /// The `Set-Cookie` header. Kept for the session's lifetime if `isKept`, else until the browser is closed.
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
      "Set-Cookie", "\(name(isTLS: isTLS))=\(value); Path=/\(age); HttpOnly; SameSite=Lax\(secure)"
    )
  }
}
