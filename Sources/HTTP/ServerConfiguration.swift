/// Where the server's certificate and its private key lie, both PEM; the certificate file holds the chain.
public struct TLSFiles: Sendable {
  public var certificate: String
  public var key: String

  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }
}

/// Where to listen, and every bound of the server.
public struct ServerConfiguration: Sendable {
  /// An IPv4 or IPv6 address; `::` takes both.
  public var address = "127.0.0.1"
  /// 0 asks the system for a free one.
  public var port = 4000
  public var tls: TLSFiles?
  /// Bytes of a body, where the route does not say.
  public var bodyLimit = 1 << 20
  /// Bytes of all bodies together that are being received or handled; above it 503.
  public var totalBodyLimit = 256 << 20
  /// Bytes of request line and headers together.
  public var headerLimit = 32 << 10
  /// From the first byte of a request to the end of its headers; also from accepting to the first byte.
  public var headerDeadline: Duration = .seconds(10)
  /// From the end of the headers to the end of the body.
  public var bodyDeadline: Duration = .seconds(60)
  /// How long a connection may stay open between requests.
  public var idleTimeout: Duration = .seconds(75)
  /// How long a reader may take for an answer, beside the time that `leastSpeed` gives it.
  public var writeDeadline: Duration = .seconds(30)
  /// Bytes a second that a reader must take of a long answer.
  public var leastSpeed = 16 << 10
  public var maxConnections = 12_000
  /// Connections of one address, an IPv6 network of 64 bits being one. A browser keeps one socket and for moments six
  /// requests: this is some 400 people who load the page in the same second behind one address, or 3,000 who have it
  /// open, and leaves three quarters of `maxConnections` to others. Trusted proxies are not bound by it.
  public var connectionsPerAddress = 3_000
  /// Bytes of the answers of one person, or one address, that wait for their readers; a single answer may be longer.
  /// Room for what a browser fetches at once of a page full of pictures.
  public var unreadLimit = 64 << 20
  /// The same of all together; above it 503.
  public var totalUnreadLimit = 256 << 20
  /// Addresses and subnets whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
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
