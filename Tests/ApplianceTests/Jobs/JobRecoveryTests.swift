import Store
import Synchronization
import Testing

@testable import Appliance

/// Jobs whose daemon stops, or that report no progress.
@Suite(.timeLimit(.minutes(30))) struct JobRecoveryTests {
  @Test func `a stop during a job costs no attempt, and the next start resumes it`() async throws {
    let bench = try JobBench()
    let isReached = Atomic(false)
    let mayPass = Atomic(false)
    let kind = ScriptedKind(work: { context in
      try await context.step("one")
      isReached.store(true, ordering: .releasing)
      anything.signal()
      if !mayPass.load(ordering: .acquiring) { try await Task.sleep(for: .seconds(3600)) }
    })
    let runner = bench.runner([kind])
    let id = try await bench.enqueue()
    try await runner.start()
    await eventually { isReached.load(ordering: .acquiring) }
    await runner.stop()
    let left = try await bench.job(id) { _ in true }
    #expect(left.status == .queued)
    #expect(left.attempts == 0)
    #expect(left.errorCode == nil)

    mayPass.store(true, ordering: .releasing)
    let next = bench.runner([kind])
    try await next.start()
    #expect(try await bench.job(id).status == .succeeded)
    await next.stop()
    try await bench.close()
  }

  @Test func `a silent job loses its attempts one by one, and is undone in the end`() async throws {
    let bench = try JobBench()
    let runs = Atomic(0)
    let wasCancelled = Atomic(true)
    let kind = ScriptedKind(
      work: { context in
        try await context.step("one")
        runs.add(1, ordering: .releasing)
        anything.signal()
        try await Task.sleep(for: .seconds(3600))
      },
      taken: { _ in wasCancelled.store(Task.isCancelled, ordering: .releasing) })
    let runner = bench.runner([kind])
    let id = try await bench.enqueue()
    try await runner.start()
    for attempt in 1...3 {
      await eventually { runs.load(ordering: .acquiring) == attempt }
      bench.time.advance(by: .seconds(660))
      bench.queue.wake()
      try await bench.job(id) { $0.status == .queued && $0.attempts == attempt }
      bench.time.advance(by: .seconds(660))
      bench.queue.wake()
    }
    let job = try await bench.job(id)
    #expect(job.status == .failed)
    #expect(job.errorCode == "TIMED_OUT")
    let undoneByCancelled = wasCancelled.load(ordering: .acquiring)
    #expect(!undoneByCancelled)
    #expect(runs.load(ordering: .acquiring) == 3)
    await runner.stop()
    try await bench.close()
  }

  @Test func `many slow jobs leave room for an urgent one`() async throws {
    let bench = try JobBench()
    let runner = bench.runner([
      ScriptedKind(work: { _ in try await Task.sleep(for: .seconds(3600)) }),
      ScriptedKind(name: "test.urgent"),
    ])
    for _ in 0..<20 { _ = try await bench.enqueue() }
    try await runner.start()
    #expect(try await bench.changes.wait { try await bench.running() >= JobRunner.ordinaryWidth })
    let urgent = try await bench.database.write { [queue = bench.queue] tx in
      try queue.enqueue("test.urgent", priority: .high, in: tx).id
    }
    #expect(try await bench.job(urgent).status == .succeeded)
    await runner.stop()
    try await bench.close()
  }
}
