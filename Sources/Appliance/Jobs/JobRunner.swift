import Store
import Synchronization

/// Runs due jobs, several at a time.
final class JobRunner: Sendable {
  /// Maximum number of concurrent jobs.
  static let width = 12
  /// Maximum number of ordinary ones among them, so that slow jobs do not delay urgent ones.
  static let ordinaryWidth = 8

  /// The condition is written so that the partial index of unfinished jobs is used.
  static let dueSQL = """
    SELECT id FROM jobs AS job
    WHERE status IN ('queued', 'waiting', 'running') AND status != 'running' AND run_at <= ? AND priority <= ?
      AND NOT EXISTS (
        SELECT 1 FROM jobs AS earlier WHERE earlier.machine_id = job.machine_id AND earlier.id < job.id
          AND earlier.status IN ('queued', 'waiting', 'running'))
    ORDER BY priority, id LIMIT 1
    """
  static let silentSQL = """
    SELECT id FROM jobs
    WHERE status IN ('queued', 'waiting', 'running') AND status = 'running' AND lease_until < ?
    """

  private let database: Database
  private let queue: JobQueue
  private let clock: Clock
  private let log: Log
  private let kinds: [String: any JobKind]
  /// Whether periodic jobs are scheduled; if not, they run only on request.
  private let makesPeriodic: Bool
  private let running = Mutex<[Int64: Task<Void, Never>]>([:])
  private let wakes: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation
  private let loop = Mutex<Task<Void, Never>?>(nil)
  private let isStopping = Atomic(false)

  init(
    database: Database, queue: JobQueue, clock: Clock, log: Log, kinds: [any JobKind],
    makesPeriodic: Bool = true
  ) {
    self.database = database
    self.queue = queue
    self.clock = clock
    self.log = log
    self.makesPeriodic = makesPeriodic
    self.kinds = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    queue.attach(kinds: kinds) { [waker] in waker.yield() }
  }

  /// Resumes jobs interrupted by the end of the last process, then serves the queue until `stop`.
  func start() async throws {
    try await database.write { tx in
      try tx.execute(
        """
        UPDATE jobs SET status = iif(status = 'running', 'queued', status), run_at = ?, lease_until = NULL
        WHERE status IN ('queued', 'waiting', 'running')
        """, tx.now)
    }
    let task = Task { await serve() }
    loop.withLock { $0 = task }
    waker.yield()
  }

  /// Stops taking jobs and interrupts running ones; the next start resumes them.
  func stop() async {
    isStopping.store(true, ordering: .releasing)
    waker.finish()
    let task = loop.withLock { $0 }
    task?.cancel()
    await task?.value
    let tasks = running.withLock { Array($0.values) }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }

  private func serve() async {
    let ticker = Task { [waker] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(1))
        waker.yield()
      }
    }
    defer { ticker.cancel() }
    var lastTick: Int64 = 0
    for await _ in wakes {
      do {
        let now = clock.now()
        // Also when the clock was set back, or periodic jobs would stop for that time.
        if now - lastTick >= 15_000 || now < lastTick {
          lastTick = now
          try await plan()
        }
        while try await takeOne() {}
      } catch {
        log.error("jobs") { $0.field("error", error) }
      }
    }
  }

  /// Enqueues the periodic jobs that are due, and interrupts jobs whose lease has expired.
  private func plan() async throws {
    let periodic =
      makesPeriodic ? kinds.values.compactMap { kind in kind.period.map { (kind.name, $0) } } : []
    let silent = try await database.write { [queue] tx in
      for (name, period) in periodic { try queue.enqueuePeriodic(name, period: period, in: tx) }
      try tx.execute("DELETE FROM jobs WHERE finished_at < ?", tx.now - JobQueue.kept)
      try Self.followClock(in: tx)
      return try tx.query(Self.silentSQL, tx.now) { $0.int64(0) }
    }
    let orphans = running.withLock { running in
      for id in silent { running[id]?.cancel() }
      return silent.filter { running[$0] == nil }
    }
    guard !orphans.isEmpty else { return }
    try await database.write { tx in
      for id in orphans {
        // It may have ended since the query.
        try tx.execute(
          "UPDATE jobs SET status = 'queued', run_at = ? WHERE id = ? AND status = 'running' AND lease_until < ?",
          tx.now, id, tx.now)
      }
    }
  }

  /// Corrects times that lie too far ahead because the clock was set back: no job waits longer than the
  /// maximum backoff, and no lease is longer than its full length.
  private static func followClock(in tx: Transaction) throws {
    let latest = tx.now + JobAttempt.longestBackoff
    try tx.execute(
      """
      UPDATE jobs SET run_at = ?
      WHERE status IN ('queued', 'waiting', 'running') AND status <> 'running' AND run_at > ?
      """, tx.now, latest)
    let end = tx.now + JobContext.lease
    try tx.execute(
      """
      UPDATE jobs SET lease_until = ?1
      WHERE status IN ('queued', 'waiting', 'running') AND status = 'running' AND lease_until > ?1
      """, end)
  }

  private func takeOne() async throws -> Bool {
    let count = running.withLock { $0.count }
    guard count < Self.width else { return false }
    let most: JobQueue.Priority = count < Self.ordinaryWidth ? .low : .high
    let due = clock.now()
    guard try await database.read({ try Self.due(at: due, most, in: $0) }) != nil else { return false }
    let taken = try await database.write { [queue] tx -> Job? in
      guard let id = try Self.due(at: tx.now, most, in: tx) else { return nil }
      try tx.execute(
        """
        UPDATE jobs SET status = 'running', attempts = attempts + 1, lease_until = ?,
          started_at = coalesce(started_at, ?) WHERE id = ?
        """, tx.now + JobContext.lease, tx.now, id)
      return try queue.changed(id, in: tx)
    }
    if let taken { start(taken) }
    return taken != nil
  }

  /// The next job to run: due, of sufficient urgency, and the oldest unfinished one of its machine.
  static func due(
    at now: Int64, _ most: JobQueue.Priority = .low, in connection: Connection
  ) throws -> Int64? {
    try connection.scalar(dueSQL, now, most.rawValue)
  }

  private func start(_ job: Job) {
    running.withLock { running in
      running[job.id] = Task {
        await JobAttempt(
          job: job, kind: kinds[job.kind], database: database, queue: queue, log: log,
          isStopping: { [self] in isStopping.load(ordering: .acquiring) }
        ).run()
        _ = self.running.withLock { $0.removeValue(forKey: job.id) }
        waker.yield()
      }
    }
  }
}
