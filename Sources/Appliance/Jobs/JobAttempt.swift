import Store

/// One attempt to run a job, from its claim to the result in its row.
struct JobAttempt: Sendable {
  let job: Job
  let kind: (any JobKind)?
  let database: Database
  let queue: JobQueue
  let log: Log
  let isStopping: @Sendable () -> Bool

  /// Maximum number of attempts to undo; after that, the rest is left as it is.
  private static let mostUndos = 10

  func run() async {
    guard let kind else { return await end(code: "UNKNOWN_KIND") }
    let context = JobContext(job: job, kind: kind, database: database, queue: queue)
    if job.isUndoing { return await undo(kind, context, code: job.errorCode ?? "INTERNAL") }
    if job.isCancelled { return await undo(kind, context, code: "CANCELLED") }
    do {
      try await kind.run(context)
      if !context.isSettled { try await context.succeed { _ in } }
      // Periodic jobs would be thousands of lines a day.
      note(kind.period == nil ? .info : .debug) { $0.field("result", "succeeded") }
    } catch {
      await judge(error, kind, context)
    }
  }

  private func judge(_ error: any Error, _ kind: any JobKind, _ context: JobContext) async {
    if Task.isCancelled && !(error is JobCancelled) { return await interrupted(kind) }
    let verdict: JobVerdict =
      switch error {
      case is JobCancelled: .fail(code: "CANCELLED")
      case let failure as JobFailure: .fail(code: failure.code)
      default: kind.verdict(on: error)
      }
    // Waiting for something is no problem for an administrator to look at.
    let isWaiting = if case .wait = verdict { true } else { false }
    note(isWaiting ? .info : .warn) { line in
      line.field("attempt", job.attempts)
      line.field("error", error)
    }
    switch verdict {
    case .wait(let code):
      await postpone(as: .waiting, by: 15_000, code: code, countsAttempt: false)
    case .retry(let code) where job.attempts < kind.maxAttempts:
      await postpone(as: .queued, by: Self.backoff(job.attempts), code: code, countsAttempt: true)
    case .retry(let code), .fail(let code):
      await undo(kind, context, code: code)
    }
  }

  /// The attempt was interrupted: by the daemon's stop, which does not count as a failure, or because the job
  /// reported no progress for too long, which does.
  ///
  /// This task is cancelled, so undoing is left to the next attempt.
  private func interrupted(_ kind: any JobKind) async {
    if isStopping() {
      return await postpone(as: .queued, by: 0, code: job.errorCode, countsAttempt: false)
    }
    note(.warn) { $0.field("silent", true) }
    if job.attempts >= (job.isUndoing ? Self.mostUndos : kind.maxAttempts) {
      if job.isUndoing { return await end(code: job.errorCode ?? "TIMED_OUT") }
      await write { tx in
        try tx.execute("UPDATE jobs SET undoing = 1 WHERE id = ?", job.id)
      }
    }
    await postpone(
      as: .queued, by: Self.backoff(job.attempts), code: job.errorCode ?? "TIMED_OUT", countsAttempt: true)
  }

  private func undo(_ kind: any JobKind, _ context: JobContext, code: String) async {
    await write { tx in
      try tx.execute("UPDATE jobs SET undoing = 1, error_code = ? WHERE id = ?", code, job.id)
      try queue.changed(job.id, in: tx)
    }
    do {
      try await kind.undo(context)
      await end(code: code)
    } catch {
      if Task.isCancelled { return await interrupted(kind) }
      note(.warn) { $0.field("undo", error) }
      if case .wait = kind.verdict(on: error) {
        await postpone(as: .waiting, by: 15_000, code: code, countsAttempt: false)
      } else if job.attempts < Self.mostUndos {
        await postpone(as: .queued, by: Self.backoff(job.attempts), code: code, countsAttempt: true)
      } else {
        await end(code: code)
      }
    }
  }

  private func postpone(as status: Job.Status, by delay: Int64, code: String?, countsAttempt: Bool) async {
    await write { tx in
      try tx.execute(
        """
        UPDATE jobs SET status = ?, run_at = ?, error_code = ?, lease_until = NULL, attempts = attempts - ?
        WHERE id = ?
        """, status.rawValue, tx.now + delay, code, countsAttempt ? 0 : 1, job.id)
      try queue.changed(job.id, in: tx)
    }
  }

  private func end(code: String) async {
    await write { tx in
      try tx.execute(
        """
        UPDATE jobs SET status = 'failed', error_code = ?, finished_at = ?, lease_until = NULL WHERE id = ?
        """, code, tx.now, job.id)
      try kind?.failed(job, code: code, in: tx)
      try queue.changed(job.id, in: tx)
    }
    note(.info) { $0.field("result", code) }
  }

  /// If the write fails, for instance because the disk is full, the row stays `running` until its lease
  /// expires.
  private func write(_ body: @escaping @Sendable (Transaction) throws -> Void) async {
    do { try await database.write(body) } catch {
      note(.error) { $0.field("error", error) }
    }
  }

  private func note(_ level: LogLevel, _ fields: (inout LogLine) -> Void) {
    log.write(level, "job") { line in
      line.field("id", job.id)
      line.field("kind", job.kind)
      fields(&line)
    }
  }

  /// Ten minutes, in milliseconds.
  static let longestBackoff: Int64 = 600_000

  /// 2 s, 8 s, 32 s … up to the maximum, in milliseconds.
  static func backoff(_ attempts: Int) -> Int64 {
    let exponent = min(max(attempts, 1), 10)
    return min(longestBackoff, 500 << (2 * Int64(exponent)))
  }
}
