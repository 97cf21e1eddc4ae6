import Synchronization
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct WorkerThreadTests {
  private struct Mishap: Error, Equatable {}

  @Test func `work beyond the bound is refused at once`() async throws {
    let worker = WorkerThread(name: "test", waiting: 2)
    let gate = Semaphore()
    let begun = Mutex(false)
    async let running: Void = worker.perform {
      begun.withLock { $0 = true }
      anything.signal()
      gate.wait()
    }
    await eventually { begun.withLock { $0 } }
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<5 { group.addTask { (try? await worker.perform {}) != nil } }
      var refused = 0
      var done = 0
      for await isDone in group {
        if isDone { done += 1 } else { refused += 1 }
        if refused == 3 { gate.signal() }
      }
      return (refused, done)
    }
    #expect(outcomes == (3, 2))
    try await running
  }

  @Test func `what waits when it stops is refused, what runs is finished`() async {
    let worker = WorkerThread(name: "test", waiting: 2)
    let gate = Semaphore()
    let begun = Mutex(false)
    async let running = worker.perform {
      begun.withLock { $0 = true }
      anything.signal()
      gate.wait()
      return 7
    }
    await eventually { begun.withLock { $0 } }
    let waiting = Task { try await worker.perform { 8 } }
    worker.stop()
    gate.signal()
    #expect((try? await running) == 7)
    await #expect(throws: WorkerThread.Refusal.stopped) { try await waiting.value }
    await #expect(throws: WorkerThread.Refusal.stopped) { try await worker.perform {} }
  }

  @Test func `an error of the work reaches the one who asked`() async {
    let worker = WorkerThread(name: "test", waiting: 1)
    await #expect(throws: Mishap()) { try await worker.perform { throw Mishap() } }
  }
}

@Suite struct ClockTests {
  @Test func `a manual clock moves only by hand`() {
    let time = ManualTime(5)
    let clock = Clock.manual(time)
    #expect(clock.now() == 5)
    time.advance(by: .milliseconds(1500))
    #expect(clock.now() == 1505)
  }

  @Test func `the system's clock tells milliseconds`() {
    #expect(Clock.system.now() > 1_700_000_000_000)
    #expect(Clock.system.now() < 100_000_000_000_000)
  }
}
