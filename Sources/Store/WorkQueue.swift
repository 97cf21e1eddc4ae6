import Glibc

/// What became of an element offered to a queue.
enum Pushed { case accepted, full, closed }

/// A bounded queue between any threads and the ones that wait for work.
// The mutex guards every stored property that changes; the two pointers live from init to deinit.
final class WorkQueue<Element: Sendable>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let filled: UnsafeMutablePointer<pthread_cond_t>
  private let limit: Int
  private var ring: [Element?]
  private var head = 0
  private var waitingElements = 0
  private var waitingThreads = 0
  private var isClosed = false

  init(limit: Int) {
    self.limit = limit
    ring = Array(repeating: nil, count: min(limit, 16))
    mutex = .allocate(capacity: 1)
    filled = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(filled, nil)
  }

  deinit {
    pthread_cond_destroy(filled)
    pthread_mutex_destroy(mutex)
    filled.deallocate()
    mutex.deallocate()
  }

  var count: Int {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return waitingElements
  }

  func push(_ element: Element) -> Pushed {
    pthread_mutex_lock(mutex)
    if isClosed || waitingElements >= limit {
      defer { pthread_mutex_unlock(mutex) }
      return isClosed ? .closed : .full
    }
    if waitingElements == ring.count { grow() }
    ring[(head + waitingElements) % ring.count] = element
    waitingElements += 1
    let wakes = waitingThreads > 0
    pthread_mutex_unlock(mutex)
    if wakes { pthread_cond_signal(filled) }
    return .accepted
  }

  /// Waits for the next element; nil once the queue is closed and empty.
  func pop() -> Element? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while waitingElements == 0 {
      if isClosed { return nil }
      waitingThreads += 1
      pthread_cond_wait(filled, mutex)
      waitingThreads -= 1
    }
    return removeFirst()
  }

  /// The next element if one is waiting.
  func popWaiting() -> Element? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return waitingElements == 0 ? nil : removeFirst()
  }

  /// Refuses further elements; those that wait are still given out.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_mutex_unlock(mutex)
    pthread_cond_broadcast(filled)
  }

  private func removeFirst() -> Element? {
    defer {
      ring[head] = nil
      head = (head + 1) % ring.count
      waitingElements -= 1
    }
    return ring[head]
  }

  private func grow() {
    let inOrder = ring[head...] + ring[..<head]
    ring = Array(inOrder) + Array(repeating: nil, count: min(ring.count, limit - ring.count))
    head = 0
  }
}
