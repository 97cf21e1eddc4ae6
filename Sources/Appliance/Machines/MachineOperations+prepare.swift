import HTTP
import Hypervisor
import Store

extension MachineOperations {
  /// Creates our pool and network if they are missing, and records problems for the admin.
  ///
  /// The pool comes first: if it belongs to another installation, neither its network nor its rules are
  /// touched.
  func prepareHost() async {
    do {
      standing.note(try await preparationProblems(), from: .preparation)
    } catch {
      // The host is unreachable: previously recorded problems stay.
      log.warn("machines") { $0.field("prepare", error) }
    }
  }

  /// Throws `HypervisorError` when the host became unreachable.
  private func preparationProblems() async throws -> [HostProblem] {
    do {
      try await host.ensurePool(name: site.poolName, path: site.poolFolder)
    } catch let error as HypervisorError where error.code != .unreachable {
      return [error.code == .foreign ? .nameTaken(site.poolName) : .storage(error.message)]
    }
    guard site.configuration.networkBridge == nil else { return [] }
    if site.isLocalHypervisor,
      let interface = HostRoutes.current().interface(
        using: site.subnet, besides: site.configuration.bridgeInterface)
    {
      return [.networkInUse(site.subnet, interface: interface)]
    }
    do {
      guard try await host.ensureNetwork(site.network) else { return [.networkPending(site.subnet)] }
      try await InstallationMemory.note(network: site.subnet, in: database)
      try await settleAddresses()
    } catch let error as HypervisorError where error.code != .unreachable {
      return [.network(error.message)]
    }
    return []
  }

  /// Preparation before a machine is started: isolates the guests and assigns an address.
  func prepareStart(of machine: Machine) async throws {
    try await requireHost()
    // Machines of earlier versions lack the filter.
    try await host.filterCards(of: machine.uuid, mac: machine.mac)
    try await enterAddress(of: machine)
  }

  /// Applies the firewall rules. Throws `JobFailure` when no machine may be started on this host, and
  /// `Firewall.Problem` when that is unknown.
  func requireHost() async throws {
    if !standing.isPrepared { await prepareHost() }
    try await forwarding.require()
    if standing.obstacle != nil { throw JobFailure(code: Failure.hostNotReady.code) }
  }
}
