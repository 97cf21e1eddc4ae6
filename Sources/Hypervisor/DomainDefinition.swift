/// Everything that makes a machine, as libvirt is told it.
public struct DomainDefinition: Sendable, Equatable {
  /// Where the machine's one network card is plugged in.
  public enum Attachment: Sendable, Equatable {
    /// A libvirt network by its name.
    case network(String)
    /// A bridge of the host by its interface name.
    case bridge(String)
  }

  /// The seed's place on the virtio-scsi bus; Debian's cloud kernels have no AHCI driver.
  static let seedTarget = "sda"
  static let diskTarget = "vda"

  public var name: String
  /// Text form, 36 characters.
  public var uuid: String
  public var title: String
  public var vcpu: Int
  public var memoryMB: Int
  /// A qcow2 file on the host.
  public var diskPath: String
  /// An ISO image on the host, read once by cloud-init.
  public var seedPath: String?
  public var network: Attachment
  /// `52:54:00:…`
  public var mac: String
  /// libvirt's filter of what the card may send, such as `clean-traffic`; nil for none.
  public var filter: String?
  /// The name of the host's end of the card, at most 15 bytes; nil lets libvirt choose.
  public var interface: String?
  /// `kvm`, `qemu` or `test`, from ``HostCapabilities/domainType``.
  public var type: String
  public var machine: String?
  /// A file on the host that gets all output of the serial console.
  public var consoleLogPath: String?
  /// Seconds between the guest's own reports of its memory.
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
