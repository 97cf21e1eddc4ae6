import Synchronization

/// Lets one task at a time through for each name, in the order they came, across suspensions; blocks no thread.
public final class AsyncLock: Sendable {
  /// By name that is held, those who wait for it.
  private let waiters = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])
  private let observer = Mutex<(@Sendable () -> Void)?>(nil)

  public init() {}

  /// Calls `body` each time that somebody begins to wait.
  public func observeWaiting(_ body: @escaping @Sendable () -> Void) {
    observer.withLock { $0 = body }
  }

  /// How many wait for their turn.
  public var waiting: Int { waiters.withLock { $0.values.reduce(0) { $0 + $1.count } } }

  /// Runs `body` once nobody else holds `name`. Not to be held twice by one task.
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
