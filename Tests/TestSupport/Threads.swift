import Threads

/// Runs blocking work on its own thread, so that no thread of the pool is blocked. Throws what the work
/// throws.
public nonisolated(nonsending) func onThread<T: Sendable, E: Error>(
  _ work: @escaping @Sendable () throws(E) -> T
) async throws(E) -> T {
  let result: Result<T, E> = await withCheckedContinuation { continuation in
    let thread = Thread("test") {
      continuation.resume(returning: Result { () throws(E) in try work() })
    }
    precondition(thread != nil, "the system has no thread left")
  }
  return try result.get()
}
