import Synchronization
import Testing

@testable import Appliance

@Suite struct FairThreadsTests {
  private final class Done: Sendable {
    private let list = Mutex<[String]>([])
    var all: [String] { list.withLock { $0 } }
    func add(_ text: String) { list.withLock { $0.append(text) } }
  }

  /// One thread that is held, so that what comes in the meantime has to wait.
  private func held(waiting: Int = 512) async -> (
    FairThreads, release: Semaphore, holder: Task<Void, any Error>
  ) {
    let threads = FairThreads(name: "test", threads: 1, waiting: waiting)
    let release = Semaphore()
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let holder = Task {
      try await threads.perform(lane: "holder") {
        begin.yield()
        release.wait()
      }
    }
    for await _ in begun { break }
    return (threads, release, holder)
  }

  @Test func `whoever comes after a burst of 320 from one address is second in turn`() async throws {
    let (threads, release, holder) = await held()
    let done = Done()
    try await withThrowingTaskGroup { group in
      for _ in 0..<320 {
        group.addTask { try await threads.perform(lane: "burst") { done.add("burst") } }
      }
      await eventually { threads.waiting == 320 }
      group.addTask { try await threads.perform(lane: "sam") { done.add("sam") } }
      await eventually { threads.waiting == 321 }
      release.signal()
      try await group.waitForAll()
    }
    try await holder.value
    #expect(done.all.firstIndex(of: "sam") ?? 999 <= 1)
    #expect(done.all.count == 321)
  }

  @Test func `where no more may wait, the longest lane gives way to another, and to itself not`() async throws
  {
    let (threads, release, holder) = await held(waiting: 4)
    let refused = Done()
    await withTaskGroup { group in
      for _ in 0..<6 {
        group.addTask {
          do { try await threads.perform(lane: "burst") {} } catch { refused.add("refused") }
        }
      }
      await eventually { refused.all.count == 2 }
      group.addTask {
        await #expect(throws: Never.self) { try await threads.perform(lane: "sam") {} }
      }
      await eventually { refused.all.count == 3 }
      #expect(threads.waiting == 4)
      release.signal()
      await group.waitForAll()
    }
    try await holder.value
    #expect(refused.all.count == 3)
  }

  @Test func `what waits at the end of the program is refused`() async throws {
    let (threads, release, holder) = await held()
    let waiting = Task { try await threads.perform(lane: "a") {} }
    await eventually { threads.waiting == 1 }
    threads.stop()
    await #expect(throws: WorkerThread.Refusal.self) { try await waiting.value }
    await #expect(throws: WorkerThread.Refusal.self) { try await threads.perform(lane: "b") {} }
    release.signal()
    try await holder.value
  }
}
