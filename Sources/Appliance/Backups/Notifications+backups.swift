import Store

/// Notifications about backups, for administrators.
extension Notifications {
  static func backup(_ kind: BackupRuns.Kind) -> String { "backup:\(kind.rawValue)" }

  func backupFailed(_ kind: BackupRuns.Kind, code: String, in tx: Transaction) throws {
    let admins = try tx.query("SELECT id FROM users WHERE role = 'admin'") { $0.int64(0) }
    try notify(
      admins,
      of: Notice(
        kind: .backupFailed, subject: Self.backup(kind), link: "/backups",
        details: ["task": kind.rawValue, "code": code]), in: tx)
  }
}
