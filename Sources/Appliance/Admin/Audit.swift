import HTTP
import Store

/// Who did what: written in the transaction that does it, so that neither is there without the other.
///
/// The table refuses every change, and every deletion within a year. Nothing secret belongs in it.
enum Audit {
  enum Action: String, Sendable, CaseIterable {
    case signIn = "sign_in"
    case signInRefused = "sign_in_refused"
    case signOut = "sign_out"
    case takeover
    case register
    case verifyEmail = "verify_email"
    case passwordChanged = "password_changed"
    case passwordResetRequested = "password_reset_requested"
    case passwordReset = "password_reset"
    case sessionEnded = "session_ended"
    case tokenCreated = "token_created"
    case tokenDeleted = "token_deleted"
    case totpEnabled = "totp_enabled"
    case totpDisabled = "totp_disabled"
    case userCreated = "user_created"
    case userInvited = "user_invited"
    case userApproved = "user_approved"
    case userChanged = "user_changed"
    case roleChanged = "role_changed"
    case userDeactivated = "user_deactivated"
    case userActivated = "user_activated"
    case userDeleted = "user_deleted"
    case permissionGranted = "permission_granted"
    case permissionRevoked = "permission_revoked"
    case categoryChanged = "category_changed"
    case channelCreated = "channel_created"
    case channelChanged = "channel_changed"
    case channelMembers = "channel_members"
    case channelDeleted = "channel_deleted"
    case channelExported = "channel_exported"
    case machineCreated = "machine_created"
    case machineDeleted = "machine_deleted"
    case setup
  }

  enum Outcome: String, Sendable { case ok, refused }

  /// What something was done to.
  struct Subject: Sendable {
    let type: String
    let id: Int64?
    let name: String

    static let none = Subject(type: "", id: nil, name: "")

    static func user(_ account: Account) -> Subject {
      Subject(type: "user", id: account.id, name: account.name)
    }

    static func machine(_ machine: Machine) -> Subject {
      Subject(type: "machine", id: machine.id, name: machine.name)
    }
  }

  /// Of refusals, so many are kept of each address in a minute, and in a day in all; beyond that one a
  /// minute, so that a flood is seen but does not fill the disk.
  static let refusalsPerAddress = 5
  static let refusalsPerDay = 1000

  /// Writes what was done to a person, or to nobody.
  static func record(
    _ action: Action, actor: Account?, subject: Account? = nil, request: Request?, outcome: Outcome = .ok,
    code: String = "", details: String = "", in tx: Transaction
  ) throws {
    try record(
      action, actor: actor, on: subject.map(Subject.user) ?? .none, request: request, outcome: outcome,
      code: code, details: details, in: tx)
  }

  /// Writes what was done to anything.
  static func record(
    _ action: Action, actor: Account?, on subject: Subject, request: Request?, outcome: Outcome = .ok,
    code: String = "", details: String = "", in tx: Transaction
  ) throws {
    try record(
      action, actor: actor, on: subject, from: request?.peerAddress ?? "", outcome: outcome, code: code,
      details: details, in: tx)
  }

  /// The same for what happens after the request that asked for it; `address` is where that came from.
  static func record(
    _ action: Action, actor: Account?, on subject: Subject, from address: String, outcome: Outcome = .ok,
    code: String = "", details: String = "", in tx: Transaction
  ) throws {
    if outcome == .refused, try !isKept(action, from: address, in: tx) { return }
    try tx.execute(
      """
      INSERT INTO audit (at, actor_id, actor_name, action, subject_type, subject_id, subject_name, address,
        outcome, code, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, tx.now, actor?.id, actor?.name ?? "", action.rawValue, subject.type, subject.id,
      String(subject.name.prefix(200)), address, outcome.rawValue, code, String(details.prefix(500)))
  }

  private static func isKept(_ action: Action, from address: String, in tx: Transaction) throws -> Bool {
    let minute = tx.now - 60_000
    let times = try tx.query(
      "SELECT at, address FROM audit WHERE action = ? ORDER BY id DESC LIMIT 100", action.rawValue
    ) { row in (at: row.int64(0), address: row.text(1)) }
    let recent = times.filter { $0.at > minute }
    if recent.isEmpty { return true }
    guard recent.count(where: { $0.address == address }) < refusalsPerAddress else { return false }
    let oldest = try tx.scalar(
      "SELECT at FROM audit WHERE action = ? ORDER BY id DESC LIMIT 1 OFFSET ?", action.rawValue,
      refusalsPerDay - 1)
    return (oldest ?? .min) <= tx.now - 24 * 3600 * 1000
  }
}
