import Synchronization
import TestSupport
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10))) struct BoundedQueueTests {
  @Test func `a full queue refuses, and accepts again once an element is taken`() {
    let queue = BoundedQueue<Int>(limit: 2)
    #expect(queue.push(1) == nil)
    #expect(queue.push(2) == nil)
    #expect(queue.push(3) == .overloaded)
    #expect(queue.pop() == 1)
    #expect(queue.push(4) == nil)
    #expect(queue.count == 2)
  }

  @Test func `a closed queue refuses, returns waiting elements, then nil`() {
    let queue = BoundedQueue<Int>(limit: 2)
    #expect(queue.push(1) == nil)
    queue.close()
    #expect(queue.push(2) == .stopped)
    #expect(queue.pop() == 1)
    #expect(queue.pop() == nil)
    #expect(queue.popWaiting() == nil)
  }

  @Test func `closing wakes all waiting threads`() async {
    let queue = BoundedQueue<Int>(limit: 1)
    let ended = CountingSemaphore()
    let threads = (0..<3).map { _ in
      Thread("test") {
        while queue.pop() != nil {}
        ended.signal()
      }
    }
    queue.close()
    await onThread {
      for _ in threads { ended.wait() }
      for thread in threads { thread?.join() }
    }
  }

  @Test(arguments: [1, 2, 16, 17, 40])
  func `elements come out first in, first out`(limit: Int) {
    var random = SeededRandom(seed: UInt64(limit))
    let queue = BoundedQueue<Int>(limit: limit)
    var model: [Int] = []
    for number in 0..<20_000 {
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<11:
        #expect(queue.push(number) == (model.count < limit ? nil : .overloaded))
        if model.count < limit { model.append(number) }
      case 11..<19:
        #expect(queue.popWaiting() == (model.isEmpty ? nil : model.removeFirst()))
      default:
        let kind = number % 3
        #expect(queue.remove { $0 % 3 == kind } == model.filter { $0 % 3 == kind })
        model.removeAll { $0 % 3 == kind }
      }
      #expect(queue.count == model.count)
    }
  }

  @Test func `each element goes to exactly one thread`() async {
    let queue = BoundedQueue<Int>(limit: 20)
    let found = Mutex<[Int]>([])
    let room = CountingSemaphore()
    let takers = (0..<3).map { _ in
      Thread("test") {
        while let number = queue.pop() {
          found.withLock { $0.append(number) }
          room.signal()
        }
      }
    }
    for _ in 0..<20 { room.signal() }
    await onThread {
      for number in 0..<5000 {
        room.wait()
        #expect(queue.push(number) == nil)
      }
      queue.close()
      for taker in takers { taker?.join() }
    }
    #expect(found.withLock { $0.sorted() } == Array(0..<5000))
  }
}
