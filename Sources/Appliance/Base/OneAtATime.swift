import Synchronization

/// Skips a run while the previous one is still in progress, so that a slow host is not called again and
/// again.
final class OneAtATime: Sendable {
  private let isBusy = Atomic(false)

  func run(_ work: @escaping @Sendable () async throws -> Void) {
    guard !isBusy.exchange(true, ordering: .acquiring) else { return }
    Task {
      try? await work()
      isBusy.store(false, ordering: .releasing)
    }
  }
}
