import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@testable import Appliance

/// A job kind whose behaviour is defined by the test.
struct ScriptedKind: JobKind {
  var name = "test.scripted"
  var steps = ["one", "two"]
  var maxAttempts = 3
  var period: Int64?
  var verdict: JobVerdict = .retry(code: "NO_SPACE")
  var work: @Sendable (JobContext) async throws -> Void = { _ in }
  var taken: @Sendable (JobContext) async throws -> Void = { _ in }

  func run(_ context: JobContext) async throws { try await work(context) }
  func undo(_ context: JobContext) async throws { try await taken(context) }
  func verdict(on error: any Error) -> JobVerdict { verdict }
}

struct Trouble: Error {}

/// A queue with its own database and a manual clock.
struct JobBench: Sendable {
  let database: Database
  let queue = JobQueue(hub: Hub())
  let time = ManualTime()
  let changes = Changes()
  let folder = NSTemporaryDirectory() + "obox-jobs-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let clock = Clock.manual(time)
    database = try Database.open(
      path: folder + "/jobs.db", migrations: Migration.all, clock: clock.now, log: { _ in })
    database.observeCommits { [changes] in
      changes.signal()
      anything.signal()
    }
  }

  func runner(_ kinds: [any JobKind]) -> JobRunner {
    JobRunner(
      database: database, queue: queue, clock: .manual(time), log: Log(level: .error, sink: { _ in }),
      kinds: kinds)
  }

  func enqueue(machine: Int64? = nil, kind: String = "test.scripted") async throws -> Int64 {
    try await database.write { [queue] tx in try queue.enqueue(kind, machine: machine, in: tx).id }
  }

  /// Waits until `isDone` accepts the state of a job.
  @discardableResult
  func job(_ id: Int64, _ isDone: @Sendable (Job) -> Bool = \.isFinished) async throws -> Job {
    var found: Job?
    _ = try await changes.wait {
      guard let job = try await database.read({ try Job.find(id, in: $0) }), isDone(job) else { return false }
      found = job
      return true
    }
    guard let found else { throw Trouble() }
    return found
  }

  /// Number of jobs marked as running.
  func running() async throws -> Int {
    Int(try await database.read { try $0.scalar("SELECT count(*) FROM jobs WHERE status = 'running'") ?? 0 })
  }

  func close() async throws {
    await QueryPlans.check(on: database)
    await database.close()
    try FileManager.default.removeItem(atPath: folder)
  }
}

extension Job {
  var isFinished: Bool { status == .succeeded || status == .failed }
}
