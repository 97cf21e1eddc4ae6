/// What the host has left, for those who ask.
final class ResourceMonitor: Sendable {
  func now() -> HostResources { HostResources() }
}
