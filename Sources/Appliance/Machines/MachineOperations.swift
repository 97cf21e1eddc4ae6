import HTTP
import Hypervisor
import Store
import Threads

/// Dependencies and helpers shared by the jobs of machines, and the classification of their errors.
struct MachineOperations: Sendable {
  static let create = "machine.create"
  static let delete = "machine.delete"
  static let resize = "machine.resize"
  static let redefine = "machine.redefine"

  let site: Site
  let clock: Clock
  let log: Log
  let database: Database
  let vault: Vault
  let queue: JobQueue
  let outbox: Outbox
  let notifications: Notifications
  let host: Host
  let standing: HostStanding
  let forwarding: Forwarding
  let images: BaseImages
  let broadcast: MachineBroadcast
  /// Held while a state is read from libvirt and stored.
  let truth = AsyncLock()
  /// Held while addresses are assigned and the network is updated.
  let addresses = AsyncLock()

  var deletion: MachineDeletion { MachineDeletion(queue: queue, broadcast: broadcast) }
  var pool: String { site.poolName }
  var prefix: String { site.configuration.networkName }

  /// The current row of the job's machine.
  func machine(_ job: Job) async throws -> Machine {
    guard let id = job.machineID,
      let machine = try await database.read({ try Machine.find(id, in: $0) })
    else { throw JobFailure(code: "MACHINE_GONE") }
    return machine
  }

  /// Updates a machine's row and notifies its subscribers.
  func update(
    _ id: Int64, _ change: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    try await database.write { [self] tx in
      try change(tx)
      try broadcast.changed(id, in: tx)
    }
  }

  /// Waits until `isReached` accepts the state of `domain`; false after `limit` seconds.
  func wait(
    _ context: JobContext, for domain: String, seconds limit: Int, until isReached: (DomainState) -> Bool
  ) async throws -> Bool {
    for _ in 0..<max(1, limit * 2) {
      if isReached(try await host.state(domain)) { return true }
      try await Task.sleep(for: .milliseconds(500))
      try await context.checkCancelled()
    }
    return isReached(try await host.state(domain))
  }

  static func verdict(on error: any Error) -> JobVerdict {
    switch error {
    case let error as HypervisorError:
      switch error.code {
      case .unreachable: .wait(code: "HYPERVISOR_UNREACHABLE")
      case .noSpace: .fail(code: "NO_SPACE")
      case .hasSnapshots: .fail(code: "DISK_HAS_SNAPSHOTS")
      case .unsupported: .fail(code: "UNSUPPORTED")
      case .notFound: .retry(code: "DOMAIN_GONE")
      default: .retry(code: "DOMAIN_REFUSED")
      }
    case is Firewall.Problem: .retry(code: Failure.hostNotReady.code)
    case let error as StoreError where error.code == .full: .retry(code: "NO_SPACE")
    default: .retry(code: "INTERNAL")
    }
  }
}
