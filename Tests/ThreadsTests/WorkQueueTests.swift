import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10))) struct WorkQueueTests {
  private struct Mishap: Error, Equatable {}

  private final class Done: Sendable {
    private let list = Mutex<[String]>([])
    private let changes = Changes()
    var all: [String] { list.withLock { $0 } }

    func add(_ text: String) {
      list.withLock { $0.append(text) }
      changes.signal()
    }

    /// All values, once there are `count`.
    func first(_ count: Int) async -> [String] {
      #expect(await changes.wait { all.count >= count })
      return all
    }
  }

  /// A queue whose only thread is blocked until `release` is signalled, so that later work must wait.
  private func held(waiting limit: Int = 512) -> (WorkQueue, release: CountingSemaphore) {
    let queue = WorkQueue("test", waiting: limit)
    let release = CountingSemaphore()
    queue.add { _ in release.wait() }
    return (queue, release)
  }

  @Test func `work beyond the limit is refused at once`() async {
    let (queue, release) = held(waiting: 2)
    let done = Done()
    for number in 1...3 { queue.add { done.add($0.map { "\($0)" } ?? "\(number)") } }
    await #expect(throws: QueueRefusal.overloaded) { try await queue.perform {} }
    #expect(queue.waiting == 2)
    #expect(done.all == ["overloaded"])
    release.signal()
    #expect(await done.first(3) == ["overloaded", "1", "2"])
  }

  @Test func `stopping refuses waiting work and finishes running work`() async throws {
    let (queue, release) = held()
    let done = Done()
    let entered = CountingSemaphore()
    let running = WorkQueue("test", waiting: 1)
    async let result = running.perform {
      entered.signal()
      release.wait()
      return 7
    }
    await onThread { entered.wait() }
    for lane in ["a", "b"] { queue.add(lane: lane) { done.add($0.map { "\(lane) \($0)" } ?? "run") } }
    queue.stop()
    running.stop()
    #expect(done.all == ["a stopped", "b stopped"])
    await #expect(throws: QueueRefusal.stopped) { try await queue.perform {} }
    for _ in 1...2 { release.signal() }
    #expect(try await result == 7)
  }

  @Test func `work is refused when the system has no thread`() async {
    let queue = WorkQueue("test", waiting: 2, stackSize: 1 << 56)
    await #expect(throws: QueueRefusal.overloaded) { try await queue.perform {} }
    #expect(queue.waiting == 0)
  }

  @Test func `an error of the work is thrown to the caller`() async {
    let queue = WorkQueue("test", waiting: 1)
    await #expect(throws: Mishap()) { try await queue.perform { throw Mishap() } }
  }

  @Test func `without lanes work runs in order`() async {
    let (queue, release) = held()
    let done = Done()
    for number in 0..<100 { queue.add { _ in done.add("\(number)") } }
    release.signal()
    #expect(await done.first(100) == (0..<100).map { "\($0)" })
  }

  @Test func `after a burst of 320 from one address another address is second`() async throws {
    let (queue, release) = held()
    let done = Done()
    for _ in 0..<320 { queue.add(lane: "burst") { _ in done.add("burst") } }
    queue.add(lane: "sam") { _ in done.add("sam") }
    #expect(queue.waiting == 321)
    release.signal()
    try await queue.perform(lane: "burst") {}
    #expect(done.all.firstIndex(of: "sam") == 1)
    #expect(done.all.count == 321)
  }

  @Test func `in a full queue the longest lane gives way to others, not to itself`() async {
    let (queue, release) = held(waiting: 4)
    let done = Done()
    for number in 1...6 {
      queue.add(lane: "burst") { done.add("burst \(number)\($0 == nil ? "" : " refused")") }
    }
    #expect(done.all == ["burst 5 refused", "burst 6 refused"])
    queue.add(lane: "sam") { _ in done.add("sam") }
    #expect(done.all.last == "burst 4 refused")
    #expect(queue.waiting == 4)
    release.signal()
    #expect(await done.first(7).dropFirst(3) == ["burst 1", "sam", "burst 2", "burst 3"])
  }

  @Test func `at most the allowed number of threads run`() async {
    let queue = WorkQueue("test", threads: 2, waiting: 9)
    let (entered, release) = (CountingSemaphore(), CountingSemaphore())
    for _ in 1...3 {
      queue.add { _ in
        entered.signal()
        release.wait()
      }
    }
    await onThread { for _ in 1...2 { entered.wait() } }
    #expect(queue.waiting == 1)
    #expect(!entered.wait(for: .zero))
    for _ in 1...3 { release.signal() }
    await onThread { entered.wait() }
  }

  @Test func `a thread ends with its work, and another starts for the next`() async throws {
    let queue = WorkQueue("test", waiting: 9)
    var key = pthread_key_t()
    // Called by the system at the end of a thread that has set a value.
    pthread_key_create(&key) { value in
      if let value { Unmanaged<Flag>.fromOpaque(value).takeRetainedValue().raise() }
    }
    defer { pthread_key_delete(key) }
    for _ in 1...3 {
      let hasEnded = Flag()
      try await queue.perform { [key] in
        _ = pthread_setspecific(key, Unmanaged.passRetained(hasEnded).toOpaque())
      }
      #expect(await hasEnded.raised())
    }
  }
}
