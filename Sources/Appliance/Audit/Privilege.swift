import HTTP
import Store

/// Rules on who may act on whom, which keep delegated rights from being used to gain more.
enum Privilege {
  /// The requesting account as of this transaction. Throws 403 when the right was revoked meanwhile.
  static func actor(_ request: Request, right: String, in tx: Transaction) throws -> Account {
    guard let account = try Account.find(try request.account().id, in: tx), account.isActive,
      account.has(right: right)
    else { throw Failure.forbidden }
    return account
  }

  /// Throws 403 when `subject` has a right that `actor` lacks: whoever can change that person's address or
  /// password could sign in as them.
  static func check(_ actor: Account, actsOn subject: Account) throws(Failure) {
    guard actor.role != .admin else { return }
    guard subject.role == .employee || subject.role == actor.role, subject.role != .admin,
      subject.rights.isSubset(of: actor.rights)
    else { throw Failure.higherRights }
  }

  /// Throws 403 when `actor` would grant or revoke rights that they do not have.
  static func check(_ actor: Account, gives rights: Set<String>) throws(Failure) {
    guard actor.role == .admin || rights.isSubset(of: actor.rights) else { throw Failure.higherRights }
  }

  /// Throws 403 when someone other than an admin would change a role.
  static func checkGivesRoles(_ actor: Account) throws(Failure) {
    guard actor.role == .admin else { throw Failure.higherRights }
  }

  /// Throws 409 when no active admin would be left.
  static func checkNotLastAdmin(_ subject: Account, in tx: Transaction) throws {
    guard subject.role == .admin, subject.isActive else { return }
    let others = try tx.scalar(
      "SELECT 1 FROM users WHERE role = 'admin' AND is_active = 1 AND is_approved = 1 AND id <> ? LIMIT 1",
      subject.id)
    guard others != nil else { throw Failure.lastAdmin }
  }

  static func checkNotSelf(_ subject: Int64, _ request: Request) throws(Failure) {
    if try request.account().id == subject { throw Failure.oneself }
  }
}

extension Database {
  /// Makes a change in one transaction. When permission is denied, the attempt is recorded in the audit log.
  func change<T: Sendable>(
    _ action: Audit.Action, on subject: Int64?, by request: Request,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    do {
      return try await write(body)
    } catch let failure as Failure where failure.status == 403 || failure.code == "LAST_ADMIN" {
      let actor = try request.account()
      try await write { tx in
        try Audit.record(
          action, actor: actor, subject: try subject.flatMap { try Account.find($0, in: tx) },
          request: request, outcome: .refused, code: failure.code, in: tx)
      }
      throw failure
    }
  }
}
