import Synchronization

/// Leaves out a run while the one before still goes on, so that a slow host is not asked again and again.
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
