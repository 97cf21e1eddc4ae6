/// Why a mail was not sent: what to do about it, the server's reply code, and a message without secrets.
public struct MailerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// How the sender should react.
  public enum Kind: Sendable, Equatable {
    /// The network or the server (4xx) failed for now: retry the same mail later.
    case temporary
    /// The server refused the recipient (5xx), or the mail cannot be composed: retrying is useless.
    case permanent
    /// The server's name, certificate, encryption or login is wrong, or the server refuses us (5xx to the
    /// greeting, sender or content, or no relaying): the mail is kept until the settings are corrected.
    case configuration
  }

  public let kind: Kind
  /// The SMTP reply code, 400 to 599; 0 when the server sent none.
  public let code: Int
  /// English text for the log and the administrator; never contains the password.
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
