import Synchronization

/// A mutual-exclusion lock per name for tasks, held across suspension points, first come first served. Blocks
/// no thread.
public final class AsyncLock: Sendable {
  /// The waiting tasks, by the name of the lock they wait for; a name is present while its lock is held.
  private let waiters = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])
  private let observer = Mutex<(@Sendable () -> Void)?>(nil)

  public init() {}

  /// Calls `body` each time a task starts to wait. For tests.
  public func observeWaiting(_ body: @escaping @Sendable () -> Void) {
    observer.withLock { $0 = body }
  }

  /// Number of tasks waiting, over all names.
  public var waiting: Int { waiters.withLock { $0.values.reduce(0) { $0 + $1.count } } }

  /// Runs `body` while holding the lock `name`. Not reentrant: a task that takes the same name twice
  /// deadlocks.
  public nonisolated(nonsending) func hold<T: Sendable>(
    _ name: String = "", _ body: nonisolated(nonsending) () async throws -> T
  ) async rethrows -> T {
    await acquire(name)
    defer { release(name) }
    return try await body()
  }

  private nonisolated(nonsending) func acquire(_ name: String) async {
    await withCheckedContinuation { continuation in
      let isMine = waiters.withLock { waiters in
        if waiters[name] == nil {
          waiters[name] = []
          return true
        }
        waiters[name]?.append(continuation)
        return false
      }
      if isMine { return continuation.resume() }
      observer.withLock { $0 }?()
    }
  }

  private func release(_ name: String) {
    let next = waiters.withLock { waiters -> CheckedContinuation<Void, Never>? in
      if waiters[name]?.isEmpty == false { return waiters[name]?.removeFirst() }
      waiters[name] = nil
      return nil
    }
    next?.resume()
  }
}
