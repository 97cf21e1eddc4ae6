import Synchronization
import Threads

/// What the host has left, for those who ask.
final class ResourceMonitor: Sendable {
  /// A younger sample is not taken again: just under the period of the live loads.
  private static let youth: Duration = .seconds(4)
  /// How long who asks waits for a sample.
  private static let patience: Duration = .seconds(1)

  private let read: @Sendable () -> HostResources
  private let sampler: HostSampler?
  /// `/proc` is quick, but a folder on a network may hang: nobody else shall wait for it.
  private let worker = WorkQueue("monitor", waiting: 1)

  /// Watches this host, and the file system that `folder` lies on.
  convenience init(folder: String) { self.init(HostSampler(folder: folder)) }

  init(_ sampler: HostSampler) {
    self.sampler = sampler
    read = { sampler.current }
  }

  /// Tells what `read` says, at every question.
  init(read: @escaping @Sendable () -> HostResources) {
    self.read = read
    sampler = nil
  }

  /// As of the last sample, from memory.
  func now() -> HostResources { read() }

  /// As of now, by a sample taken for the one who asks where the last one is some seconds old. Of a host that does
  /// not answer soon, what is in memory.
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

  /// Takes the sample that `now` tells from here on. Without effect while an earlier one hangs.
  func refresh() async {
    guard let sampler else { return }
    try? await worker.perform { sampler.sample() }
  }

  func stop() { worker.stop() }
}

/// Resumes a continuation at the first of several reasons.
private final class FirstOnly: Sendable {
  private let continuation: Mutex<CheckedContinuation<Void, Never>?>

  init(_ continuation: CheckedContinuation<Void, Never>) {
    self.continuation = Mutex(continuation)
  }

  func resume() {
    continuation.withLock { $0.take() }?.resume()
  }
}
