import HTTP
import Hypervisor
import Store
import Threads

/// What the jobs of machines share: the appliance's parts, and how failures are judged.
struct MachineJob: Sendable {
  static let create = "machine.create"
  static let delete = "machine.delete"
  static let resize = "machine.resize"

  let appliance: Appliance
  let images: BaseImages
  /// Held while libvirt is asked for a state and that is written down.
  let truth = AsyncLock()
  /// Held while machines are given addresses and the network is told.
  let addresses = AsyncLock()

  var host: Host { appliance.host }
  var pool: String { appliance.site.poolName }
  var prefix: String { appliance.site.configuration.networkName }

  /// The machine of a job, as its row is now.
  func machine(_ job: Job) async throws -> Machine {
    guard let id = job.machineID,
      let machine = try await appliance.database.read({ try Machine.find(id, in: $0) })
    else { throw JobFailure(code: "MACHINE_GONE") }
    return machine
  }

  /// Changes a machine's row and tells its listeners.
  func update(
    _ id: Int64, _ change: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    try await appliance.database.write { [appliance] tx in
      try change(tx)
      try MachineNews.changed(id, appliance, in: tx)
    }
  }

  /// Waits until `domain` is in one of the states that `isReached` accepts; false after `limit` seconds.
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
    case is Firewall.Problem: .retry(code: MachineRefusal.hostNotReady.code)
    case let error as StoreError where error.code == .full: .retry(code: "NO_SPACE")
    default: .retry(code: "INTERNAL")
    }
  }
}

/// Tells the listeners of a machine what its row says now.
enum MachineNews {
  static func changed(_ id: Int64, _ appliance: Appliance, in tx: Transaction) throws {
    let publicIP = appliance.site.publicIP
    let isReachable = appliance.host.isConnected
    let isForwarding = appliance.forwarding.isEnabled
    let job = try JobQueue.unfinished(ofMachine: id, in: tx)?.id
    let found = try tx.first(MachineView.select + " WHERE m.id = ?", id) { row in
      let texts = Language.allCases.map { language in
        let view = MachineView(
          publicIP: publicIP, isHostReachable: isReachable, isForwarding: isForwarding, language: language)
        return (language, Frames.encode("VM_STATUS") { view.write(row, to: &$0, job: job) })
      }
      return (row.int64(1), Dictionary(texts, uniquingKeysWith: { first, _ in first }))
    }
    guard let (owner, texts) = found else { return }
    tx.afterCommit { [hub = appliance.hub] in
      hub.publish(.machines, to: .owner(owner)) { texts[$0] ?? [] }
    }
  }

  static func deleted(_ id: Int64, owner: Int64, _ appliance: Appliance, in tx: Transaction) {
    let text = Frames.encode("VM_STATUS") { json in
      json.beginObject()
      json.id("id", id)
      json.field("status", "deleted")
      json.endObject()
    }
    tx.afterCommit { [hub = appliance.hub] in hub.publish(.machines, to: .owner(owner)) { _ in text } }
  }
}
