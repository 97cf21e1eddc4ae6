import Store

/// A virtual machine, as stored in its row.
struct Machine: Sendable {
  enum Status: String, Sendable, CaseIterable {
    case pending, creating, running, stopped, paused, updating, deleting, error

    /// Whether libvirt's state may replace it, because no job is changing the machine.
    var isSettled: Bool { self == .running || self == .stopped || self == .paused }
  }

  let id: Int64
  let userID: Int64
  let name: String
  let osType: String
  let version: String
  let vcpu: Int
  /// In MB.
  let memory: Int
  /// In GB.
  let diskSize: Int
  let status: Status
  let uuid: String
  let mac: String
  let imageVolume: String?
  let internalIP: String?
  let port: Int?
  let sshUser: String
  let publicKey: String
  let sealedKey: [UInt8]?
  let isSeedPresent: Bool
  let createdAt: Int64
  let errorCode: String?
  /// The public key line, `ssh-ed25519 AAAA…`; nil for machines of earlier versions, which generated their
  /// own.
  let hostKey: String?
  /// The encrypted private key, until the machine has received it.
  let sealedHostKey: [UInt8]?
  /// Why it is paused, as a code.
  let reasonCode: String?
  /// Its fixed address on our network, running or not; nil on a foreign network.
  let reservedIP: String?

  static let columns = """
    id, user_id, name, os_type, version, vcpu, memory, disk_size, status, uuid, mac, image_volume,
    internal_ip, port, ssh_user, public_key, sealed_key, seed_present, created_at, error_code,
    host_key, sealed_host_key, reason_code, reserved_ip
    """

  init(_ row: Row) {
    id = row.int64("id")
    userID = row.int64("user_id")
    name = row.text("name")
    osType = row.text("os_type")
    version = row.text("version")
    vcpu = row.int("vcpu")
    memory = row.int("memory")
    diskSize = row.int("disk_size")
    status = Status(rawValue: row.text("status")) ?? .error
    uuid = row.text("uuid")
    mac = row.text("mac")
    imageVolume = row.optionalText("image_volume")
    internalIP = row.optionalText("internal_ip")
    port = row.optionalInt("port")
    sshUser = row.text("ssh_user")
    publicKey = row.text("public_key")
    sealedKey = row.optionalBlob("sealed_key")
    isSeedPresent = row.bool("seed_present")
    createdAt = row.int64("created_at")
    errorCode = row.optionalText("error_code")
    hostKey = row.optionalText("host_key")
    sealedHostKey = row.optionalBlob("sealed_host_key")
    reasonCode = row.optionalText("reason_code")
    reservedIP = row.optionalText("reserved_ip")
  }

  /// Whether its status follows libvirt's state because no job is changing it. Includes a machine whose
  /// domain was missing: it may reappear, as libvirt can be pointed to another host.
  var followsHost: Bool { status.isSettled || status == .error && errorCode == Self.gone }

  /// The error code of a machine whose domain is missing.
  static let gone = "DOMAIN_GONE"

  /// The name of the domain: contains the machine's id and a part of its UUID, so that it does not clash with
  /// domains left on the host by another database.
  func domain(prefix: String) -> String { "\(prefix)-\(id)-\(uuid.prefix(8))" }
  func disk(prefix: String) -> String { domain(prefix: prefix) + ".qcow2" }
  /// Name of the host's end of the network card: at most 15 bytes and unique.
  var interface: String { Self.interface(uuid: uuid) }
  func seed(prefix: String) -> String { domain(prefix: prefix) + "-seed.iso" }

  static func interface(uuid: String) -> String { "ob\(uuid.prefix(8))" }

  static func find(_ id: Int64, in connection: Connection) throws -> Machine? {
    try connection.first("SELECT \(columns) FROM machines WHERE id = ?", id, map: Machine.init)
  }
}

extension Audit.Subject {
  static func machine(_ machine: Machine) -> Audit.Subject {
    Audit.Subject(type: "machine", id: machine.id, name: machine.name)
  }
}
