import Glibc
import Threads

/// Read-only connections, each on its own thread, fed from one queue.
final class Readers: Sendable {
  let queue: BoundedQueue<@Sendable (Handle) -> Void>
  let readers: [Reader]

  init(_ readers: [Reader], waiting limit: Int) {
    self.readers = readers
    queue = BoundedQueue(limit: limit)
  }

  /// The body of one reader's thread.
  func run(_ reader: Reader) {
    while let work = queue.pop() {
      // `use` throws only when nested or closed; neither can happen here.
      try? reader.use { work($0) }
    }
  }
}

/// One read-only connection, used by one thread at a time.
// The mutex guards the handle; being an error-checking one, it refuses nested use by one thread.
final class Reader: @unchecked Sendable {
  private let handle: Handle
  private var isClosed = false
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init(_ handle: sending Handle) {
    self.handle = handle
    mutex = .allocate(capacity: 1)
    var attributes = pthread_mutexattr_t()
    pthread_mutexattr_init(&attributes)
    pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_ERRORCHECK))
    pthread_mutex_init(mutex, &attributes)
    pthread_mutexattr_destroy(&attributes)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Runs `body` with the connection; throws `misuse` when called inside another `use`.
  func use<T>(_ body: (Handle) throws -> T) throws -> T {
    guard pthread_mutex_lock(mutex) == 0 else { throw StoreError(.misuse, "a nested read") }
    defer { pthread_mutex_unlock(mutex) }
    if isClosed { throw StoreError(.closed, "the database is closed") }
    return try body(handle)
  }

  func close() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    isClosed = true
    handle.close()
  }
}

extension Handle {
  /// Runs `body` on one snapshot of the database.
  func reading<T>(_ body: (Connection) throws -> T) throws -> T {
    try control(.begin)
    defer { abandon() }
    let connection = Connection(self)
    defer { connection.end() }
    return try body(connection)
  }
}
