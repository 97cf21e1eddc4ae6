/// Paths of the server's certificate chain and its private key, both PEM.
public struct TLSFiles: Sendable {
  public var certificate: String
  public var key: String

  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }
}

/// The address to listen on, and all limits of the server.
public struct ServerConfiguration: Sendable {
  /// An IPv4 or IPv6 address; `::` takes both.
  public var address = "127.0.0.1"
  /// 0 lets the system choose.
  public var port = 4000
  public var tls: TLSFiles?
  /// Whether the port with TLS takes plain HTTP as well. Such requests have `isTLS` false and no cookies.
  public var takesPlainHTTP = false
  /// Maximum bytes of a body, unless the route has its own limit.
  public var bodyLimit = 1 << 20
  /// Maximum bytes of all bodies being received or handled; beyond it 503.
  public var totalBodyLimit = 256 << 20
  /// Maximum bytes of request line and headers together.
  public var headerLimit = 32 << 10
  /// Time from the first byte of a request to the end of its headers, and from accept to the first byte.
  public var headerDeadline: Duration = .seconds(10)
  /// Time from the end of the headers to the end of the body.
  public var bodyDeadline: Duration = .seconds(60)
  /// How long a connection may stay open between requests.
  public var idleTimeout: Duration = .seconds(75)
  /// Time a reader may take for a response, in addition to its size divided by `leastSpeed`.
  public var writeDeadline: Duration = .seconds(30)
  /// How long a client may go on sending after an early error response, which it could not read otherwise: in all, and
  /// between two parts.
  public var lingerDeadline: Duration = .seconds(30)
  public var lingerPause: Duration = .seconds(3)
  /// Minimum speed of a reader in bytes per second.
  public var leastSpeed = 16 << 10
  public var maxConnections = 12_000
  /// Maximum number of connections per IPv4 address or IPv6 /64 network. A browser keeps one socket and
  /// briefly opens six requests: the default is enough for some 400 people behind one address who load the
  /// page in the same second, or 3,000 who have it open, and leaves three quarters of `maxConnections` to
  /// others. Does not apply to trusted proxies.
  public var connectionsPerAddress = 3_000
  /// Maximum bytes of responses waiting for one person's, or one address's, slow readers; a single response
  /// may be larger. Enough for what a browser fetches at once for a page full of pictures.
  public var unreadLimit = 64 << 20
  /// The same for all readers together; beyond it 503.
  public var totalUnreadLimit = 256 << 20
  /// Addresses and subnets whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted.
  public var trustedProxies: [String] = []

  public init() {}

  public init(
    address: String = "127.0.0.1", port: Int = 4000, tls: TLSFiles? = nil, bodyLimit: Int = 1 << 20,
    headerDeadline: Duration = .seconds(10), bodyDeadline: Duration = .seconds(60),
    idleTimeout: Duration = .seconds(75), maxConnections: Int = 12_000, trustedProxies: [String] = []
  ) {
    self.address = address
    self.port = port
    self.tls = tls
    self.bodyLimit = bodyLimit
    self.headerDeadline = headerDeadline
    self.bodyDeadline = bodyDeadline
    self.idleTimeout = idleTimeout
    self.maxConnections = maxConnections
    self.trustedProxies = trustedProxies
  }
}
