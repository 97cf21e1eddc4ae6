/// A bounded FIFO queue; any thread may add, any thread may wait for an element.
///
/// Its methods are inlinable, so that they are specialized for the element type.
// The condition's lock guards every stored property that changes.
public final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  @usableFromInline let condition = Condition()
  @usableFromInline let limit: Int
  @usableFromInline var ring: [Element?]
  @usableFromInline var head = 0
  @usableFromInline var waitingElements = 0
  @usableFromInline var waitingThreads = 0
  @usableFromInline var isClosed = false

  /// `limit` is the largest number of waiting elements, at least 1.
  @inlinable public init(limit: Int) {
    self.limit = max(1, limit)
    ring = Array(repeating: nil, count: min(self.limit, 16))
  }

  /// Number of waiting elements.
  @inlinable public var count: Int {
    condition.lock()
    defer { condition.unlock() }
    return waitingElements
  }

  /// Adds an element without blocking; returns nil on success, else why it was refused.
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

  /// The next element, or nil when the queue is empty. Never blocks.
  @inlinable public func popWaiting() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    return waitingElements == 0 ? nil : removeFirst()
  }

  /// Removes and returns the waiting elements that match, in order.
  @inlinable public func remove(where matches: (Element) -> Bool) -> [Element] {
    condition.lock()
    defer { condition.unlock() }
    var removed: [Element] = []
    // Each element is taken from the head; those that do not match are appended again.
    for _ in 0..<waitingElements {
      guard let element = removeFirst() else { continue }
      if matches(element) { removed.append(element) } else { append(element) }
    }
    return removed
  }

  /// Refuses further elements; those already waiting can still be taken.
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
