import Dispatch
import Synchronization

/// Wakes waiting tests at each change, so that no test polls or sleeps.
public final class Changes: Sendable {
  private struct State {
    var version: UInt64 = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  public init() {}

  /// Signals a change; from any thread.
  public func signal() {
    let waiting = state.withLock { state in
      state.version &+= 1
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Checks `condition` now and at each change; false when it does not hold within `limit` seconds.
  public nonisolated(nonsending) func wait(
    limit: Double = 300, until condition: nonisolated(nonsending) () async throws -> Bool
  ) async rethrows -> Bool {
    let isOver = Flag()
    let alarm = DispatchWorkItem { [self] in
      isOver.raise()
      signal()
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + limit, execute: alarm)
    defer { alarm.cancel() }
    while true {
      let seen = state.withLock { $0.version }
      if try await condition() { return true }
      if isOver.isRaised { return false }
      await change(after: seen)
    }
  }

  private nonisolated(nonsending) func change(after seen: UInt64) async {
    await withCheckedContinuation { continuation in
      let hasChanged = state.withLock { state in
        if state.version != seen { return true }
        state.waiting.append(continuation)
        return false
      }
      if hasChanged { continuation.resume() }
    }
  }
}

/// A one-time event, raised on any thread.
public final class Flag: Sendable {
  private let value = Atomic(false)
  private let changes = Changes()

  public init() {}

  public var isRaised: Bool { value.load(ordering: .acquiring) }

  public func raise() {
    value.store(true, ordering: .releasing)
    changes.signal()
  }

  /// Returns once it is raised; false after a minute.
  @discardableResult public nonisolated(nonsending) func raised() async -> Bool {
    await changes.wait { isRaised }
  }
}

/// Yields, and resumes in another turn of the thread pool.
public nonisolated(nonsending) func hop() async {
  await withCheckedContinuation { continuation in
    DispatchQueue.global().async { continuation.resume() }
  }
}
