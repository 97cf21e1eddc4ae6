import HTTP
import Store
import Synchronization

/// What a running job works with: its row, and functions to report progress.
final class JobContext: Sendable {
  let job: Job
  private let kind: any JobKind
  private let database: Database
  private let queue: JobQueue
  private let lastProgress = Mutex(-1)
  private let settled = Atomic(false)

  init(job: Job, kind: any JobKind, database: Database, queue: JobQueue) {
    self.job = job
    self.kind = kind
    self.database = database
    self.queue = queue
  }

  /// Time without progress after which a job is considered stuck: 10 minutes, in milliseconds.
  static let lease: Int64 = 10 * 60 * 1000

  /// Whether the job was marked as done by `succeed`.
  var isSettled: Bool { settled.load(ordering: .acquiring) }

  /// Records the start of a step. Throws `JobCancelled` when the job was cancelled.
  func step(_ name: String) async throws {
    try Task.checkCancellation()
    lastProgress.withLock { $0 = 0 }
    let overall = overall(name, 0)
    let isUndoing = job.isUndoing
    try await database.write { [queue, job] tx in
      guard let current = try Job.find(job.id, in: tx) else { throw JobCancelled() }
      if current.isCancelled && !isUndoing { throw JobCancelled() }
      try tx.execute(
        // The overall progress never decreases: a job restarted after a failure soon catches up.
        "UPDATE jobs SET step = ?, step_progress = 0, progress = max(progress, ?), lease_until = ? WHERE id = ?",
        name, overall, tx.now + Self.lease, job.id)
      try queue.changed(job.id, in: tx)
    }
    try queue.beginning.withLock { $0 }?(job, name)
  }

  /// Records the progress of a step, 0 to 1. Written in steps of one twentieth only.
  func progress(_ name: String, _ fraction: Double) {
    let percent = Int(max(0, min(1, fraction)) * 20) * 5
    let isNew = lastProgress.withLock { last in
      guard percent > last else { return false }
      last = percent
      return true
    }
    guard isNew else { return }
    let overall = overall(name, percent)
    Task { [database, queue, job] in
      try? await database.write { tx in
        let changed = try tx.execute(
          """
          UPDATE jobs SET step_progress = ?, progress = max(progress, ?), lease_until = ?
          WHERE id = ? AND attempts = ? AND step = ? AND status = 'running' AND step_progress < ?
          """, percent, overall, tx.now + Self.lease, job.id, job.attempts, name, percent)
        if changed > 0 { try queue.changed(job.id, in: tx) }
      }
    }
  }

  /// Throws `JobCancelled` when the job was cancelled; for steps that wait.
  func checkCancelled() async throws {
    try Task.checkCancellation()
    let isCancelled = try await database.write { [job] tx in
      try tx.execute("UPDATE jobs SET lease_until = ? WHERE id = ?", tx.now + Self.lease, job.id)
      return try Job.find(job.id, in: tx)?.isCancelled ?? true
    }
    if isCancelled && !job.isUndoing { throw JobCancelled() }
  }

  /// Marks the job as done in the same transaction as its last change.
  func succeed(_ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
    try await database.write { [self] tx in
      try Self.markSucceeded(job, in: tx)
      try body(tx)
      try queue.changed(job.id, in: tx)
      tx.afterCommit { [self] in settled.store(true, ordering: .releasing) }
    }
  }

  static func markSucceeded(_ job: Job, in tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE jobs SET status = 'succeeded', progress = 100, finished_at = ?, lease_until = NULL,
        error_code = NULL WHERE id = ?
      """, tx.now, job.id)
  }

  private func overall(_ name: String, _ percent: Int) -> Int {
    guard let index = kind.steps.firstIndex(of: name), !kind.steps.isEmpty else { return 0 }
    return min(99, (index * 100 + percent) / kind.steps.count)
  }
}
