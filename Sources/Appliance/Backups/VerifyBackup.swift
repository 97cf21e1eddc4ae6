import Backup
import Store

/// Restores a backup into a folder of its own, checks what is in it, lets an appliance serve it, and removes it.
struct VerifyBackup: JobKind {
  let base: Backups

  let name = Backups.jobKind(.verify)
  let steps = ["unpack", "check", "serve"]

  func run(_ context: JobContext) async throws {
    let (site, settings) = (base.site, try base.settings())
    let backup = Backups.name(of: context.job)
    guard BackupName.time(of: backup) != nil else { throw BackupProblem.noSuchBackup(backup) }
    let file = BackupFolder(path: settings.folder).file(backup)
    let (passphrase, lock) = try await BlockingWork.run { _ in
      (try Passphrase(file: settings.passphraseFile), try BackupLock(dataFolder: site.dataFolder))
    }
    do {
      let unpacked = try await context.blocking("unpack") {
        try UnpackedBackup(file, passphrase, into: lock.scratch, goesOn: $0)
      }
      _ = try await context.blocking("check") { _ in try unpacked.check() }
      try await context.step("serve")
      try await base.serve(lock.scratch)
    } catch {
      lock.clean()
      throw error
    }
    lock.clean()
    try await context.succeed { [notifications = base.notifications] tx in
      try BackupRuns.succeeded(.verify, backup, in: tx)
      try BackupRuns.judge(backup, code: nil, in: tx)
      try notifications.settle(Notifications.backup(.verify), in: tx)
    }
  }

  func failed(_ job: Job, code: String, in tx: Transaction) throws {
    try base.failed(.verify, job, code: code, in: tx)
  }

  func verdict(on error: any Error) -> JobVerdict { .fail(code: BackupProblem.code(of: error)) }
}
