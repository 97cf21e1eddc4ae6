import HTTP
import Store

/// A mailed link for choosing a password. Only the newest one is valid.
struct PasswordLink: Sendable {
  /// Validity of an invitation in days.
  static let invitationDays = 7
  /// Validity in hours of a link sent by an administrator.
  static let resetHours = 24

  let site: Site
  let outbox: Outbox

  /// Invites a person without a password. Throws 409 when they have no e-mail address.
  func invite(_ account: Account, by actor: Account, in tx: Transaction) throws {
    let link = try make(for: account, hours: Self.invitationDays * 24, in: tx)
    try outbox.enqueue(
      .invitation(
        name: account.name, username: account.username, link: link, days: Self.invitationDays, by: actor.name),
      to: account, in: tx)
  }

  /// Mails a link for choosing a new password; the current one stays valid until then.
  func reset(_ account: Account, by actor: Account, in tx: Transaction) throws {
    let link = try make(for: account, hours: Self.resetHours, in: tx)
    try outbox.enqueue(
      .passwordResetByAdmin(name: account.name, link: link, hours: Self.resetHours, by: actor.name),
      to: account, in: tx)
  }

  /// Invalidates all links mailed to a person.
  static func revoke(_ user: Int64, in tx: Transaction) throws {
    try tx.execute("DELETE FROM tokens WHERE user_id = ?", user)
  }

  private func make(for account: Account, hours: Int, in tx: Transaction) throws -> String {
    guard account.email != nil else { throw Self.noAddress }
    return try link(for: account, hours: hours, in: tx)
  }

  /// A link to be handed over, which is not mailed.
  func link(for account: Account, hours: Int, in tx: Transaction) throws -> String {
    let token = Token(for: .resetPassword)
    try tx.execute("DELETE FROM tokens WHERE user_id = ? AND purpose = 'reset-password'", account.id)
    try tx.execute(
      "INSERT INTO tokens (hash, purpose, user_id, created_at, expires_at) VALUES (?, 'reset-password', ?, ?, ?)",
      token.hash, account.id, tx.now, tx.now + Int64(hours) * 3600 * 1000)
    return "\(site.publicURL)/reset-password?token=\(token.text)"
  }

  private static let noAddress = Failure(
    409, "NO_EMAIL",
    Sentence(
      fr: "Cet utilisateur n’a pas d’adresse e-mail. Ajoutez-en une d’abord.",
      en: "This user has no email address. Add one first."))
}
