import Synchronization
import TestSupport
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10))) struct AsyncLockTests {
  private struct Mishap: Error, Equatable {}

  @Test func `two tasks with one name never run together`() async {
    let lock = AsyncLock()
    let inside = Counter()
    await withTaskGroup { group in
      for _ in 0..<200 {
        group.addTask {
          await lock.hold("same") {
            #expect(await inside.enter() == 1)
            await hop()
            await inside.leave()
          }
        }
      }
    }
    #expect(await inside.total == 200)
  }

  @Test func `tasks with different names do not wait for each other`() async {
    let lock = AsyncLock()
    let isInside = await lock.hold("one") { await lock.hold("other") { true } }
    #expect(isInside)
  }

  @Test func `waiting tasks continue in their order of arrival`() async {
    let lock = AsyncLock()
    let order = Order()
    let changes = Changes()
    lock.observeWaiting { changes.signal() }
    await withTaskGroup { group in
      await lock.hold {
        for number in 0..<10 {
          group.addTask { await lock.hold { order.add(number) } }
          #expect(await changes.wait { lock.waiting == number + 1 })
        }
      }
    }
    #expect(order.all == Array(0..<10))
    #expect(lock.waiting == 0)
  }

  @Test func `an error releases the lock`() async {
    let lock = AsyncLock()
    await #expect(throws: Mishap()) { try await lock.hold { throw Mishap() } }
    #expect(await lock.hold { true })
  }
}

private final class Order: Sendable {
  private let list = Mutex<[Int]>([])
  var all: [Int] { list.withLock { $0 } }
  func add(_ number: Int) { list.withLock { $0.append(number) } }
}

private actor Counter {
  private var inside = 0
  private(set) var total = 0

  func enter() -> Int {
    inside += 1
    total += 1
    return inside
  }

  func leave() { inside -= 1 }
}
