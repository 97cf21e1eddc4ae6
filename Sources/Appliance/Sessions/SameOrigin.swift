import HTTP

/// Refuses state-changing requests made by other sites with the session cookie (CSRF).
enum SameOrigin {
  static func check(_ request: Request, publicURL: String, isConfigured: Bool = true) throws(Failure) {
    switch request.method {
    case .get, .head, .options: return
    default: break
    }
    if let refusal = refusal(request, publicURL: publicURL, isConfigured: isConfigured) { throw refusal }
  }

  /// Why the request's session cookie must be ignored; nil when it is accepted or irrelevant.
  static func refusal(_ request: Request, publicURL: String, isConfigured: Bool) -> Failure? {
    guard Authorizer.bearer(of: request) == nil, SessionCookie.value(of: request) != nil,
      !isOwn(request, publicURL: publicURL)
    else { return nil }
    return isConfigured ? foreign : rewritten(request) ?? foreign
  }

  /// The error when a proxy may have rewritten `Host`, so that the page's own address looks like another
  /// site; it explains the fix. Nil when the browser itself says that the request is cross-site.
  private static func rewritten(_ request: Request) -> Failure? {
    guard request.headers["sec-fetch-site"] == nil, let origin = request.headers["origin"],
      origin.utf8.count <= 200, hostPart(of: origin) != nil,
      origin.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "<") }
      )
    else { return nil }
    return Failure(
      403, foreign.code,
      Sentence(
        fr:
          "Requête refusée : \(origin) n’est pas l’adresse configurée d’OBox. Si cette adresse est correcte, "
          + "définissez PUBLIC_URL=\(origin) dans la configuration d’OBox et redémarrez-le.",
        en:
          "Request refused: \(origin) is not the configured address of OBox. If this address is correct, "
          + "set PUBLIC_URL=\(origin) in OBox's configuration and restart it."))
  }

  /// Whether the request comes from our own page or from a program other than a browser.
  static func isOwn(_ request: Request, publicURL: String) -> Bool {
    if let site = request.headers["sec-fetch-site"] { return site == "same-origin" || site == "none" }
    guard let origin = request.headers["origin"] else { return true }
    return origin == publicURL || hostPart(of: origin) == request.headers["host"]
  }

  private static func hostPart(of origin: String) -> String? {
    guard let scheme = origin.utf8.firstIndex(of: UInt8(ascii: ":")),
      origin[scheme...].hasBytes(prefix: "://")
    else {
      return nil
    }
    return String(origin[scheme...].utf8.dropFirst(3))
  }

  private static let foreign = Failure(
    403, "FOREIGN_ORIGIN",
    Sentence(
      fr: "Requête refusée : elle vient d’un autre site. Ouvrez OBox, puis réessayez.",
      en: "Request refused: it came from another site. Open OBox and try again."))
}
