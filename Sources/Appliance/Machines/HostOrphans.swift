import Hypervisor
import Store

/// What the database and the hypervisor do not know of each other: domains and volumes without a machine, and machines
/// without a domain or a disk.
struct HostOrphans: Sendable {
  let base: MachineOperations

  struct Found: Sendable {
    /// Domains of ours without a machine: name and UUID.
    var domains: [(name: String, uuid: String)] = []
    var volumes: [String] = []
    /// Ids of machines whose row says that they have a domain.
    var withoutDomain: [Int64] = []
    var withoutDisk: [Int64] = []

    var isEmpty: Bool { domains.isEmpty && volumes.isEmpty && withoutDomain.isEmpty && withoutDisk.isEmpty }
    /// Whether there is something that `repair` mends.
    var isRepairable: Bool { !domains.isEmpty || !volumes.isEmpty || !withoutDomain.isEmpty }
  }

  /// Nil when the hypervisor cannot be compared: it is unreachable, or our names there are not known to be ours.
  func find() async throws -> Found? {
    guard base.host.isConnected, base.standing.isOurs else { return nil }
    // The hypervisor is read first: a machine is in the database before it has a domain, and longer than it.
    let domains = try await base.host.domains()
    let volumes = try await base.host.volumes(pool: base.pool)
    let machines = try await base.database.read { connection in
      try connection.query("SELECT \(Machine.columns) FROM machines", map: Machine.init)
    }
    let uuids = Set(machines.map(\.uuid))
    var found = Found()
    found.domains = domains.filter { Self.isOurs($0.name, base.prefix) && !uuids.contains($0.uuid) }
      .map { (name: $0.name, uuid: $0.uuid) }
    let disks = Set(machines.flatMap { [$0.disk(prefix: base.prefix), $0.seed(prefix: base.prefix)] })
    found.volumes = volumes.filter { Self.isVolume($0, base.prefix) && !disks.contains($0) }
    for machine in machines where machine.status.isSettled {
      try await look(at: machine, volumes: Set(volumes), &found)
    }
    return found
  }

  private func look(at machine: Machine, volumes: Set<String>, _ found: inout Found) async throws {
    // Asked for itself: it may have been created after the lists were read.
    if try await base.host.state(machine.uuid) == .gone { found.withoutDomain.append(machine.id) }
    let disk = machine.disk(prefix: base.prefix)
    guard !volumes.contains(disk) else { return }
    if try await !base.host.volumeExists(pool: base.pool, name: disk) { found.withoutDisk.append(machine.id) }
  }

  /// Deletes domains and volumes without a machine, and marks machines without a domain as broken.
  func repair(_ found: Found) async throws {
    for domain in found.domains {
      if [.running, .paused].contains(try await base.host.state(domain.uuid)) {
        try await base.host.destroy(domain.uuid)
      }
      try await base.host.undefine(domain.uuid)
    }
    for volume in found.volumes { try await base.host.deleteVolume(pool: base.pool, name: volume) }
    for machine in found.withoutDomain { try await base.observe(machine) }
  }

  /// Whether a domain has a name as `Machine.domain` makes it: `PREFIX-17-0a1b2c3d`.
  static func isOurs(_ name: String, _ prefix: String) -> Bool {
    guard name.hasBytes(prefix: prefix + "-") else { return false }
    let parts = name.dropFirst(prefix.count + 1).split(
      separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[0].utf8.allSatisfy { (0x30...0x39).contains($0) }
      && parts[1].utf8.count == 8 && parts[1].allSatisfy(\.isHexDigit)
  }

  /// Whether a volume is the disk or the seed of such a domain.
  static func isVolume(_ name: String, _ prefix: String) -> Bool {
    [".qcow2", "-seed.iso"].contains { name.hasSuffix($0) && isOurs(String(name.dropLast($0.count)), prefix) }
  }
}
