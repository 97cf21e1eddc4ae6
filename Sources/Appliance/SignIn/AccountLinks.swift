import Store

/// The links that prove something by being opened, each in a mail and good for one purpose.
struct AccountLinks: Sendable {
  /// A verification link works this long: 48 hours.
  static let verificationHours: Int64 = 48
  /// A link to choose a new password works this long: 60 minutes.
  static let resetMinutes: Int64 = 60
  /// So many of them may be valid at a time, so that nobody fills a stranger's mailbox.
  static let mostResets: Int64 = 5

  let site: Site
  let outbox: Outbox

  /// Mails the link that proves an address: the new one that waits, else the account's own.
  func sendVerification(to account: Account, in tx: Transaction) throws {
    let token = Token(for: .verifyEmail)
    try Self.insert(token, "verify-email", account, lasting: Self.verificationHours * 3600 * 1000, in: tx)
    let link = "\(site.publicURL)/verify-email?token=\(token.text)"
    try outbox.enqueue(
      .verifyEmail(name: account.name, link: link, hours: Int(Self.verificationHours)), to: account,
      at: account.pendingEmail, in: tx)
  }

  /// Mails the link that lets a person choose a new password, unless enough of them are on their way.
  func sendReset(to account: Account, in tx: Transaction) throws {
    let valid = try tx.scalar(
      "SELECT count(*) FROM tokens WHERE user_id = ? AND purpose = 'reset-password' AND expires_at > ?",
      account.id, tx.now)
    guard valid ?? 0 < Self.mostResets else { return }
    let token = Token(for: .resetPassword)
    try Self.insert(token, "reset-password", account, lasting: Self.resetMinutes * 60 * 1000, in: tx)
    let link = "\(site.publicURL)/reset-password?token=\(token.text)"
    try outbox.enqueue(
      .passwordReset(name: account.name, link: link, minutes: Int(Self.resetMinutes)), to: account, in: tx)
  }

  private static func insert(
    _ token: Token, _ purpose: String, _ account: Account, lasting milliseconds: Int64, in tx: Transaction
  ) throws {
    try tx.execute(
      "INSERT INTO tokens (hash, purpose, user_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
      token.hash, purpose, account.id, tx.now, tx.now + milliseconds)
  }
}
