import HTTP

/// Filters for every request and response: same-origin checks, CORS and security headers.
struct SecurityFilters: Sendable {
  let site: Site

  var filters: Filters {
    let origins = CrossOrigin(site: site)
    let plain = site.configuration.hasTLS ? PlainHTTP(site: site) : nil
    // Not with a certificate that browsers warn of: they would offer no way to the page after it has changed.
    let isStrict =
      site.configuration.tls != nil
      || !site.configuration.hasOwnCertificate && site.publicURL.hasPrefix("https:")
    return Filters(
      before: [
        { request in origins.preflight(request) },
        { request in try plain?.check(request) },
        { request in
          try SameOrigin.check(
            request, publicURL: site.publicURL, isConfigured: site.live.isPublicURLGiven)
          return nil
        },
      ],
      after: [
        { request, response in SafeHeaders.add(to: &response, for: request, isStrict: isStrict) },
        { request, response in origins.allow(request, &response) },
      ])
  }
}

/// CORS without credentials, for allowed origins and for desktop clients.
struct CrossOrigin: Sendable {
  private let allowed: Set<String>

  init(site: Site) {
    allowed = Set(site.configuration.corsOrigins + ["null", "file://"])
  }

  func preflight(_ request: Request) -> Response? {
    guard request.method == .options, request.headers["access-control-request-method"] != nil else {
      return nil
    }
    var response = Response.empty(204)
    response.headers.append(("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE"))
    response.headers.append(
      (
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, Accept-Language, If-Match, Prefer, Range, X-File-Name, X-Workstation-Id"
      ))
    response.headers.append(("Access-Control-Max-Age", "600"))
    return response
  }

  func allow(_ request: Request, _ response: inout Response) {
    guard let origin = request.headers["origin"], allowed.contains(origin) || allowed.contains("*") else {
      return
    }
    response.headers.append(("Access-Control-Allow-Origin", origin))
    response.headers.append(
      (
        "Access-Control-Expose-Headers",
        "X-Next-Before, Retry-After, ETag, Content-Disposition, Content-Range"
      ))
    response.headers.append(("Vary", "Origin"))
  }
}

/// Headers against MIME sniffing, framing and leaks.
enum SafeHeaders {
  static let policy = policy(inline: nil)

  /// The policy with one inline script allowed by its hash.
  static func policy(inline hash: String?) -> String {
    "default-src 'none'; script-src 'self'\(hash.map { " '\($0)'" } ?? ""); style-src 'self'; img-src 'self' data: blob:; "
      + "media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
      + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
  }

  /// For responses that are data, not pages: nothing is loaded and they cannot be framed.
  static let dataPolicy = "default-src 'none'; frame-ancestors 'none'"

  static func add(to response: inout Response, for request: Request, isStrict: Bool) {
    response.headers.append(("X-Content-Type-Options", "nosniff"))
    response.headers.append(("Referrer-Policy", "no-referrer"))
    if isStrict { response.headers.append(("Strict-Transport-Security", "max-age=31536000")) }
    if request.path.hasBytes(prefix: "/api/") {
      // Headers set by the route take precedence.
      addMissing("Cache-Control", "no-store", to: &response)
      addMissing("Content-Security-Policy", dataPolicy, to: &response)
      return
    }
    response.headers.append(("X-Frame-Options", "DENY"))
    addMissing("Content-Security-Policy", policy, to: &response)
  }

  private static func addMissing(_ name: String, _ value: String, to response: inout Response) {
    if !response.headers.contains(where: { $0.name == name }) { response.add(name, value) }
  }
}
