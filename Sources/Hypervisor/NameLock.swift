import Synchronization

/// Lets one task at a time work on what bears a name; the others wait their turn.
final class NameLock: Sendable {
  private let waiting = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])

  func hold<T: Sendable>(_ name: String, _ body: @Sendable () async throws -> T) async rethrows -> T {
    await acquire(name)
    defer { release(name) }
    return try await body()
  }

  private func acquire(_ name: String) async {
    await withCheckedContinuation { continuation in
      let isFree = waiting.withLock { waiting in
        if waiting[name] == nil {
          waiting[name] = []
          return true
        }
        waiting[name]?.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  private func release(_ name: String) {
    let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
      guard let first = waiting[name]?.first else {
        waiting[name] = nil
        return nil
      }
      waiting[name]?.removeFirst()
      return first
    }
    next?.resume()
  }
}
