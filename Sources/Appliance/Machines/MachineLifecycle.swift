import Hypervisor
import Store
import Synchronization

/// Synchronizes the machines' rows with libvirt: on its events, and by a full comparison at every connection
/// and every five minutes.
final class MachineLifecycle: Sendable {
  let base: MachineOperations
  let boot: @Sendable (Host) -> String?
  /// UUIDs of machines whose clock is being set.
  let clocks = Mutex<Set<String>>([])
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// `boot` returns the host's boot id, if known.
  init(base: MachineOperations, boot: @escaping @Sendable (Host) -> String? = HostBoot.current) {
    self.base = base
    self.boot = boot
  }

  /// The status for a domain's state; nil when there is no domain.
  static func status(for state: DomainState) -> Machine.Status? {
    switch state {
    case .running: .running
    case .paused: .paused
    case .stopped, .crashed, .other: .stopped
    case .gone: nil
    }
  }

  func start() {
    let events = base.host.events()
    let listening = Task { [self] in
      for await event in events { await handle(event) }
    }
    task.withLock { $0 = listening }
  }

  func stop() async {
    let listening = task.withLock { $0 }
    listening?.cancel()
    await listening?.value
  }

  /// Compares every machine that follows libvirt with its domain. Throws `HypervisorError` while the host is
  /// unreachable.
  func reconcile() async throws {
    try await startAgain()
    let machines = try await base.database.read { connection in
      try connection.query("SELECT \(Machine.columns) FROM machines", map: Machine.init)
    }
    let states = Dictionary(
      try await base.host.domains().map { ($0.uuid, $0.state) }, uniquingKeysWith: { first, _ in first })
    for machine in machines where machine.followsHost {
      let state = states[machine.uuid] ?? .gone
      if (Self.status(for: state) ?? .error) != machine.status || state == .paused {
        try await base.observe(machine.id)
      }
      if state != .gone { await look(at: machine, "sizes") { try await base.observeSizes(machine) } }
      if state == .running { await look(at: machine, "address") { try await readAddress(of: machine) } }
    }
    if base.standing.isOurs { try await base.settlePorts() }
    try await base.forwarding.apply()
    await base.forwarding.inspect()
  }

  /// The address may differ from the row after a manual start or an expired lease.
  private func readAddress(of machine: Machine) async throws {
    guard let address = try await base.leasedAddress(of: machine),
      address != machine.internalIP || machine.port == nil
    else { return }
    _ = try await base.forward(machine, to: address)
  }

  /// Runs `body` for one machine and logs its error, so that one machine cannot block the others.
  private func look(at machine: Machine, _ what: StaticString, _ body: () async throws -> Void) async {
    do {
      try await body()
    } catch {
      base.log.warn("machines") { line in
        line.field("machine", machine.id)
        line.field(what, error)
      }
    }
  }

  private func handle(_ event: HostEvent) async {
    do {
      switch event {
      case .connected:
        await base.prepareHost()
        // What does not need the host comes first, as the host may be lost again.
        try await announceAll()
        try await retryWaiting()
        try await reconcile()
      case .disconnected: try await announceAll()
      case .domain(_, let uuid, let state, let detail):
        guard let machine = try await base.machine(uuid: uuid) else { return }
        if state == .running { setClock(uuid: uuid, after: detail) }
        try await base.observe(machine.id)
      }
    } catch {
      base.log.warn("machines") { line in
        line.field("event", "\(event)")
        line.field("error", error)
      }
    }
  }

  /// Tells all pages whether the host is reachable.
  private func announceAll() async throws {
    guard base.broadcast.hub.hasListeners(.machines) else { return }
    try await base.database.write { [self] tx in
      for id in try tx.query("SELECT id FROM machines", map: { $0.int64(0) }) {
        try base.broadcast.changed(id, in: tx)
      }
    }
  }

  /// Resumes jobs that waited for the host.
  private func retryWaiting() async throws {
    try await base.database.write { [jobs = base.queue] tx in
      try tx.execute(
        """
        UPDATE jobs SET run_at = ?
        WHERE status IN ('queued', 'waiting', 'running') AND status = 'waiting'
        """, tx.now)
      tx.afterCommit { jobs.wake() }
    }
  }
}

/// The full comparison every five minutes, with cleanup.
struct ReconcileMachines: JobKind {
  /// Time after creation when the seed is removed, since cloud-init has read it: 30 minutes, in milliseconds.
  static let seedLife: Int64 = 30 * 60 * 1000

  let base: MachineOperations
  let lifecycle: MachineLifecycle

  let name = "machines.reconcile"
  let maxAttempts = 1
  let period: Int64? = 5 * 60 * 1000

  func run(_ context: JobContext) async throws {
    guard base.host.isConnected else { return }
    await base.prepareHost()
    try await lifecycle.reconcile()
    try await removeSeeds()
    try await removeImages()
  }

  private func removeSeeds() async throws {
    let before = base.clock.now() - Self.seedLife
    let machines = try await base.database.read { connection in
      try connection.query(
        "SELECT \(Machine.columns) FROM machines WHERE seed_present = 1 AND created_at < ? AND status = 'running'",
        before, map: Machine.init)
    }
    for machine in machines {
      do {
        try await base.host.ejectSeed(machine.uuid)
        try await base.host.deleteVolume(pool: base.pool, name: machine.seed(prefix: base.prefix))
      } catch let error as HypervisorError where error.code != .unreachable {
        base.log.warn("machines") { line in
          line.field("machine", machine.id)
          line.field("seed", error)
        }
        continue
      }
      try await base.database.write { tx in
        try tx.execute("UPDATE machines SET seed_present = 0 WHERE id = ?", machine.id)
      }
    }
  }

  /// Skipped while a machine is being created: its image may be in the process of being copied.
  private func removeImages() async throws {
    let inUse = try await base.database.read { connection -> Set<String>? in
      let underWay = try connection.scalar(
        "SELECT 1 FROM jobs WHERE status IN ('queued', 'waiting', 'running') AND kind = ? LIMIT 1",
        MachineOperations.create)
      guard underWay == nil else { return nil }
      return Set(
        try connection.query("SELECT image_volume FROM machines WHERE image_volume IS NOT NULL") {
          $0.text(0)
        })
    }
    if let inUse { try await base.images.tidy(inUse: inUse) }
  }

  func verdict(on error: any Error) -> JobVerdict { .fail(code: "HYPERVISOR_UNREACHABLE") }
}
