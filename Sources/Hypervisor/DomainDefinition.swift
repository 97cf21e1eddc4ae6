/// The complete definition of a machine, to be passed to libvirt.
public struct DomainDefinition: Sendable, Equatable {
  /// What the machine's network card is connected to.
  public enum Attachment: Sendable, Equatable {
    /// A libvirt network, by name.
    case network(String)
    /// A bridge of the host, by interface name.
    case bridge(String)
  }

  /// The seed's device on the virtio-scsi bus; Debian's cloud kernels have no AHCI driver.
  static let seedTarget = "sda"
  static let diskTarget = "vda"

  public var name: String
  /// In text form, 36 characters.
  public var uuid: String
  public var title: String
  public var vcpu: Int
  public var memoryMB: Int
  /// Path of a qcow2 file on the host.
  public var diskPath: String
  /// Path of an ISO image on the host, read once by cloud-init.
  public var seedPath: String?
  public var network: Attachment
  /// `52:54:00:…`
  public var mac: String
  /// libvirt's network filter for the card, such as `clean-traffic`; nil for none.
  public var filter: String?
  /// Name of the host's end of the card, at most 15 bytes; nil lets libvirt choose.
  public var interface: String?
  /// `kvm`, `qemu` or `test`, from ``HostCapabilities/domainType``.
  public var type: String
  public var machine: String?
  /// Path of a file on the host that receives the output of the serial console.
  public var consoleLogPath: String?
  /// Interval in seconds between the guest's memory reports.
  public var memoryStatsPeriod = 5

  public init(
    name: String, uuid: String, title: String = "", vcpu: Int, memoryMB: Int, diskPath: String,
    seedPath: String? = nil, network: Attachment, mac: String, interface: String? = nil, type: String,
    machine: String? = nil, consoleLogPath: String? = nil
  ) {
    self.name = name
    self.uuid = uuid
    self.title = title
    self.vcpu = vcpu
    self.memoryMB = memoryMB
    self.diskPath = diskPath
    self.seedPath = seedPath
    self.network = network
    self.mac = mac
    self.interface = interface
    self.type = type
    self.machine = machine
    self.consoleLogPath = consoleLogPath
  }
}
