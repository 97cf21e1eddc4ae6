import Store

/// Mailed links that verify an address or allow choosing a password, each for one purpose.
struct AccountLinks: Sendable {
  /// Validity of a verification link: 48 hours.
  static let verificationHours: Int64 = 48
  /// Validity of a link for choosing a new password: 60 minutes.
  static let resetMinutes: Int64 = 60
  /// Maximum number of valid reset links at a time, so that nobody can flood someone else's mailbox.
  static let mostResets: Int64 = 5

  let site: Site
  let outbox: Outbox

  /// Mails a link that verifies the pending address, or else the account's own.
  func sendVerification(to account: Account, in tx: Transaction) throws {
    let token = Token(for: .verifyEmail)
    try Self.insert(token, "verify-email", account, lasting: Self.verificationHours * 3600 * 1000, in: tx)
    let link = "\(site.publicURL)/verify-email?token=\(token.text)"
    try outbox.enqueue(
      .verifyEmail(name: account.name, link: link, hours: Int(Self.verificationHours)), to: account,
      at: account.pendingEmail, in: tx)
  }

  /// Mails a link for choosing a new password, unless the maximum number is valid already.
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
