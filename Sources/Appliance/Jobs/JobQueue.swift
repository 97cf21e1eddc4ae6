import HTTP
import Store
import Synchronization

/// Adds jobs to the queue and publishes their state. A job enqueued in a transaction starts after its commit.
final class JobQueue: Sendable {
  enum Priority: Int, Sendable { case critical = 0, high = 100, normal = 500, low = 1000 }

  /// How long finished jobs are kept: 30 days, in milliseconds.
  static let kept: Int64 = 30 * 24 * 3600 * 1000

  let hub: Hub
  /// For tests: runs at the start of a step; an error thrown here fails the step.
  let beginning = Mutex<(@Sendable (Job, String) throws -> Void)?>(nil)
  private let wakeUp = Mutex<(@Sendable () -> Void)?>(nil)
  private let stepNames = Mutex<[String: [String]]>([:])

  init(hub: Hub) {
    self.hub = hub
  }

  func attach(kinds: [any JobKind], wake: @escaping @Sendable () -> Void) {
    stepNames.withLock { names in for kind in kinds { names[kind.name] = kind.steps } }
    wakeUp.withLock { $0 = wake }
  }

  func steps(of kind: String) -> [String] {
    stepNames.withLock { $0[kind] ?? [] }
  }

  func wake() {
    wakeUp.withLock { $0 }?()
  }

  @discardableResult
  func enqueue(
    _ kind: String, machine: Int64? = nil, user: Int64? = nil, arguments: String = "{}",
    priority: Priority = .normal, in tx: Transaction
  ) throws -> Job {
    try tx.execute(
      """
      INSERT INTO jobs (kind, machine_id, user_id, arguments, priority, run_at, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, kind, machine, user, arguments, priority.rawValue, tx.now, tx.now)
    let job = try changed(tx.lastInsertedID, in: tx)
    tx.afterCommit { [self] in wake() }
    return job
  }

  /// Enqueues the job of a period unless it exists.
  func enqueuePeriodic(_ kind: String, period: Int64, in tx: Transaction) throws {
    let key = String(tx.now / period)
    // Checked first, because an ignored insert would use up an id each time.
    let isThere = try tx.scalar("SELECT 1 FROM jobs WHERE kind = ? AND period_key = ?", kind, key) != nil
    if isThere { return }
    try tx.execute(
      """
      INSERT INTO jobs (kind, period_key, priority, run_at, created_at)
      VALUES (?, ?, ?, ?, ?)
      """, kind, key, Priority.low.rawValue, tx.now, tx.now)
  }

  /// Cancels the unfinished jobs of a machine; they undo their changes.
  func cancelAll(ofMachine machine: Int64, in tx: Transaction) throws {
    try tx.execute(
      "UPDATE jobs SET cancelled = 1 WHERE machine_id = ? AND status IN ('queued', 'waiting', 'running')",
      machine)
    try tx.execute(
      "UPDATE jobs SET run_at = ? WHERE machine_id = ? AND status IN ('queued', 'waiting')", tx.now, machine)
    tx.afterCommit { [self] in wake() }
  }

  static let unfinishedSQL = """
    SELECT \(Job.columns) FROM jobs WHERE machine_id = ? AND status IN ('queued', 'waiting', 'running')
    ORDER BY id
    """

  /// The unfinished jobs of a machine, oldest first.
  static func allUnfinished(ofMachine machine: Int64, in connection: Connection) throws -> [Job] {
    try connection.query(unfinishedSQL, machine, map: Job.init)
  }

  /// The newest unfinished job of a machine.
  static func unfinished(ofMachine machine: Int64, in connection: Connection) throws -> Job? {
    try allUnfinished(ofMachine: machine, in: connection).last
  }

  /// Reads a job changed by this transaction, and publishes it after the commit.
  @discardableResult
  func changed(_ id: Int64, in tx: Transaction) throws -> Job {
    guard let job = try Job.find(id, in: tx) else { throw JobFailure(code: "JOB_GONE") }
    guard let owner = job.userID else { return job }
    let names = steps(of: job.kind)
    tx.afterCommit { [hub] in
      hub.publish(.job(job.id), or: .machines, to: .owner(owner)) { language in
        Frames.encode("JOB") { job.write(to: &$0, steps: names, language: language) }
      }
    }
    return job
  }
}
