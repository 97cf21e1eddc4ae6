/// A bounded first-in-first-out queue between any threads and those that wait for its elements.
///
/// Its methods are inlinable: a queue of one's own elements costs no more than one that is written for them.
// The condition's lock guards every stored property that changes.
public final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  @usableFromInline let condition = Condition()
  @usableFromInline let limit: Int
  @usableFromInline var ring: [Element?]
  @usableFromInline var head = 0
  @usableFromInline var waitingElements = 0
  @usableFromInline var waitingThreads = 0
  @usableFromInline var isClosed = false

  /// At most `limit` elements wait, and one at least may.
  @inlinable public init(limit: Int) {
    self.limit = max(1, limit)
    ring = Array(repeating: nil, count: min(self.limit, 16))
  }

  /// How many elements wait.
  @inlinable public var count: Int {
    condition.lock()
    defer { condition.unlock() }
    return waitingElements
  }

  /// Adds an element without waiting; nil when it was taken.
  @inlinable public func push(_ element: Element) -> QueueRefusal? {
    condition.lock()
    if isClosed || waitingElements >= limit {
      defer { condition.unlock() }
      return isClosed ? .stopped : .overloaded
    }
    if waitingElements == ring.count { grow() }
    append(element)
    let wakes = waitingThreads > 0
    condition.unlock()
    if wakes { condition.signal() }
    return nil
  }

  /// Blocks until there is an element; nil once the queue is closed and empty.
  @inlinable public func pop() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    while waitingElements == 0 {
      if isClosed { return nil }
      waitingThreads += 1
      condition.wait()
      waitingThreads -= 1
    }
    return removeFirst()
  }

  /// The next element if one waits.
  @inlinable public func popWaiting() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    return waitingElements == 0 ? nil : removeFirst()
  }

  /// Takes out those that wait and match, in their order.
  @inlinable public func remove(where matches: (Element) -> Bool) -> [Element] {
    condition.lock()
    defer { condition.unlock() }
    var removed: [Element] = []
    // Each goes out at the head, and those that stay in again at the end.
    for _ in 0..<waitingElements {
      guard let element = removeFirst() else { continue }
      if matches(element) { removed.append(element) } else { append(element) }
    }
    return removed
  }

  /// Refuses further elements; those that wait are still given out.
  @inlinable public func close() {
    condition.lock()
    isClosed = true
    condition.unlock()
    condition.broadcast()
  }

  @inlinable func append(_ element: Element) {
    ring[(head + waitingElements) % ring.count] = element
    waitingElements += 1
  }

  @inlinable func removeFirst() -> Element? {
    defer {
      ring[head] = nil
      head = (head + 1) % ring.count
      waitingElements -= 1
    }
    return ring[head]
  }

  @inlinable func grow() {
    let inOrder = ring[head...] + ring[..<head]
    ring = Array(inOrder) + Array(repeating: nil, count: min(ring.count, limit - ring.count))
    head = 0
  }
}
