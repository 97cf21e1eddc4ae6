import Dispatch
import Synchronization

/// Wakes whoever waits for a condition each time that something has changed, so that no test spins or sleeps.
public final class Changes: Sendable {
  private struct State {
    var version: UInt64 = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  public init() {}

  /// Says that something has changed; from any thread.
  public func signal() {
    let waiting = state.withLock { state in
      state.version &+= 1
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Looks now and at each change whether `condition` holds; false when it still does not after `limit` seconds.
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

/// Something that happens once, said on any thread.
public final class Flag: Sendable {
  private let value = Atomic(false)
  private let changes = Changes()

  public init() {}

  public var isRaised: Bool { value.load(ordering: .acquiring) }

  public func raise() {
    value.store(true, ordering: .releasing)
    changes.signal()
  }

  /// Returns once it is raised; false when it still is not after a minute.
  @discardableResult public nonisolated(nonsending) func raised() async -> Bool {
    await changes.wait { isRaised }
  }
}

/// Lets others run: comes back on another turn of the thread pool.
public nonisolated(nonsending) func hop() async {
  await withCheckedContinuation { continuation in
    DispatchQueue.global().async { continuation.resume() }
  }
}
