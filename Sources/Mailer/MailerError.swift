/// Why a mail was not sent: what to do about it, the server's reply code, and a sentence without secrets.
public struct MailerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the sender should do next.
  public enum Kind: Sendable, Equatable {
    /// The network or the server (4xx) failed for now: try the same mail again later.
    case temporary
    /// The server refused the recipient (5xx), or the mail cannot be composed: trying again will not help.
    case permanent
    /// Name, certificate, encryption or login of the server are wrong, or it refuses us (5xx to our greeting, sender or
    /// content, or it does not relay for us): the mail is kept until a person has put that right.
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
