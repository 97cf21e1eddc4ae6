/// The server that mails are handed to, and how far it is trusted.
public struct SMTPServer: Sendable, CustomStringConvertible {
  /// Encryption of the connection.
  public enum Security: Sendable, Equatable {
    /// No encryption, not even for the login.
    case none
    /// Starts in clear text (usually port 587 or 25) and switches to TLS. If not required, a server without
    /// STARTTLS gets the mail in clear text and certificates are not checked. With a login it is always
    /// required, because the password would go to whoever answers.
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
  /// A PEM file of trusted authorities, used instead of the system's.
  public var caFile: String?
  /// For tests: accepts any certificate, and allows a login in clear text when STARTTLS is only preferred.
  public var allowInsecure: Bool
  /// The host name sent in EHLO; nil uses the system's.
  public var clientName: String?
  /// Time limit for connecting, TLS and the greeting.
  public var connectLimit: Duration
  /// Time limit for one mail in total.
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

  /// Host and port, for the log.
  public var description: String { "\(host):\(port)" }
}
