import HTTP
import Store

/// Lets people in again who cannot sign in, from the command line. All of it is in the audit log.
struct Rescue: Sendable {
  /// Validity of a printed link in hours.
  private static let linkHours = 1
  /// The details of the audit log, which has no actor for a command.
  private static let place = "command line"

  let database: Database
  let vault: Vault
  let sessions: Sessions
  let passwords: Passwords
  let attempts: AttemptLimiter
  let outbox: Outbox
  let links: PasswordLink

  /// Sets the given password and ends the person's sessions; without one returns a link for choosing it.
  func resetPassword(_ question: JSONValue) async throws -> CommandAnswer {
    let login = Self.login(question)
    guard let password = question["password"]?.string else { return try await link(for: login) }
    let account = try await database.read { try Self.account(login, in: $0) }
    try Password.check(password, of: account, field: "password-stdin")
    let hash = try await passwords.hashed(password)
    try await database.write { [self] tx in
      let account = try Self.account(login, in: tx)
      try tx.execute(
        "UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ?", hash, tx.now, account.id)
      try PasswordLink.revoke(account.id, in: tx)
      try sessions.end(ofUser: account.id, reason: .passwordChanged, in: tx)
      try sessions.endTokens(ofUser: account.id, in: tx)
      try sessions.refresh(account.id, in: tx)
      try outbox.enqueue(.passwordChanged(name: account.name), to: account, in: tx)
      try Audit.record(
        .passwordChanged, actor: nil, subject: account, request: nil, details: Self.place, in: tx)
    }
    forgive(account)
    return CommandAnswer(
      ["password of \(account.username) changed; all sessions ended"] + Self.hints(account))
  }

  private func link(for login: String) async throws -> CommandAnswer {
    let (account, link) = try await database.write { [links] tx in
      let account = try Self.account(login, in: tx)
      guard account.isActive else { throw Self.deactivated }
      let link = try links.link(for: account, hours: Self.linkHours, in: tx)
      try Audit.record(
        .passwordResetRequested, actor: nil, subject: account, request: nil, details: Self.place, in: tx)
      return (account, link)
    }
    return CommandAnswer([
      "Link for choosing a new password of \(account.username), valid for one hour:", "  \(link)",
    ])
  }

  /// Activates a deactivated account, and ends the waits after failed sign-ins.
  func unlock(_ question: JSONValue) async throws -> CommandAnswer {
    let login = Self.login(question)
    let account = try await database.write { [sessions] tx in
      let account = try Self.account(login, in: tx)
      guard try PersonDeletion.unfinished(of: account.id, in: tx) == nil else { throw Self.beingDeleted }
      if !account.isActive {
        try tx.execute("UPDATE users SET is_active = 1, updated_at = ? WHERE id = ?", tx.now, account.id)
        try sessions.refresh(account.id, in: tx)
      }
      try Audit.record(
        .userActivated, actor: nil, subject: account, request: nil, details: Self.place, in: tx)
      return account
    }
    forgive(account)
    let done = account.isActive ? "waits after failed sign-ins ended" : "activated"
    return CommandAnswer(["\(account.username): \(done)"] + (account.isApproved ? [] : [Self.notApproved]))
  }

  func disableTOTP(_ question: JSONValue) async throws -> CommandAnswer {
    let login = Self.login(question)
    let account = try await database.write { [vault, sessions] tx in
      let account = try Self.account(login, in: tx)
      guard account.hasTOTP else { throw Self.noTOTP }
      try SecondStep(vault: vault, user: account.id).remove(in: tx)
      try sessions.refresh(account.id, in: tx)
      try Audit.record(
        .totpDisabled, actor: nil, subject: account, request: nil, details: Self.place, in: tx)
      return account
    }
    forgive(account)
    return CommandAnswer(["two-step sign-in of \(account.username) turned off"])
  }

  private func forgive(_ account: Account) {
    let names = [account.username, account.email ?? ""].map { $0.composed.trimmed().lowercased() }
    attempts.forgive(names.filter { !$0.isEmpty } + ["#\(account.id)"])
  }

  private static func login(_ question: JSONValue) -> String {
    (question["username"]?.string ?? "").composed.trimmed()
  }

  private static func account(_ login: String, in connection: Connection) throws -> Account {
    guard let account = try Account.find(login: login, in: connection) else { throw unknown(login) }
    return account
  }

  private static func hints(_ account: Account) -> [String] {
    (account.isActive ? [] : ["The account is deactivated: “obox user unlock” activates it."])
      + (account.isApproved ? [] : [notApproved])
      + (account.hasTOTP ? ["Two-step sign-in stays on: “obox user disable-totp” turns it off."] : [])
  }

  private static let notApproved = "The account awaits approval by an administrator (Accounts)."
}

extension Rescue {
  private static func unknown(_ login: String) -> Failure {
    refusal(
      "NOT_FOUND",
      Sentence(
        fr: "aucun compte « \(login) » ; obox user list les affiche",
        en: "no account “\(login)”; obox user list shows them"))
  }

  private static let deactivated = refusal(
    "DEACTIVATED",
    Sentence(
      fr: "ce compte est désactivé : activez-le avec obox user unlock",
      en: "this account is deactivated: activate it with obox user unlock"))

  private static let beingDeleted = refusal(
    "BEING_DELETED",
    Sentence(fr: "ce compte est en cours de suppression", en: "this account is being deleted"))

  private static let noTOTP = refusal(
    "TOTP_NOT_ENABLED",
    Sentence(
      fr: "la connexion en deux étapes de ce compte n’est pas activée",
      en: "two-step sign-in of this account is not on"))

  /// A refusal that names the option.
  private static func refusal(_ code: String, _ sentence: Sentence) -> Failure {
    .invalid([FieldError("username", code, sentence)])
  }
}
