import TestSupport
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10))) struct CountingSemaphoreTests {
  @Test func `waiting times out without a signal`() {
    let semaphore = CountingSemaphore()
    for time in [Duration.zero, .seconds(-5), .milliseconds(1)] { #expect(!semaphore.wait(for: time)) }
  }

  @Test func `as many waits succeed as there are signals`() {
    let semaphore = CountingSemaphore()
    for _ in 0..<3 { semaphore.signal() }
    semaphore.wait()
    #expect(semaphore.wait(for: .zero))
    #expect(semaphore.wait(for: .seconds(Int64.max)))
    #expect(!semaphore.wait(for: .zero))
  }

  @Test func `each signal wakes one waiting thread`() async {
    let (waiting, passed) = (CountingSemaphore(), CountingSemaphore())
    let threads = (0..<4).map { number in
      Thread("test") {
        if number % 2 == 0 { waiting.wait() } else { waiting.wait(for: .seconds(3600)) }
        passed.signal()
      }
    }
    for _ in threads { waiting.signal() }
    await onThread { for _ in threads { passed.wait() } }
    #expect(!waiting.wait(for: .zero))
  }
}
