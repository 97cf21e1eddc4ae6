import HTTP
import Store
import Threads

/// Backups, for administrators: made every night into the configured folder, verified every week, listed and asked for on
/// their page.
struct BackupsFeature: Feature {
  /// The most that are listed.
  static let mostListed = 500

  let base: Backups
  /// Whether backups are made by themselves.
  let isPlanning: Bool
  private let planning = RepeatedTask()
  /// A folder on a network may not answer: then one thread waits for it, and further requests are refused.
  private let files = WorkQueue("backup-files", waiting: 8)

  init(_ base: Backups, isPlanning: Bool) {
    self.base = base
    self.isPlanning = isPlanning
  }

  private static let accepted = Schema.members(["message": .string, "job": Job.schema])
  private static let done = Schema.members(["success": .boolean, "message": .string])

  var routes: [Route] {
    let all = "/api/admin/backups"
    let access = Access.right("admin")
    return [
      .get(
        all, access, "List the backups, and the last and current jobs", response: BackupsView.schema, list),
      .post(all, access, "Make a backup now", response: Self.accepted, create),
      .post(all + "/:name/verify", access, "Verify a backup now", response: Self.accepted, verify),
      .delete(all + "/running", access, "Cancel the running job", response: Self.done, cancel),
      .delete(all + "/:name", access, "Delete a backup", response: Self.done, delete),
    ]
  }

  var jobs: [any JobKind] { [CreateBackup(base: base), VerifyBackup(base: base)] }

  func start() async throws {
    guard isPlanning, base.site.configuration.backups != nil else { return }
    planning.start("backups", every: .seconds(60), base.log) { [base] in try await base.plan() }
  }

  func stop() async {
    await planning.stop()
    files.stop()
  }

  private func list(_ request: Request) async throws -> Response {
    let settings = base.site.configuration.backups
    var (items, problem): ([BackupFolder.Item], String?) = ([], nil)
    if let settings {
      do {
        items = try await files.perform { try BackupFolder(path: settings.folder).list() }
      } catch {
        problem = error is QueueRefusal ? "BACKUP_FOLDER" : BackupProblem.code(of: error)
      }
    }
    let shown = Array(items.prefix(Self.mostListed))
    let view = try await base.database.read { [queue = base.queue, problem] connection in
      let job = try BackupRuns.job(in: connection)
      var verdicts: [String: BackupRuns.Verdict] = [:]
      for item in shown { verdicts[item.name] = try BackupRuns.verdict(item.name, in: connection) }
      return BackupsView(
        settings: settings, items: shown, problem: problem, verdicts: verdicts,
        created: try BackupRuns.last(.create, in: connection),
        verified: try BackupRuns.last(.verify, in: connection), job: job,
        steps: job.map { queue.steps(of: $0.kind) } ?? [])
    }
    return .json { view.write(to: &$0, in: request.language) }
  }

  private func create(_ request: Request) async throws -> Response {
    guard base.site.configuration.backups != nil else { throw Failure.backupsNotConfigured }
    return try await enqueue(
      .create, "", Sentence(fr: "Sauvegarde lancée.", en: "Backup started."), request)
  }

  private func verify(_ request: Request) async throws -> Response {
    let name = try await existing(request)
    return try await enqueue(
      .verify, name, Sentence(fr: "Vérification lancée.", en: "Verification started."), request)
  }

  private func enqueue(
    _ kind: BackupRuns.Kind, _ name: String, _ sentence: Sentence, _ request: Request
  ) async throws -> Response {
    let job = try await base.database.change(.backupRequested, on: nil, by: request) { [base] tx in
      let actor = try Privilege.actor(request, right: "admin", in: tx)
      guard let job = try base.enqueue(kind, of: name, for: actor.id, in: tx) else {
        throw Failure.backupRunning
      }
      try Audit.record(
        .backupRequested, actor: actor, on: Self.subject(name), request: request,
        details: kind == .verify ? kind.rawValue : "", in: tx)
      return job
    }
    return .json(202) { json in
      json.object { json in
        json.field("message", sentence(request.language))
        json.key("job")
        job.write(to: &json, steps: base.queue.steps(of: job.kind), language: request.language)
      }
    }
  }

  private func cancel(_ request: Request) async throws -> Response {
    try await base.database.write { [queue = base.queue] tx in
      _ = try Privilege.actor(request, right: "admin", in: tx)
      guard let job = try BackupRuns.job(in: tx) else { throw Failure.backupNotRunning }
      try tx.execute(
        "UPDATE jobs SET cancelled = 1, run_at = iif(status = 'running', run_at, ?) WHERE id = ?", tx.now,
        job.id)
      tx.afterCommit { queue.wake() }
    }
    return .done(Sentence(fr: "Annulation en cours.", en: "Cancelling."), for: request)
  }

  private func delete(_ request: Request) async throws -> Response {
    let name = try await existing(request)
    guard let settings = base.site.configuration.backups else { throw Failure.backupsNotConfigured }
    try await base.database.change(.backupDeleted, on: nil, by: request) { tx in
      let actor = try Privilege.actor(request, right: "admin", in: tx)
      try BackupRuns.forget([name], in: tx)
      try Audit.record(.backupDeleted, actor: actor, on: Self.subject(name), request: request, in: tx)
    }
    try await onFiles { try BackupFolder(path: settings.folder).delete(name) }
    return .done(Sentence(fr: "Sauvegarde supprimée.", en: "Backup deleted."), for: request)
  }

  /// The name of the backup in the path. Throws 404 when there is none.
  private func existing(_ request: Request) async throws -> String {
    guard let settings = base.site.configuration.backups else { throw Failure.backupsNotConfigured }
    let name = request.parameter("name")
    guard BackupName.time(of: name) != nil else { throw Failure.backupGone }
    let isThere = try await onFiles {
      try BackupFolder(path: settings.folder).list().contains { $0.name == name }
    }
    guard isThere else { throw Failure.backupGone }
    return name
  }

  /// Throws 503 when the folder does not answer or cannot be used.
  private func onFiles<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    do {
      return try await files.perform(work)
    } catch BackupProblem.noSuchBackup {
      throw Failure.backupGone
    } catch {
      throw Failure.backupsUnreachable
    }
  }

  private static func subject(_ name: String) -> Audit.Subject {
    Audit.Subject(type: "backup", id: nil, name: name)
  }
}
