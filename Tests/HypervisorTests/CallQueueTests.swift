import Synchronization
import TestSupport
import Testing
import Threads

@testable import Hypervisor

@Suite(.timeLimit(.minutes(30))) struct CallQueueTests {
  @Test func `a call beyond the limit is refused at once, and queued ones still run`() async throws {
    let queue = CallQueue(name: "test", limit: 2, makeTool: { 7 })
    queue.start(threads: 1)
    let gate = CountingSemaphore()
    let entered = AsyncStream.makeStream(of: Void.self)
    let running = Task {
      try await queue.run("first") { _ in
        entered.continuation.yield()
        gate.wait()
        return 1
      }
    }
    for await _ in entered.stream { break }
    // The only thread is busy: two calls may wait, so one of three is refused.
    let results = await withTaskGroup(of: HypervisorError.Code?.self) { group in
      for _ in 0..<3 {
        group.addTask {
          do {
            try await queue.run("next") { _ in }
            return nil
          } catch {
            gate.signal()
            return (error as? HypervisorError)?.code
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.filter { $0 == .busy }.count == 1)
    #expect(results.filter { $0 == nil }.count == 2)
    #expect(try await running.value == 1)
    await queue.stop(grace: .seconds(30))
  }

  @Test func `a stopped queue refuses and does not hang`() async {
    let queue = CallQueue(name: "test", limit: 2, makeTool: { 7 })
    queue.start(threads: 2)
    await queue.stop(grace: .seconds(30))
    await queue.stop(grace: .seconds(30))
    let error = await #expect(throws: HypervisorError.self) { try await queue.run("late") { _ in } }
    #expect(error?.code == .unreachable)
  }

  @Test func `stopping lets the running call finish and refuses the waiting one`() async throws {
    let queue = CallQueue(name: "test", limit: 2, makeTool: { 7 })
    queue.start(threads: 1)
    let gate = CountingSemaphore()
    let entered = AsyncStream.makeStream(of: Void.self)
    let running = Task {
      try await queue.run("first") { _ in
        entered.continuation.yield()
        gate.wait()
        return 1
      }
    }
    for await _ in entered.stream { break }
    let waiting = Task { try await queue.run("second") { _ in 2 } }
    // It must be refused whether it is queued before or after the stop.
    let stopping = Task { await queue.stop(grace: .seconds(30)) }
    let error = await #expect(throws: HypervisorError.self) { _ = try await waiting.value }
    #expect(error?.code == .unreachable)
    gate.signal()
    #expect(try await running.value == 1)
    await stopping.value
  }

  @Test func `a caller does not wait for a call that never returns`() async throws {
    let queue = CallQueue(name: "test", limit: 9, patience: .milliseconds(50), makeTool: { 7 })
    queue.start(threads: 1)
    let gate = CountingSemaphore()
    let codes = await withTaskGroup(of: HypervisorError.Code?.self) { group in
      for _ in 0..<3 { group.addTask { await refusal { try await queue.run("stuck") { _ in gate.wait() } } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes == [.timeout, .timeout, .timeout])
    // The thread is still blocked: stopping abandons it.
    await queue.stop(grace: .milliseconds(1))
    gate.signal()
  }

  @Test func `callers of an abandoned queue get an error while their calls continue`() async throws {
    let queue = CallQueue(name: "test", limit: 9, makeTool: { 7 })
    queue.start(threads: 1)
    let gate = CountingSemaphore()
    let entered = AsyncStream.makeStream(of: Void.self)
    let running = Task {
      await refusal {
        try await queue.run("stuck") { _ in
          entered.continuation.yield()
          gate.wait()
        }
      }
    }
    for await _ in entered.stream { break }
    queue.abandon("lost")
    #expect(await running.value == .unreachable)
    gate.signal()
    await queue.stop(grace: .seconds(30))
  }

  @Test func `a tool is created on first use, kept, and replaced when broken`() async throws {
    let made = Atomic(0)
    let queue = CallQueue(
      name: "test", limit: 9, makeTool: { made.add(1, ordering: .relaxed).newValue }, isUsable: { $0 != 1 })
    queue.start(threads: 1)
    #expect(made.load(ordering: .relaxed) == 0)
    for expected in [1, 2, 2] { #expect(try await queue.run("use") { $0 } == expected) }
    await queue.stop(grace: .seconds(30))
  }
}
