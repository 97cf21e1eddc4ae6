import Backup
import HTTP
import Store

/// The backups of this installation: what is configured, and the jobs that make and verify them.
struct Backups: Sendable {
  let site: Site
  let clock: Clock
  let log: Log
  let database: Database
  let queue: JobQueue
  let notifications: Notifications
  /// The definitions of the machines in libvirt, by UUID.
  let definitions: @Sendable () async -> [String: String]
  /// Starts an appliance on restored data and asks it whether it is well.
  let serve: @Sendable (_ folder: String) async throws -> Void
  var cost = KeyCost.standard

  /// Throws `BACKUP_NOT_CONFIGURED`.
  func settings() throws(JobFailure) -> Configuration.Backups {
    guard let settings = site.configuration.backups else { throw JobFailure(code: "BACKUP_NOT_CONFIGURED") }
    return settings
  }

  static func jobKind(_ kind: BackupRuns.Kind) -> String { "backup.\(kind.rawValue)" }

  /// The backup that a job verifies.
  static func name(of job: Job) -> String {
    JSONValue(parsing: job.arguments)?["name"]?.string ?? ""
  }

  /// Enqueues a job, unless one is unfinished; nil then.
  func enqueue(
    _ kind: BackupRuns.Kind, of name: String = "", for person: Int64?, in tx: Transaction
  ) throws -> Job? {
    guard try BackupRuns.job(in: tx) == nil else { return nil }
    var arguments = JSONWriter()
    arguments.value(.object(["name": .string(name)]))
    let job = try queue.enqueue(
      Self.jobKind(kind), user: person, arguments: String(decoding: arguments.bytes, as: UTF8.self),
      in: tx)
    try BackupRuns.began(kind, job: job.id, in: tx)
    return job
  }

  /// Enqueues the backup that is due, or the verification that is due after it.
  func plan() async throws {
    guard let settings = site.configuration.backups else { return }
    let now = clock.now()
    guard try await database.read({ try Self.due(at: now, settings, in: $0) }) != nil else { return }
    try await database.write { tx in
      guard let (kind, name) = try Self.due(at: now, settings, in: tx) else { return }
      _ = try enqueue(kind, of: name, for: nil, in: tx)
    }
  }

  private static func due(
    at now: Int64, _ settings: Configuration.Backups, in connection: Connection
  ) throws -> (BackupRuns.Kind, String)? {
    guard try BackupRuns.job(in: connection) == nil else { return nil }
    let last = try BackupRuns.last(.create, in: connection)
    if BackupSchedule.isDue(at: now, hour: settings.hour, last) { return (.create, "") }
    guard let name = last?.name, last?.errorCode == nil,
      BackupSchedule.isVerificationDue(at: now, try BackupRuns.last(.verify, in: connection))
    else { return nil }
    return (.verify, name)
  }

  /// Records that a job failed, and tells the administrators.
  func failed(_ kind: BackupRuns.Kind, _ job: Job, code: String, in tx: Transaction) throws {
    try BackupRuns.failed(kind, code: code, in: tx)
    if kind == .verify, code == "BACKUP_DAMAGED" {
      try BackupRuns.judge(Self.name(of: job), code: code, in: tx)
    }
    guard code != "CANCELLED" else { return }
    try notifications.backupFailed(kind, code: code, in: tx)
  }
}
