/// What the host has left, for those who ask.
final class ResourceMonitor: Sendable {
  private let read: @Sendable () -> HostResources

  init(read: @escaping @Sendable () -> HostResources = { HostResources() }) {
    self.read = read
  }

  func now() -> HostResources { read() }
}
