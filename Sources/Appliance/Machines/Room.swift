import HTTP
import Store

/// What the host has to give to machines, and what of it is given already: by their sizes, not by the load of the
/// moment.
struct Room: Sendable, Equatable {
  struct Size: Sendable, Equatable {
    var vcpu = 0
    /// MB.
    var memory = 0
    /// GB.
    var disk = 0
  }

  /// The most that all machines together may be.
  let most: Size
  /// Whether the host's own disk, whatever fills it, has next to nothing left.
  let isDiskFull: Bool

  private static let fullDisk = 95

  /// Nil where the host tells nothing of itself, or machines take nothing of it.
  init?(_ resources: HostResources, configuration: Configuration, isFree: Bool = false) {
    guard !resources.isUnknown, !isFree else { return nil }
    let share = configuration.hostShare
    most = Size(
      vcpu: resources.cores * configuration.coreOvercommit, memory: resources.memoryTotal / 100 * share,
      disk: resources.diskTotal * share / 100)
    isDiskFull = resources.diskTotal > 0 && resources.diskPercent >= Self.fullDisk
  }

  /// A machine in error has nothing, unless its domain may come back.
  private static let usedSQL = """
    SELECT total(vcpu), total(memory), total(disk_size) FROM machines
    WHERE id != ? AND (status != 'error' OR error_code = ?)
    """

  /// What machines have, but for one.
  static func used(besides machine: Int64 = 0, in connection: Connection) throws -> Size {
    try connection.first(usedSQL, machine, Machine.gone) { row in
      Size(
        vcpu: Int(clamping: Int64(row.double(0))), memory: Int(clamping: Int64(row.double(1))),
        disk: Int(clamping: Int64(row.double(2))))
    } ?? Size()
  }

  /// Why a machine of this size does not fit beside what is `used`; nil where it does.
  func refusal(_ size: Size, used: Size) -> Failure? {
    if used.vcpu + size.vcpu > most.vcpu { return Failure.noFreeCore(fitting(used)) }
    if used.memory + size.memory > most.memory { return Failure.noFreeMemory(fitting(used)) }
    if size.disk > 0, most.disk > 0, isDiskFull || used.disk + size.disk > most.disk {
      return Failure.noFreeDisk(fitting(used))
    }
    return nil
  }

  /// Throws 400 where a machine of this size does not fit; to be asked in the transaction that makes it.
  func check(_ size: Size, besides machine: Int64 = 0, in tx: Transaction) throws {
    if let refusal = refusal(size, used: try Self.used(besides: machine, in: tx)) { throw refusal }
  }

  /// The same for one that grows: what it does not want more of, it is not refused for.
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

  /// What is left to give.
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
