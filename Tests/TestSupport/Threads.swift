import Dispatch

/// Runs work that blocks on a thread of its own, so that no task of the pool is held.
public nonisolated(nonsending) func onThread<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
  await withCheckedContinuation { continuation in
    DispatchQueue(label: "test.blocking").async { continuation.resume(returning: work()) }
  }
}
