/// What a host can do, found out once per connection.
public struct HostCapabilities: Sendable, Equatable {
  /// `kvm`, `qemu` (pure emulation) or `test`: the domain type to define machines with.
  public let domainType: String
  /// The machine type to define machines with; nil: the driver's own.
  public let machine: String?
  /// The emulator's path on the host, empty for the test driver.
  public let emulator: String
  public let supportsUpload: Bool
  public let supportsConsole: Bool
  /// Whether addresses come from the network's DHCP leases.
  public let supportsLeases: Bool
  public let cores: Int
  public let memoryMB: Int
  /// Why `/dev/kvm` is not used; nil when it is, and for the test driver.
  public let emulationReason: String?
}
