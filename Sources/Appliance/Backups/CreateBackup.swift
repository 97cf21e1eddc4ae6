import Backup
import Store

/// Makes a backup, then deletes those that need not be kept any longer.
struct CreateBackup: JobKind {
  let base: Backups

  let name = Backups.jobKind(.create)
  let steps = ["copy", "write", "tidy"]

  func run(_ context: JobContext) async throws {
    let (base, settings) = (base, try base.settings())
    let folder = BackupFolder(path: settings.folder)
    let maker = try await BlockingWork.run { _ in
      try BackupMaker(
        site: base.site, to: folder, passphrase: Passphrase(file: settings.passphraseFile), cost: base.cost)
    }
    try await context.blocking("copy") { try maker.copy(goesOn: $0) }
    let definitions = await base.definitions()
    let now = base.clock.now()
    let made = try await context.blocking("write") {
      try maker.write(at: now, definitions: definitions, goesOn: $0)
    }
    try await record(made)
    let verified = try await base.database.read { try BackupRuns.last(.verify, in: $0)?.name }
    let deleted = try await context.blocking("tidy") { _ in
      try folder.prune(settings.kept, and: verified)
    }
    try await context.succeed { tx in try BackupRuns.forget(deleted, in: tx) }
  }

  func failed(_ job: Job, code: String, in tx: Transaction) throws {
    try base.failed(.create, job, code: code, in: tx)
  }

  func verdict(on error: any Error) -> JobVerdict { .fail(code: BackupProblem.code(of: error)) }

  /// From here on there is a backup, whatever comes.
  private func record(_ made: BackupFolder.Item) async throws {
    base.log.info("backup") { line in
      line.field("name", made.name)
      line.field("bytes", made.bytes)
    }
    try await base.database.write { [notifications = base.notifications] tx in
      try BackupRuns.succeeded(.create, made.name, in: tx)
      try notifications.settle(Notifications.backup(.create), in: tx)
    }
  }
}
