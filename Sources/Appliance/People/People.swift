import HTTP
import Store

/// Administration of people. Each change is one transaction with its audit entry.
struct People: Sendable {
  static let right = Permission.manageUsers.rawValue

  let site: Site
  let database: Database
  let sessions: Sessions
  let passwords: Passwords
  let outbox: Outbox
  let notifications: Notifications
  let links: PasswordLink
  let deletion: PersonDeletion

  /// Creates an account, with the given password or else with an invitation by mail.
  func create(_ request: Request) async throws -> Account {
    let body = try request.json()
    var new = NewAccount(body, language: request.language)
    let changes = try PersonChanges(body)
    let isInvited = new.password.isEmpty
    if let word = body["language"]?.string.flatMap(Language.init) { new.language = word }
    new.role = changes.role ?? .employee
    try new.check(needsEmail: isInvited, needsUsername: new.email == nil, needsPassword: !isInvited)
    let hash = isInvited ? nil : try await passwords.hashed(new.password)
    return try await database.change(.userCreated, on: nil, by: request) { [new, self] tx in
      let actor = try Privilege.actor(request, right: Self.right, in: tx)
      if new.role != .employee { try Privilege.checkGivesRoles(actor) }
      try Self.check(actor, puts: changes.category, in: tx)
      let made = try new.insert(hash: hash, in: tx)
      try changes.write(to: made, by: actor, in: tx)
      guard let account = try Account.find(made.id, in: tx) else { throw Failure.notFound }
      try Audit.record(
        .userCreated, actor: actor, subject: account, request: request, details: account.role.rawValue, in: tx
      )
      if isInvited {
        try links.invite(account, by: actor, in: tx)
        try Audit.record(.userInvited, actor: actor, subject: account, request: request, in: tx)
      }
      try sessions.refresh(account.id, in: tx)
      return account
    }
  }

  /// Changes the fields in a body, including role and activity where permitted.
  func change(_ id: Int64, _ changes: PersonChanges, _ request: Request) async throws -> Account {
    try await act(.userChanged, on: id, request) { [self] subject, actor, tx in
      let newRole = changes.role == subject.role ? nil : changes.role
      let newActivity = changes.isActive == subject.isActive ? nil : changes.isActive
      if newRole != nil || newActivity == false { try Privilege.checkNotSelf(subject.id, request) }
      if newRole != nil || newActivity == false { try Privilege.checkNotLastAdmin(subject, in: tx) }
      let actor = try actor()
      if newRole != nil { try Privilege.checkGivesRoles(actor) }
      if newActivity == true, try PersonDeletion.unfinished(of: subject.id, in: tx) != nil {
        throw Self.beingDeleted
      }
      if changes.category.id != subject.categoryID {
        try Self.check(actor, puts: changes.category, in: tx)
      }
      try changes.write(to: subject, by: actor, in: tx)
      try sessions.refresh(subject.id, in: tx)
      let fields = changes.changedFields(of: subject)
      func record(_ action: Audit.Action, _ details: String) throws {
        try Audit.record(
          action, actor: actor, subject: subject, request: request, details: details, in: tx)
      }
      if !fields.isEmpty { try record(.userChanged, fields.joined(separator: ", ")) }
      if let newRole { try record(.roleChanged, "\(subject.role.rawValue) → \(newRole.rawValue)") }
      if let newActivity { try record(newActivity ? .userActivated : .userDeactivated, "") }
    }
  }

  /// Approves a registration.
  func approve(_ id: Int64, _ request: Request) async throws -> Account {
    try await act(.userApproved, on: id, request) { [self] subject, actor, tx in
      let actor = try actor()
      guard !subject.isApproved else { return }
      try tx.execute("UPDATE users SET is_approved = 1, updated_at = ? WHERE id = ?", tx.now, subject.id)
      try sessions.refresh(subject.id, in: tx)
      try outbox.enqueue(
        .accountApproved(name: subject.name, link: site.publicURL), to: subject, in: tx)
      try notifications.settle(Notifications.person(subject.id), in: tx)
      try Audit.record(.userApproved, actor: actor, subject: subject, request: request, in: tx)
    }
  }

  /// Sends the invitation again; the earlier link becomes invalid.
  func invite(_ id: Int64, _ request: Request) async throws -> Account {
    try await act(.userInvited, on: id, request) { [self] subject, actor, tx in
      let actor = try actor()
      guard try !Self.hasPassword(subject.id, in: tx) else { throw Self.alreadyJoined }
      try links.invite(subject, by: actor, in: tx)
      try Audit.record(.userInvited, actor: actor, subject: subject, request: request, in: tx)
    }
  }

  /// Mails a link for choosing a new password.
  func resetPassword(_ id: Int64, _ request: Request) async throws -> Account {
    _ = try request.interactive()
    return try await act(.passwordResetRequested, on: id, request) { [self] subject, actor, tx in
      let actor = try actor()
      try links.reset(subject, by: actor, in: tx)
      try Audit.record(.passwordResetRequested, actor: actor, subject: subject, request: request, in: tx)
    }
  }

  /// Sets another person's password and ends their sessions.
  func setPassword(_ id: Int64, _ password: String, _ request: Request) async throws -> Account {
    _ = try request.interactive()
    try Privilege.checkNotSelf(id, request)
    let person = try await database.read { try Account.find(id, in: $0) }
    guard let person else { throw Failure.notFound }
    if let problem = Password.problem(password, person: [person.name, person.username, person.email ?? ""]) {
      throw Failure.invalid([FieldError("newPassword", problem.code, problem.sentence)])
    }
    let hash = try await passwords.hashed(password)
    return try await act(.passwordChanged, on: id, request) { [self] subject, actor, tx in
      let actor = try actor()
      try tx.execute(
        "UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ?", hash, tx.now, subject.id)
      try PasswordLink.revoke(subject.id, in: tx)
      try sessions.end(ofUser: subject.id, reason: .passwordChanged, in: tx)
      try sessions.endTokens(ofUser: subject.id, in: tx)
      try outbox.enqueue(.passwordChanged(name: subject.name), to: subject, in: tx)
      try sessions.refresh(subject.id, in: tx)
      try Audit.record(.passwordChanged, actor: actor, subject: subject, request: request, in: tx)
    }
  }

  /// Deactivates the person at once; a job then deletes their machines and the account.
  func delete(_ id: Int64, _ request: Request) async throws -> (Account, Job) {
    try await database.change(.userDeleted, on: id, by: request) { [self] tx in
      guard let subject = try Account.find(id, in: tx) else { throw Failure.notFound }
      try Privilege.checkNotSelf(id, request)
      try Privilege.checkNotLastAdmin(subject, in: tx)
      let actor = try Privilege.actor(request, right: Self.right, in: tx)
      try Privilege.check(actor, actsOn: subject)
      if let job = try PersonDeletion.unfinished(of: id, in: tx) { return (subject, job) }
      try tx.execute("UPDATE users SET is_active = 0, updated_at = ? WHERE id = ?", tx.now, id)
      try sessions.refresh(id, in: tx)
      if subject.isActive {
        try Audit.record(.userDeactivated, actor: actor, subject: subject, request: request, in: tx)
      }
      let job = try deletion.enqueue(subject, by: actor, request, in: tx)
      return (subject, job)
    }
  }

  /// Runs `body` with the person and a function that returns the requesting account. Permission is checked
  /// only when `body` calls that function, so that more informative errors can be thrown before.
  private func act(
    _ action: Audit.Action, on id: Int64, _ request: Request,
    _ body: @escaping @Sendable (Account, () throws -> Account, Transaction) throws -> Void
  ) async throws -> Account {
    try await database.change(action, on: id, by: request) { tx in
      guard let subject = try Account.find(id, in: tx) else { throw Failure.notFound }
      let actor = {
        let actor = try Privilege.actor(request, right: Self.right, in: tx)
        try Privilege.check(actor, actsOn: subject)
        return actor
      }
      try body(subject, actor, tx)
      guard let changed = try Account.find(id, in: tx) else { throw Failure.notFound }
      return changed
    }
  }

  /// Throws 400 for an unknown category, 403 when it grants permissions that `actor` lacks.
  private static func check(_ actor: Account, puts category: Reference, in tx: Transaction) throws {
    guard let id = category.id else { return }
    guard let words = try EmployeeCategories.permissions(of: id, in: tx) else {
      throw EmployeeCategories.unknown
    }
    try Privilege.check(actor, gives: words)
  }

  private static func hasPassword(_ id: Int64, in tx: Transaction) throws -> Bool {
    try tx.scalar("SELECT 1 FROM users WHERE id = ? AND password_hash IS NOT NULL", id) != nil
  }

  private static let alreadyJoined = Failure(
    409, "ALREADY_JOINED",
    Sentence(
      fr: "Cet utilisateur a déjà activé son compte.", en: "This user has already activated their account."))

  private static let beingDeleted = Failure(
    409, "BEING_DELETED",
    Sentence(fr: "Ce compte est en cours de suppression.", en: "This account is being deleted."))
}
