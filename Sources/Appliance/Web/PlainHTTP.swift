import HTTP

/// What a request without TLS gets from a server that has it: the page is opened by HTTPS instead, and programs are
/// refused unless `PLAIN_CLIENTS` lets them in with a Bearer token. The server itself takes no cookie from them.
struct PlainHTTP: Sendable {
  let site: Site

  func check(_ request: Request) throws(Failure) -> Response? {
    guard !request.isTLS else { return nil }
    if Self.isPage(request) { return redirection(request) }
    guard site.live.allowsPlainClients else { throw Self.refusal }
    return nil
  }

  /// Whether a person opens it, and not a program.
  private static func isPage(_ request: Request) -> Bool {
    guard request.method == .get || request.method == .head, request.headers["upgrade"] == nil else {
      return false
    }
    let path = request.path
    return path != "/api" && path != "/metrics"
      && !["/api/", "/socket.io/", "/ws/"].contains { path.hasBytes(prefix: $0) }
  }

  /// To the same port. It is not kept by browsers, which would use it when the server has no TLS any more.
  private func redirection(_ request: Request) -> Response {
    let query = request.query.raw.isEmpty ? "" : "?" + request.query.raw
    let target = "https://" + authority(request) + PercentCoding.encode(path: request.path) + query
    return Response(status: 308, headers: [("Location", target), ("Cache-Control", "no-store")])
  }

  /// Host and port as the browser knows them.
  private func authority(_ request: Request) -> String {
    if let host = request.headers["host"], (1...255).contains(host.utf8.count),
      host.utf8.allSatisfy(Self.isAuthority)
    {
      return host
    }
    return String(site.publicURL.trimmingScheme)
  }

  private static func isAuthority(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: ".-_:[]".utf8.contains(byte)
    }
  }

  private static let refusal = Failure(
    403, "HTTPS_REQUIRED",
    Sentence(
      fr: "Cette adresse n’accepte que HTTPS. Remplacez http:// par https:// (et ws:// par wss://).",
      en: "This address accepts HTTPS only. Replace http:// with https:// (and ws:// with wss://)."))
}

extension String {
  /// Without `http://` or `https://`.
  fileprivate var trimmingScheme: Substring {
    for scheme in ["https://", "http://"] where hasPrefix(scheme) { return dropFirst(scheme.count) }
    return self[...]
  }
}
