import HTTP

/// Why a request about backups is refused.
extension Failure {
  static let backupsNotConfigured = Failure(
    409, "BACKUP_NOT_CONFIGURED", Refusals.sentence("BACKUP_NOT_CONFIGURED"))

  static let backupRunning = Failure(409, "BACKUP_RUNNING", Refusals.sentence("BACKUP_RUNNING"))

  static let backupNotRunning = Failure(
    409, "BACKUP_NOT_RUNNING",
    Sentence(fr: "Aucune sauvegarde n’est en cours.", en: "No backup is in progress."))

  static let backupGone = Failure(404, "BACKUP_GONE", Refusals.sentence("BACKUP_GONE"))

  static let backupsUnreachable = Failure(503, "BACKUP_FOLDER", Refusals.sentence("BACKUP_FOLDER"))
}
