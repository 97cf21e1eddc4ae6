import HTTP
import Store

/// A link, sent by mail, by which a person chooses a password. Only the newest one works.
struct PasswordLink: Sendable {
  /// How long an invitation works.
  static let invitationDays = 7
  /// How long a link that an administrator sends works.
  static let resetHours = 24

  let site: Site
  let outbox: Outbox

  /// Invites somebody who has no password yet. Throws 409 where there is no address to write to.
  func invite(_ account: Account, by actor: Account, in tx: Transaction) throws {
    let link = try make(for: account, hours: Self.invitationDays * 24, in: tx)
    try outbox.enqueue(
      .invitation(
        name: account.name, username: account.username, link: link, days: Self.invitationDays, by: actor.name),
      to: account, in: tx)
  }

  /// Lets somebody choose another password; the present one works until then.
  func reset(_ account: Account, by actor: Account, in tx: Transaction) throws {
    let link = try make(for: account, hours: Self.resetHours, in: tx)
    try outbox.enqueue(
      .passwordResetByAdmin(name: account.name, link: link, hours: Self.resetHours, by: actor.name),
      to: account, in: tx)
  }

  /// Ends every link that was mailed to a person.
  static func revoke(_ user: Int64, in tx: Transaction) throws {
    try tx.execute("DELETE FROM tokens WHERE user_id = ?", user)
  }

  private func make(for account: Account, hours: Int, in tx: Transaction) throws -> String {
    guard account.email != nil else { throw Self.noAddress }
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
