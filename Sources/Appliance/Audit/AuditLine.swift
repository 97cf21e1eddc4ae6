import Store

/// An entry to be written to the audit log, or to be counted at an existing one, so that a flood of entries
/// cannot fill the disk.
///
/// An identical entry soon after the last one is counted there. For actions that people can repeat without
/// special rights, and for refusals, the number of entries in a period is limited; further ones are counted
/// at the newest entry, whatever their subject, and that entry is marked as mixed.
struct AuditLine: Sendable {
  let actor: Int64?
  let action: Audit.Action
  let subject: Audit.Subject
  let name: String
  let address: String
  let outcome: Audit.Outcome
  let code: String
  let details: String

  /// How long after it was written an entry counts repetitions, in milliseconds.
  static let period: Int64 = 10 * 60_000
  /// Maximum number of entries per person and action in a period.
  static let linesPerActor = 30
  /// Maximum number of refusals per address and minute.
  static let refusalsPerAddress = 5
  static let refusalsPerDay = 1000

  /// Counts this entry at an existing one if possible; returns whether it was counted.
  func isCounted(in tx: Transaction) throws -> Bool {
    if let same = try repeated(in: tx) { return try count(at: same, mixed: false, in: tx) }
    if let newest = try flooded(in: tx) { return try count(at: newest, mixed: true, in: tx) }
    return false
  }

  /// An identical recent entry: the person's last one or, without an account, one of the last 20 of this
  /// action.
  private func repeated(in tx: Transaction) throws -> Int64? {
    let (column, limit) = actor == nil ? ("action", 20) : ("actor_id", 1)
    return try tx.scalar(
      """
      SELECT id FROM (SELECT * FROM audit WHERE \(column) = ? ORDER BY id DESC LIMIT \(limit))
      WHERE at > ? AND actor_id IS ? AND action = ? AND subject_type = ? AND subject_id IS ? AND subject_name = ?
        AND address = ? AND outcome = ? AND code = ? AND details = ? ORDER BY id DESC LIMIT 1
      """,
      arguments: [
        actor ?? action.rawValue, tx.now - Self.period, actor, action.rawValue, subject.type, subject.id,
        name,
        address, outcome.rawValue, code, details,
      ])
  }

  /// The newest entry of a flood that this one belongs to.
  private func flooded(in tx: Transaction) throws -> Int64? {
    if outcome == .refused { return try flood(ofRefusals: tx) }
    guard let actor, action.isOwnDoing else { return nil }
    let lines = try tx.query(
      "SELECT id, at FROM audit WHERE actor_id = ? AND action = ? ORDER BY id DESC LIMIT ?", actor,
      action.rawValue,
      Self.linesPerActor
    ) { (id: $0.int64(0), at: $0.int64(1)) }
    guard lines.count == Self.linesPerActor, let oldest = lines.last, oldest.at > tx.now - Self.period else {
      return nil
    }
    return lines.first?.id
  }

  private func flood(ofRefusals tx: Transaction) throws -> Int64? {
    let lines = try tx.query(
      "SELECT id, at, address FROM audit WHERE action = ? ORDER BY id DESC LIMIT 100", action.rawValue
    ) { (id: $0.int64(0), at: $0.int64(1), address: $0.text(2)) }
    let recent = lines.filter { $0.at > tx.now - 60_000 }
    let here = recent.filter { $0.address == address }
    if here.count >= Self.refusalsPerAddress { return here.first?.id }
    guard let newest = recent.first else { return nil }
    let oldest = try tx.scalar(
      "SELECT at FROM audit WHERE action = ? ORDER BY id DESC LIMIT 1 OFFSET ?", action.rawValue,
      Self.refusalsPerDay - 1)
    return (oldest ?? .min) > tx.now - 24 * 3600 * 1000 ? newest.id : nil
  }

  private func count(at id: Int64, mixed: Bool, in tx: Transaction) throws -> Bool {
    try tx.execute(
      """
      UPDATE audit SET count = count + 1, last_at = max(coalesce(last_at, at), ?), mixed = max(mixed, ?) WHERE id = ?
      """, tx.now, mixed, id) == 1
  }
}

extension Audit.Action {
  /// Whether people can perform the action on their own objects as often as they like, without special
  /// rights. Actions on others are always separate entries.
  var isOwnDoing: Bool {
    switch self {
    case .signIn, .signInRefused, .signOut, .takeover, .passwordChanged, .passwordResetRequested,
      .sessionEnded,
      .tokenCreated, .tokenDeleted, .totpEnabled, .totpDisabled, .channelCreated, .channelChanged,
      .channelMembers,
      .channelDeleted, .channelExported, .machineCreated, .machineDeleted, .consoleOpened, .consoleClosed:
      true
    default: false
    }
  }
}
