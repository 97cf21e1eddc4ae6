/// Why a mail was not sent: what to do about it, the server's reply code, and a sentence without secrets.
public struct MailerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the sender should do next.
  public enum Kind: Sendable, Equatable {
    /// The network or the server (4xx) failed for now: try the same mail again later.
    case temporary
    /// The server refused this mail (5xx), or it cannot be composed: trying again will not help.
    case permanent
    /// Name, certificate, encryption or login of the server are wrong: nothing leaves until a person acts.
    case configuration
  }

  public let kind: Kind
  /// The SMTP reply code, from 400 to 599, or 0 where the server said nothing.
  public let code: Int
  /// Technical English for the log and the administrator; never the password.
  public let message: String

  public init(kind: Kind, code: Int = 0, message: String) {
    self.kind = kind
    self.code = code
    self.message = message
  }

  public var description: String {
    code == 0 ? "\(kind) mail error: \(message)" : "\(kind) mail error \(code): \(message)"
  }
}
