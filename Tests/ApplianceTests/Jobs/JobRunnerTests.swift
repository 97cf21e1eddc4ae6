import Store
import Synchronization
import TestSupport
import Testing

@testable import Appliance

@Suite struct JobRunnerTests {
  @Test func `a job of an unknown kind fails with a code`() async throws {
    let bench = try JobBench()
    let runner = bench.runner([])
    let id = try await bench.enqueue(kind: "nobody.knows")
    try await runner.start()
    #expect(try await bench.job(id).errorCode == "UNKNOWN_KIND")
    await runner.stop()
    try await bench.close()
  }

  @Test func `a permanent failure undoes the job and stores its code`() async throws {
    let bench = try JobBench()
    let undone = Atomic(0)
    let kind = ScriptedKind(
      work: { _ in throw JobFailure(code: "NO_PORT") },
      taken: { _ in undone.add(1, ordering: .relaxed) })
    let runner = bench.runner([kind])
    let id = try await bench.enqueue()
    try await runner.start()
    let job = try await bench.job(id)
    #expect(job.status == .failed)
    #expect(job.errorCode == "NO_PORT")
    #expect(undone.load(ordering: .relaxed) == 1)
    await runner.stop()
    try await bench.close()
  }

  @Test func `a temporary failure is retried, until the attempts are used up`() async throws {
    let bench = try JobBench()
    let attempts = Atomic(0)
    let runner = bench.runner([
      ScriptedKind(work: { _ in
        attempts.add(1, ordering: .relaxed)
        throw Trouble()
      })
    ])
    let id = try await bench.enqueue()
    try await runner.start()
    for attempt in 1...2 {
      try await bench.job(id) { $0.status == .queued && $0.attempts == attempt }
      bench.time.advance(by: .seconds(600))
      bench.queue.wake()
    }
    #expect(try await bench.job(id).status == .failed)
    #expect(attempts.load(ordering: .relaxed) == 3)
    await runner.stop()
    try await bench.close()
  }

  @Test func `a job waits for an unreachable host without using up attempts`() async throws {
    let bench = try JobBench()
    let isBack = Atomic(false)
    let runner = bench.runner([
      ScriptedKind(
        verdict: .wait(code: "HYPERVISOR_UNREACHABLE"),
        work: { _ in if !isBack.load(ordering: .relaxed) { throw Trouble() } })
    ])
    let id = try await bench.enqueue()
    try await runner.start()
    let waiting = try await bench.job(id) { $0.status == .waiting }
    #expect(waiting.attempts == 0)
    #expect(waiting.errorCode == "HYPERVISOR_UNREACHABLE")
    isBack.store(true, ordering: .relaxed)
    bench.time.advance(by: .seconds(20))
    bench.queue.wake()
    #expect(try await bench.job(id).status == .succeeded)
    await runner.stop()
    try await bench.close()
  }

  @Test func `jobs of one machine never run concurrently, and keep their order`() async throws {
    let bench = try JobBench()
    let state = Mutex((running: 0, most: 0, order: [Int64]()))
    let runner = bench.runner([
      ScriptedKind(work: { context in
        state.withLock {
          $0.running += 1
          $0.most = max($0.most, $0.running)
          $0.order.append(context.job.id)
        }
        // Time in which another job could begin.
        for _ in 0..<5 { try await bench.database.write { _ in } }
        state.withLock { $0.running -= 1 }
      })
    ])
    var ids: [Int64] = []
    for _ in 0..<5 { ids.append(try await bench.enqueue(machine: 7)) }
    try await runner.start()
    for id in ids { try await bench.job(id) }
    #expect(state.withLock { $0.most } == 1)
    #expect(state.withLock { $0.order } == ids)
    await runner.stop()
    try await bench.close()
  }

  @Test func `jobs interrupted by the end of the process are resumed by the next`() async throws {
    let bench = try JobBench()
    let id = try await bench.enqueue()
    try await bench.database.write { tx in
      try tx.execute("UPDATE jobs SET status = 'running', step = 'one', attempts = 1 WHERE id = ?", id)
    }
    let runner = bench.runner([ScriptedKind()])
    try await runner.start()
    #expect(try await bench.job(id).status == .succeeded)
    await runner.stop()
    try await bench.close()
  }

  @Test func `a job cancelled before it started is undone and never run`() async throws {
    let bench = try JobBench()
    let runs = Atomic(0)
    let id = try await bench.enqueue(machine: 3)
    try await bench.database.write { [queue = bench.queue] tx in try queue.cancelAll(ofMachine: 3, in: tx) }
    let runner = bench.runner([ScriptedKind(work: { _ in runs.add(1, ordering: .relaxed) })])
    try await runner.start()
    #expect(try await bench.job(id).errorCode == "CANCELLED")
    #expect(runs.load(ordering: .relaxed) == 0)
    await runner.stop()
    try await bench.close()
  }

  @Test func `a cancelled job stops at its next step`() async throws {
    let bench = try JobBench()
    let reached = Atomic(0)
    let queue = bench.queue
    let database = bench.database
    let runner = bench.runner([
      ScriptedKind(work: { context in
        try await context.step("one")
        try await database.write { tx in try queue.cancelAll(ofMachine: 9, in: tx) }
        try await context.step("two")
        reached.add(1, ordering: .relaxed)
      })
    ])
    let id = try await bench.enqueue(machine: 9)
    try await runner.start()
    let job = try await bench.job(id)
    #expect(job.errorCode == "CANCELLED")
    #expect(job.step == "one")
    #expect(reached.load(ordering: .relaxed) == 0)
    await runner.stop()
    try await bench.close()
  }

  @Test func `a periodic job exists once per period, however often it is scheduled`() async throws {
    let bench = try JobBench()
    for _ in 0..<3 {
      try await bench.database.write { [queue = bench.queue] tx in
        try queue.enqueuePeriodic("test.periodic", period: 60_000, in: tx)
      }
    }
    bench.time.advance(by: .seconds(60))
    try await bench.database.write { [queue = bench.queue] tx in
      try queue.enqueuePeriodic("test.periodic", period: 60_000, in: tx)
    }
    let count = try await bench.database.read { try $0.scalar("SELECT count(*) FROM jobs") }
    #expect(count == 2)
    try await bench.close()
  }

  @Test func `an urgent job runs before an earlier ordinary one`() async throws {
    let bench = try JobBench()
    let (normal, urgent) = try await bench.database.write { [queue = bench.queue] tx in
      (
        try queue.enqueue("test.scripted", machine: 1, in: tx).id,
        try queue.enqueue("test.scripted", machine: 2, priority: .critical, in: tx).id
      )
    }
    let now = bench.time.now
    #expect(try await bench.database.read { try JobRunner.due(at: now, in: $0) } == urgent)
    #expect(normal < urgent)
    try await bench.close()
  }

  @Test(arguments: [(1, 2000), (2, 8000), (3, 32_000), (10, 600_000), (10_000, 600_000)])
  func `the delay between attempts grows up to ten minutes`(attempts: Int, milliseconds: Int64) {
    #expect(JobAttempt.backoff(attempts) == milliseconds)
  }
}
