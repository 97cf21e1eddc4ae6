import Glibc
import Synchronization
import TestSupport
import Testing

@testable import HTTP

@Suite struct LoopTests {
  private func withLoop(_ test: (Loop) async throws -> Void) async rethrows {
    let loop = Loop()
    loop.start()
    try await test(loop)
    await loop.stop()
  }

  @Test func `work runs in order, on the loop's thread`() async {
    await withLoop { loop in
      let seen = Mutex<[Int]>([])
      await withCheckedContinuation { continuation in
        for number in 0..<1000 {
          loop.run {
            if loop.isCurrent { seen.withLock { $0.append(number) } }
            if number == 999 { continuation.resume() }
          }
        }
      }
      #expect(seen.withLock { $0 } == Array(0..<1000))
      #expect(!loop.isCurrent)
    }
  }

  @Test func `work added before the start waits`() async {
    let loop = Loop()
    async let answer = withCheckedContinuation { continuation in
      loop.run { continuation.resume(returning: loop.isCurrent) }
    }
    loop.start()
    #expect(await answer)
    await loop.stop()
  }

  @Test func `a task that prefers the loop runs on it, also after suspending`() async {
    await withLoop { loop in
      let places = await Task(executorPreference: loop) {
        let before = loop.isCurrent
        let between = await Task.detached { loop.isCurrent }.value
        await hop()
        return [before, between, loop.isCurrent]
      }.value
      #expect(places == [true, false, true])
    }
  }

  @Test func `an actor may use the loop as its executor`() async {
    actor Resident {
      let loop: Loop
      init(_ loop: Loop) { self.loop = loop }
      nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
      func isHome() -> Bool { loop.isCurrent }
    }
    await withLoop { loop in
      #expect(await Resident(loop).isHome())
    }
  }

  @Test func `a timer fires once, or repeatedly until it is cancelled`() async {
    await withLoop { loop in
      await withCheckedContinuation { continuation in
        loop.timer(after: .milliseconds(1)) { continuation.resume() }
      }
      let count = Mutex(0)
      let timer = loop.timer(after: .milliseconds(1), every: .milliseconds(1)) {
        count.withLock { $0 += 1 }
        anything.signal()
      }
      #expect(await eventually { count.withLock { $0 } >= 3 })
      let atCancel = await withCheckedContinuation { continuation in
        loop.run {
          timer.cancel()
          continuation.resume(returning: count.withLock { $0 })
        }
      }
      await withCheckedContinuation { continuation in
        loop.timer(after: .milliseconds(10)) { continuation.resume() }
      }
      #expect(count.withLock { $0 } == atCancel)
    }
  }

  @Test func `a signal is handled on the loop`() async {
    await withLoop { loop in
      let count = Mutex(0)
      let watch = loop.onSignal(SIGUSR2) {
        count.withLock { $0 += loop.isCurrent ? 1 : 0 }
        anything.signal()
      }
      await withCheckedContinuation { continuation in loop.run { continuation.resume() } }
      for expected in 1...3 {
        kill(getpid(), SIGUSR2)
        #expect(await eventually { count.withLock { $0 } == expected })
      }
      watch.cancel()
    }
  }

  @Test func `a task suspended on a stopped loop continues elsewhere`() async {
    let loop = Loop()
    loop.start()
    let gate = Gate()
    let task = Task(executorPreference: loop) {
      await gate.wait()
      return loop.isCurrent
    }
    #expect(await eventually { gate.arrivals == 1 })
    await loop.stop()
    gate.open()
    #expect(await task.value == false)
  }
}
