/// The capabilities of a host, determined once per connection.
public struct HostCapabilities: Sendable, Equatable {
  /// The domain type for new machines: `kvm`, `qemu` (emulation) or `test`.
  public let domainType: String
  /// The machine type for new machines; nil for the driver's default.
  public let machine: String?
  /// Path of the emulator on the host; empty for the test driver.
  public let emulator: String
  public let supportsUpload: Bool
  public let supportsConsole: Bool
  /// Whether addresses are known from the network's DHCP leases.
  public let supportsLeases: Bool
  public let cores: Int
  public let memoryMB: Int
  /// Why KVM is not used; nil when it is, and for the test driver.
  public let emulationReason: String?
}
