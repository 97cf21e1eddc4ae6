import Synchronization

/// Work that is repeated in the background, with a pause after each run, until it is stopped.
final class RepeatedTask: Sendable {
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// An error of `work` is logged and the next run takes place. `work` should return soon after its task is cancelled.
  func start(
    _ name: StaticString, every pause: Duration, _ log: Log,
    _ work: @escaping @Sendable () async throws -> Void
  ) {
    let task = Task {
      while !Task.isCancelled {
        do {
          try await work()
        } catch is CancellationError {
          return
        } catch {
          log.error(name) { $0.field("error", error) }
        }
        try? await Task.sleep(for: pause)
      }
    }
    self.task.withLock { $0 = task }
  }

  /// Cancels the work and waits for its end.
  func stop() async {
    let task = task.withLock { $0 }
    task?.cancel()
    await task?.value
  }
}
