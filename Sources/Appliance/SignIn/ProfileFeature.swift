import HTTP
import Store

/// A person's own profile and password.
struct ProfileFeature: Feature {
  let database: Database
  let sessions: Sessions
  let passwords: Passwords
  let attempts: AttemptLimiter
  let outbox: Outbox
  let links: AccountLinks
  let proof: PasswordProof

  var routes: [Route] {
    let words = Schema.members(["currentPassword": .string, "newPassword": .string])
    return [
      .put(
        "/api/profile", .signedIn, "Edit your profile", request: ProfileChange.schema, response: Self.schema,
        change),
      .patch(
        "/api/profile", .signedIn, "Edit your profile", request: ProfileChange.schema, response: Self.schema,
        change),
      .put(
        "/api/profile/password", .signedIn, "Change your password; ends your other sessions",
        request: words, response: .done, changePassword),
    ]
  }

  private static let schema = Schema.success + Account.schema + Account.nestedSchema

  private func change(_ request: Request) async throws -> Response {
    let id = try request.interactive().account.id
    let change = try ProfileChange(try request.json())
    let key = "new-address:\(id)"
    if change.email != nil { try attempts.check(key) }
    let (account, isAsked) = try await database.write { [self] tx in
      guard let before = try Account.find(id, in: tx) else { throw Failure.unauthenticated }
      if let picture = change.avatar, picture != before.avatar {
        try ProfilePicture.attach(picture, to: id, by: before, in: tx)
      }
      try tx.execute(
        """
        UPDATE users SET name = ?, department = ?, position = ?, phone = ?, avatar = ?, updated_at = ?
        WHERE id = ?
        """, change.name ?? before.name, change.department ?? before.department,
        change.position ?? before.position, change.phone ?? before.phone, change.avatar ?? before.avatar,
        tx.now, id)
      let isAsked =
        try change.email.map { try ask(for: $0, before, request, in: tx) } ?? false
      try sessions.refresh(id, in: tx)
      guard let after = try Account.find(id, in: tx) else { throw Failure.unauthenticated }
      return (after, isAsked)
    }
    if isAsked { attempts.fail(key, free: 5) }
    return .json { json in
      json.object { json in
        json.field("success", true)
        account.writeFields(to: &json)
        account.writeNested(to: &json)
      }
    }
  }

  /// Stores a new address as pending until its link is opened; the old one stays in use. Returns true when a
  /// mail was written.
  private func ask(
    for email: String, _ account: Account, _ request: Request, in tx: Transaction
  ) throws -> Bool {
    let isOwn = account.email?.lowercased() == email
    if !isOwn, try tx.scalar("SELECT 1 FROM users WHERE email = ? AND id <> ?", email, account.id) != nil {
      throw NewAccount.emailTaken
    }
    let wanted = isOwn ? nil : email
    if wanted == account.pendingEmail?.lowercased() && wanted == nil { return false }
    try tx.execute("UPDATE users SET pending_email = ? WHERE id = ?", wanted, account.id)
    // A link mailed to an earlier pending address must not verify this one.
    try tx.execute("DELETE FROM tokens WHERE user_id = ? AND purpose = 'verify-email'", account.id)
    guard wanted != nil, let waiting = try Account.find(account.id, in: tx) else { return false }
    try links.sendVerification(to: waiting, in: tx)
    try outbox.enqueue(.addressChanging(name: account.name, address: email), to: account, in: tx)
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
    let old = try await proof.prove(body["currentPassword"]?.string ?? "", of: account, request)
    try Password.check(new, of: account, field: "newPassword")
    let hash = try await passwords.hashed(new, lane: request.place)
    try await database.write { [self] tx in
      let changed = try tx.execute(
        "UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ? AND password_hash = ?",
        hash, tx.now, account.id, old)
      guard changed == 1 else { throw Failure.wrongPassword }
      try tx.execute("DELETE FROM tokens WHERE user_id = ? AND purpose = 'reset-password'", account.id)
      try sessions.end(
        ofUser: account.id, except: signedIn.sessionID, reason: .passwordChanged, in: tx)
      try sessions.endTokens(ofUser: account.id, in: tx)
      try sessions.refresh(account.id, in: tx)
      try outbox.enqueue(.passwordChanged(name: account.name), to: account, in: tx)
      try Audit.record(.passwordChanged, actor: account, subject: account, request: request, in: tx)
    }
    return .done(
      Sentence(
        fr:
          "Mot de passe modifié. Vos autres sessions, vos jetons d’API et l’adresse secrète de votre calendrier ont été révoqués.",
        en: "Password changed. Your other sessions and API tokens have been revoked."), for: request)
  }
}
