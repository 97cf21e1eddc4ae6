import Synchronization
import Threads

/// Provides the host's current resource usage.
final class ResourceMonitor: Sendable {
  /// A sample younger than this is reused: just under the interval of the live usage.
  private static let youth: Duration = .seconds(4)
  /// How long a caller waits for a new sample.
  private static let patience: Duration = .seconds(1)

  private let read: @Sendable () -> HostResources
  private let sampler: HostSampler?
  /// A network file system may hang; the separate thread keeps others from waiting for it.
  private let worker = WorkQueue("monitor", waiting: 1)

  /// Monitors this host, and the file system that contains `folder`.
  convenience init(folder: String) { self.init(HostSampler(folder: folder)) }

  init(_ sampler: HostSampler) {
    self.sampler = sampler
    read = { sampler.current }
  }

  /// Returns the result of `read` at each call, for tests.
  init(read: @escaping @Sendable () -> HostResources) {
    self.read = read
    sampler = nil
  }

  /// The last sample, from memory.
  func now() -> HostResources { read() }

  /// Current values: takes a sample if the last one is too old. Falls back to the last sample if that takes
  /// too long.
  func fresh() async -> HostResources {
    if let sampler, sampler.age > Self.youth {
      await withCheckedContinuation { continuation in
        let first = FirstOnly(continuation)
        Task {
          await refresh()
          first.resume()
        }
        Task {
          try? await Task.sleep(for: Self.patience)
          first.resume()
        }
      }
    }
    return read()
  }

  /// Takes a new sample. Does nothing while an earlier one hangs.
  func refresh() async {
    guard let sampler else { return }
    try? await worker.perform { sampler.sample() }
  }

  func stop() { worker.stop() }
}

/// Resumes a continuation at the first call.
private final class FirstOnly: Sendable {
  private let continuation: Mutex<CheckedContinuation<Void, Never>?>

  init(_ continuation: CheckedContinuation<Void, Never>) {
    self.continuation = Mutex(continuation)
  }

  func resume() {
    continuation.withLock { $0.take() }?.resume()
  }
}
