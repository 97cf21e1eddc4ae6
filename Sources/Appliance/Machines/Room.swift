import HTTP
import Store

/// The host's capacity for machines, and how much is allocated: by the machines' sizes, not by current load.
struct Room: Sendable, Equatable {
  struct Size: Sendable, Equatable {
    var vcpu = 0
    /// In MB.
    var memory = 0
    /// In GB.
    var disk = 0
  }

  /// The total that may be allocated to machines.
  let most: Size
  /// Whether the host's disk is nearly full, for whatever reason.
  let isDiskFull: Bool

  private static let fullDisk = 95

  /// Nil when the host's resources are unknown, or machines use none.
  init?(_ resources: HostResources, configuration: Configuration, isFree: Bool = false) {
    guard !resources.isUnknown, !isFree else { return nil }
    let share = configuration.hostShare
    most = Size(
      vcpu: resources.cores * configuration.coreOvercommit, memory: resources.memoryTotal / 100 * share,
      disk: resources.diskTotal * share / 100)
    isDiskFull = resources.diskTotal > 0 && resources.diskPercent >= Self.fullDisk
  }

  /// A failed machine uses nothing, unless its domain may reappear.
  private static let usedSQL = """
    SELECT total(vcpu), total(memory), total(disk_size) FROM machines
    WHERE id != ? AND (status != 'error' OR error_code = ?)
    """

  /// The resources allocated to machines, except one.
  static func used(besides machine: Int64 = 0, in connection: Connection) throws -> Size {
    try connection.first(usedSQL, machine, Machine.gone) { row in
      Size(
        vcpu: Int(clamping: Int64(row.double(0))), memory: Int(clamping: Int64(row.double(1))),
        disk: Int(clamping: Int64(row.double(2))))
    } ?? Size()
  }

  /// Why a machine of this size does not fit in addition to `used`; nil when it does.
  func refusal(_ size: Size, used: Size) -> Failure? {
    if used.vcpu + size.vcpu > most.vcpu { return Failure.noFreeCore(fitting(used)) }
    if used.memory + size.memory > most.memory { return Failure.noFreeMemory(fitting(used)) }
    if size.disk > 0, most.disk > 0, isDiskFull || used.disk + size.disk > most.disk {
      return Failure.noFreeDisk(fitting(used))
    }
    return nil
  }

  /// Throws 400 when a machine of this size does not fit; call it in the transaction that creates it.
  func check(_ size: Size, besides machine: Int64 = 0, in tx: Transaction) throws {
    if let refusal = refusal(size, used: try Self.used(besides: machine, in: tx)) { throw refusal }
  }

  /// The same for a resize: only resources that grow are checked.
  func check(_ size: Size, of machine: Machine, in tx: Transaction) throws {
    var (grown, used) = (size, try Self.used(besides: machine.id, in: tx))
    if size.vcpu <= machine.vcpu { (grown.vcpu, used.vcpu) = (0, 0) }
    if size.memory <= machine.memory { (grown.memory, used.memory) = (0, 0) }
    if size.disk <= machine.diskSize { (grown.disk, used.disk) = (0, 0) }
    if let refusal = refusal(grown, used: used) { throw refusal }
  }

  func fits(_ plan: Plan, used: Size) -> Bool {
    let size = plan.size
    return used.vcpu + size.vcpu <= most.vcpu && used.memory + size.memory <= most.memory
      && (most.disk == 0 || !isDiskFull && used.disk + size.disk <= most.disk)
  }

  /// What can still be allocated.
  func free(used: Size) -> Size {
    Size(
      vcpu: max(0, most.vcpu - used.vcpu), memory: max(0, most.memory - used.memory),
      disk: isDiskFull ? 0 : max(0, most.disk - used.disk))
  }

  private func fitting(_ used: Size) -> [Plan] { Plan.all.filter { fits($0, used: used) } }
}

extension Plan {
  var size: Room.Size { Room.Size(vcpu: vcpu, memory: memory, disk: diskSize) }
}
