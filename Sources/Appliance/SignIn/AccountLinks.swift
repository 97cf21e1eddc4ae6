import Store

/// The links that prove something by being opened, each in a mail and good for one purpose.
enum AccountLinks {
  /// A verification link works this long: 48 hours.
  static let verificationHours: Int64 = 48
  /// A link to choose a new password works this long: 60 minutes.
  static let resetMinutes: Int64 = 60
  /// So many of them may be valid at a time, so that nobody fills a stranger's mailbox.
  static let mostResets: Int64 = 5

  /// Mails the link that proves an address: the new one that waits, else the account's own.
  static func sendVerification(to account: Account, _ appliance: Appliance, in tx: Transaction) throws {
    let token = Token(for: .verifyEmail)
    try insert(token, "verify-email", account, lasting: verificationHours * 3600 * 1000, in: tx)
    let link = "\(appliance.site.publicURL)/verify-email?token=\(token.text)"
    try appliance.outbox.enqueue(
      .verifyEmail(name: account.name, link: link, hours: Int(verificationHours)), to: account,
      at: account.pendingEmail, in: tx)
  }

  /// Mails the link that lets a person choose a new password, unless enough of them are on their way.
  static func sendReset(to account: Account, _ appliance: Appliance, in tx: Transaction) throws {
    let valid = try tx.scalar(
      "SELECT count(*) FROM tokens WHERE user_id = ? AND purpose = 'reset-password' AND expires_at > ?",
      account.id, tx.now)
    guard valid ?? 0 < mostResets else { return }
    let token = Token(for: .resetPassword)
    try insert(token, "reset-password", account, lasting: resetMinutes * 60 * 1000, in: tx)
    let link = "\(appliance.site.publicURL)/reset-password?token=\(token.text)"
    try appliance.outbox.enqueue(
      .passwordReset(name: account.name, link: link, minutes: Int(resetMinutes)), to: account, in: tx)
  }

  private static func insert(
    _ token: Token, _ purpose: String, _ account: Account, lasting milliseconds: Int64, in tx: Transaction
  ) throws {
    try tx.execute(
      "INSERT INTO tokens (hash, purpose, user_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
      token.hash, purpose, account.id, tx.now, tx.now + milliseconds)
  }
}
