import HTTP
import Store

/// What a person may change of themselves, and their password.
struct ProfileFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  var routes: [Route] {
    let words = Schema.object([
      ("currentPassword", .string, required: true), ("newPassword", .string, required: true),
    ])
    return [
      .put(
        "/api/profile", .signedIn, "Edit your profile", request: ProfileChange.schema, change),
      .patch(
        "/api/profile", .signedIn, "Edit your profile", request: ProfileChange.schema, change),
      .put(
        "/api/profile/password", .signedIn, "Change your password; ends your other sessions",
        request: words, changePassword),
    ]
  }

  private func change(_ request: Request) async throws -> Response {
    let id = try request.interactive().account.id
    let change = try ProfileChange(try request.json())
    let key = "new-address:\(id)"
    if change.email != nil { try appliance.attempts.check(key) }
    let (account, isAsked) = try await appliance.database.write { [appliance] tx in
      guard let before = try Account.find(id, in: tx) else { throw Failure.unauthenticated }
      try tx.execute(
        """
        UPDATE users SET name = ?, department = ?, position = ?, phone = ?, avatar = ?, updated_at = ?
        WHERE id = ?
        """, change.name ?? before.name, change.department ?? before.department,
        change.position ?? before.position, change.phone ?? before.phone, change.avatar ?? before.avatar,
        tx.now, id)
      let isAsked =
        try change.email.map { try Self.ask(for: $0, before, request, appliance, in: tx) } ?? false
      try appliance.sessions.refresh(id, in: tx)
      guard let after = try Account.find(id, in: tx) else { throw Failure.unauthenticated }
      return (after, isAsked)
    }
    if isAsked { appliance.attempts.fail(key, free: 5) }
    return .json { json in
      json.beginObject()
      json.field("success", true)
      account.writeFields(to: &json)
      account.writeNested(to: &json)
      json.endObject()
    }
  }

  /// Lets a new address wait until its link is opened; the old one stays in use. True where a mail left.
  private static func ask(
    for email: String, _ account: Account, _ request: Request, _ appliance: Appliance, in tx: Transaction
  ) throws -> Bool {
    let isOwn = account.email?.lowercased() == email
    if !isOwn, try tx.scalar("SELECT 1 FROM users WHERE email = ? AND id <> ?", email, account.id) != nil {
      throw NewAccount.emailTaken
    }
    let wanted = isOwn ? nil : email
    if wanted == account.pendingEmail?.lowercased() && wanted == nil { return false }
    try tx.execute("UPDATE users SET pending_email = ? WHERE id = ?", wanted, account.id)
    // A link that was sent to another address must not prove this one.
    try tx.execute("DELETE FROM tokens WHERE user_id = ? AND purpose = 'verify-email'", account.id)
    guard wanted != nil, let waiting = try Account.find(account.id, in: tx) else { return false }
    try AccountLinks.sendVerification(to: waiting, appliance, in: tx)
    try appliance.outbox.enqueue(.addressChanging(name: account.name, address: email), to: account, in: tx)
    try Audit.record(
      .userChanged, actor: account, subject: account, request: request, details: "e-mail asked for",
      in: tx)
    return true
  }

  private func changePassword(_ request: Request) async throws -> Response {
    let signedIn = try request.interactive()
    let account = signedIn.account
    let body = try request.json()
    let new = body["newPassword"]?.string ?? ""
    let old = try await Self.prove(body["currentPassword"]?.string ?? "", of: account, request, appliance)
    try Password.check(new, of: account, field: "newPassword")
    let hash = try await appliance.hashed(new, lane: request.place)
    try await appliance.database.write { [appliance] tx in
      let changed = try tx.execute(
        "UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ? AND password_hash = ?",
        hash, tx.now, account.id, old)
      guard changed == 1 else { throw SignInRefusal.wrongPassword }
      try tx.execute("DELETE FROM tokens WHERE user_id = ? AND purpose = 'reset-password'", account.id)
      try appliance.sessions.end(
        ofUser: account.id, except: signedIn.sessionID, reason: .passwordChanged, in: tx)
      try appliance.sessions.endTokens(ofUser: account.id, in: tx)
      try appliance.sessions.refresh(account.id, in: tx)
      try appliance.outbox.enqueue(.passwordChanged(name: account.name), to: account, in: tx)
      try Audit.record(.passwordChanged, actor: account, subject: account, request: request, in: tx)
    }
    return .done(
      Sentence(
        fr: "Mot de passe modifié. Vos autres sessions et vos jetons d’API ont été révoqués.",
        en: "Password changed. Your other sessions and API tokens have been revoked."), for: request)
  }

  /// Checks the password of somebody who is signed in, and answers the stored hash. Throws 400
  /// `WRONG_PASSWORD`, and 429 where it was guessed too often.
  static func prove(
    _ password: String, of account: Account, _ request: Request, _ appliance: Appliance
  ) async throws -> String {
    let stored = try await appliance.database.read { connection in
      try connection.first(
        "SELECT password_hash FROM users WHERE id = ?", account.id, map: { $0.optionalText(0) })
    }
    let attempts = SignInAttempts(
      appliance.attempts, scope: "own-password", login: account.username, user: account.id,
      address: request.peerAddress)
    return try await attempts.hold(failingOn: { $0.code == SignInRefusal.wrongPassword.code }) {
      guard let hash = stored ?? nil, try await appliance.isRight(password, for: hash, lane: request.place)
      else {
        throw SignInRefusal.wrongPassword
      }
      return hash
    }
  }
}
