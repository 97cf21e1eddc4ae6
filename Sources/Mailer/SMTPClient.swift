/// Hands mails to one server, one at a time and in order, on a thread that lives only while there is mail.
public final class SMTPClient: Sendable {
  public let server: SMTPServer

  /// Connects to nothing and loads nothing until the first mail.
  public init(server: SMTPServer) {
    self.server = server
  }

  /// Sends one mail and returns the server's answer to it, such as `250 2.0.0 Ok: queued as 4F1`.
  ///
  /// Once it returns, the server has taken the mail. After a temporary error it is unknown whether
  /// it did, which is why a retry must keep the message's identifier.
  public func send(_ message: Message) async throws(MailerError) -> String {
    throw MailerError(kind: .temporary, message: "not there yet")
  }

  /// Refuses what waits and what comes; the mail being sent has five seconds to finish.
  public func stop() {}
}
