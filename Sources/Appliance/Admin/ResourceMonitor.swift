/// What the host has left, for those who ask.
final class ResourceMonitor: Sendable {
  private let read: @Sendable () -> HostResources
  private let sampler: HostSampler?
  /// `/proc` is quick, but a folder on a network may hang: nobody else shall wait for it.
  private let worker = WorkerThread(name: "monitor", waiting: 1)

  /// Watches this host, and the file system that `folder` lies on.
  init(folder: String) {
    let sampler = HostSampler(folder: folder)
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

  /// Takes the sample that `now` tells from here on. Without effect while an earlier one hangs.
  func refresh() async {
    guard let sampler else { return }
    try? await worker.perform { sampler.sample() }
  }

  func stop() { worker.stop() }
}
