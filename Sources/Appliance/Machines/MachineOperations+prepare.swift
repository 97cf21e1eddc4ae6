import HTTP
import Hypervisor
import Store

extension MachineOperations {
  /// Our pool and network, made where they are missing; what keeps them from being made is told to the admin.
  ///
  /// The pool goes first: where another installation has it, neither its network nor its rules are touched.
  func prepareHost() async {
    do {
      standing.note(try await preparationProblems(), from: .preparation)
    } catch {
      // The host is away: what was known of it stays.
      log.warn("machines") { $0.field("prepare", error) }
    }
  }

  /// Throws `HypervisorError` where the host went away.
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

  /// What must be done before a machine is started: nobody's guest reaches another's, and it gets an address.
  func prepareStart(of machine: Machine) async throws {
    try await requireHost()
    // Earlier versions made machines without it.
    try await host.filterCards(of: machine.uuid, mac: machine.mac)
    try await enterAddress(of: machine)
  }

  /// Throws `JobFailure` where no machine may be started on this host, and `Firewall.Problem` where that is not known
  /// yet; brings the rules in force first.
  func requireHost() async throws {
    if !standing.isPrepared { await prepareHost() }
    try await forwarding.require()
    if standing.obstacle != nil { throw JobFailure(code: Failure.hostNotReady.code) }
  }
}
