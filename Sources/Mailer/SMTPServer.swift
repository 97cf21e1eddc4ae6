/// Where mail is handed over, and how far that server is trusted.
public struct SMTPServer: Sendable, CustomStringConvertible {
  /// How the connection is protected.
  public enum Security: Sendable, Equatable {
    /// Nothing is encrypted, the login neither.
    case none
    /// Starts in the clear (usually port 587 or 25) and changes to TLS. When it is not required, a
    /// server without it gets the mail in the clear and no certificate is checked; with a login it
    /// is always required, because the password would go to whoever answers.
    case startTLS(required: Bool)
    /// TLS from the first byte (usually port 465).
    case tls
  }

  /// A host name, or an IPv4 or IPv6 address without brackets.
  public var host: String
  public var port: Int
  public var security: Security
  public var user: String?
  public var password: String?
  /// A PEM file with the authorities to trust in place of the system's.
  public var caFile: String?
  /// For tests: takes any certificate, and lets a login go in the clear when STARTTLS is only preferred.
  public var allowInsecure: Bool
  /// What this host calls itself in EHLO; nil takes the system's host name.
  public var clientName: String?
  /// How long connecting, TLS and the greeting may take.
  public var connectLimit: Duration
  /// How long one mail may take in all.
  public var totalLimit: Duration

  public init(
    host: String, port: Int, security: Security, user: String? = nil, password: String? = nil,
    caFile: String? = nil, allowInsecure: Bool = false, clientName: String? = nil,
    connectLimit: Duration = .seconds(20), totalLimit: Duration = .seconds(90)
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.user = user
    self.password = password
    self.caFile = caFile
    self.allowInsecure = allowInsecure
    self.clientName = clientName
    self.connectLimit = connectLimit
    self.totalLimit = totalLimit
  }

  /// Host and port: what a log may show.
  public var description: String { "\(host):\(port)" }
}
