import Synchronization

/// Lets one at a time through, in the order they came, across suspensions.
final class AsyncLock: Sendable {
  private struct State {
    var isHeld = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let observer = Mutex<(@Sendable () -> Void)?>(nil)

  /// Calls `body` each time that somebody begins to wait.
  func observeWaiting(_ body: @escaping @Sendable () -> Void) {
    observer.withLock { $0 = body }
  }

  nonisolated(nonsending) func hold<T: Sendable>(
    _ body: nonisolated(nonsending) () async throws -> T
  ) async rethrows -> T {
    await acquire()
    defer { release() }
    return try await body()
  }

  private nonisolated(nonsending) func acquire() async {
    await withCheckedContinuation { continuation in
      let isMine = state.withLock { state in
        if state.isHeld {
          state.waiting.append(continuation)
          return false
        }
        state.isHeld = true
        return true
      }
      if isMine { return continuation.resume() }
      observer.withLock { $0 }?()
    }
  }

  /// How many wait for their turn.
  var waiting: Int { state.withLock { $0.waiting.count } }

  private func release() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if state.waiting.isEmpty {
        state.isHeld = false
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
