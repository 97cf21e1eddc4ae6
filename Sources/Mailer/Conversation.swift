/// The stage of an SMTP session: what the server's last reply refers to.
enum Conversation: Sendable {
  case greeting, hello, login, sender, recipient, content

  /// The stage after a command; nil when it does not change. Unknown commands are part of the login.
  static func after(_ command: some Collection<UInt8>) -> Conversation? {
    switch String(decoding: command.prefix(4), as: UTF8.self).uppercased() {
    case "EHLO", "HELO", "STAR": .hello
    case "MAIL": .sender
    case "RCPT": .recipient
    case "DATA": .content
    case "QUIT", "RSET", "NOOP": nil
    default: .login
    }
  }

  /// Whether a refusal (5xx) concerns the recipient. In RFC 3463, 5.1 and 5.2 mean address and mailbox, 5.7
  /// the policy against the sender; servers without such codes write that they do not relay.
  func refusesRecipient(_ answer: String) -> Bool {
    guard self == .recipient else { return false }
    let words = answer.lowercased().utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x2D })
    if words.dropFirst().first?.starts(with: Array("5.7.".utf8)) == true { return false }
    return !words.contains { $0.starts(with: Array("relay".utf8)) }
  }
}
