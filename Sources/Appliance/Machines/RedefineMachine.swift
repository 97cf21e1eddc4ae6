import Glibc
import Hypervisor
import Store

/// Makes a machine known to libvirt again after a restore: with the definition of the backup where that still fits, else with
/// one made from its row. A machine without its disk gets the error `DISK_MISSING`.
struct RedefineMachine: JobKind {
  static let diskMissing = "DISK_MISSING"

  let base: MachineOperations

  let name = MachineOperations.redefine
  let steps = ["disk", "domain"]

  /// Enqueues a job for each machine that should be in libvirt; returns their number.
  static func enqueueAll(_ queue: JobQueue, in tx: Transaction) throws -> Int {
    let machines = try tx.query(
      """
      SELECT id, user_id FROM machines
      WHERE status IN ('running', 'stopped', 'paused') OR status = 'error' AND error_code = 'DOMAIN_GONE'
      """
    ) { (id: $0.int64(0), user: $0.int64(1)) }
    for machine in machines {
      try queue.enqueue(MachineOperations.redefine, machine: machine.id, user: machine.user, in: tx)
    }
    return machines.count
  }

  /// Where a restore leaves the definitions of a backup.
  static func file(_ machine: Machine, of site: Site) -> String {
    "\(site.dataFolder)/machines/\(machine.uuid).xml"
  }

  func run(_ context: JobContext) async throws {
    let machine = try await base.machine(context.job)
    try await context.step("disk")
    if try await base.host.state(machine.uuid) == .gone {
      try await base.host.ensurePool(name: base.pool, path: base.site.poolFolder)
      guard try await base.host.volumeExists(pool: base.pool, name: machine.disk(prefix: base.prefix)) else {
        return try await missing(machine, context)
      }
      try await context.step("domain")
      try await define(machine)
    }
    unlink(Self.file(machine, of: base.site))
    try await base.observe(machine.id)
  }

  func verdict(on error: any Error) -> JobVerdict { MachineOperations.verdict(on: error) }

  private func define(_ machine: Machine) async throws {
    let disk = try await base.host.volumePath(pool: base.pool, name: machine.disk(prefix: base.prefix))
    // One that names other paths is from a host with other folders.
    if let xml = SystemFile.text(Self.file(machine, of: base.site)), xml.contains("'\(disk)'"),
      (try? await base.host.define(xml: xml)) != nil
    {
      return
    }
    try await base.define(machine, seed: nil, try await base.host.capabilities())
  }

  private func missing(_ machine: Machine, _ context: JobContext) async throws {
    try await context.succeed { [base] tx in
      try tx.execute(
        """
        UPDATE machines SET status = 'error', error_code = ?, internal_ip = NULL, updated_at = ?
        WHERE id = ? AND (status IN ('running', 'stopped', 'paused') OR error_code = ?)
        """, Self.diskMissing, tx.now, machine.id, Machine.gone)
      try base.broadcast.changed(machine.id, in: tx)
    }
  }
}
