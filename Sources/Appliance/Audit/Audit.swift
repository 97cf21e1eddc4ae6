import HTTP
import Store

/// The audit log. Entries are written in the transaction of the action, so that both are stored or neither.
///
/// Triggers of the table refuse every update except counting repetitions, and every deletion within a year.
/// Entries must not contain secrets.
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
    case quotaChanged = "quota_changed"
    case categoryChanged = "category_changed"
    case channelCreated = "channel_created"
    case channelChanged = "channel_changed"
    case channelMembers = "channel_members"
    case channelDeleted = "channel_deleted"
    case channelExported = "channel_exported"
    case machineCreated = "machine_created"
    case machineDeleted = "machine_deleted"
    case consoleOpened = "console_opened"
    /// By an admin, of a machine of somebody else.
    case consoleWatched = "console_watched"
    case consoleClosed = "console_closed"
    case resourceCreated = "resource_created"
    case resourceChanged = "resource_changed"
    case resourceDeleted = "resource_deleted"
    case resourceRestored = "resource_restored"
    case courseExported = "course_exported"
    case courseImported = "course_imported"
    case systemSettingsChanged = "system_settings_changed"
    case backupRequested = "backup_requested"
    case backupDeleted = "backup_deleted"
    case demoReset = "demo_reset"
    case demoRemoved = "demo_removed"
    case setup
  }

  enum Outcome: String, Sendable { case ok, refused }

  /// The object of an action.
  struct Subject: Sendable {
    let type: String
    let id: Int64?
    let name: String

    static let none = Subject(type: "", id: nil, name: "")

    static func user(_ account: Account) -> Subject {
      Subject(type: "user", id: account.id, name: account.name)
    }
  }

  /// Records an action on a person, or on no object.
  static func record(
    _ action: Action, actor: Account?, subject: Account? = nil, request: Request?, outcome: Outcome = .ok,
    code: String = "", details: String = "", in tx: Transaction
  ) throws {
    try record(
      action, actor: actor, on: subject.map(Subject.user) ?? .none, request: request, outcome: outcome,
      code: code, details: details, in: tx)
  }

  /// Records an action on any object.
  static func record(
    _ action: Action, actor: Account?, on subject: Subject, request: Request?, outcome: Outcome = .ok,
    code: String = "", details: String = "", in tx: Transaction
  ) throws {
    try record(
      action, actor: actor, on: subject, from: request?.peerAddress ?? "", outcome: outcome, code: code,
      details: details, in: tx)
  }

  /// The same for an action after its request has ended; `address` is the address of that request.
  static func record(
    _ action: Action, actor: Account?, on subject: Subject, from address: String, outcome: Outcome = .ok,
    code: String = "", details: String = "", in tx: Transaction
  ) throws {
    let line = AuditLine(
      actor: actor?.id, action: action, subject: subject, name: subject.name.prefix(utf8: 200),
      address: address,
      outcome: outcome, code: code, details: details.prefix(utf8: 500))
    if try line.isCounted(in: tx) { return }
    try tx.execute(
      """
      INSERT INTO audit (at, actor_id, actor_name, action, subject_type, subject_id, subject_name, address,
        outcome, code, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, tx.now, actor?.id, (actor?.name ?? "").prefix(utf8: 200), action.rawValue, subject.type,
      subject.id, line.name,
      address, outcome.rawValue, code, line.details)
  }
}
