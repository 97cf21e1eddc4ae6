import HTTP
import Hypervisor
import Store

/// Reads the loads of the host and of machines, as pages and sockets show them.
struct StatisticsReader: Sendable {
  let site: Site
  let database: Database
  let resources: ResourceMonitor
  let host: Host
  let forwarding: Forwarding

  func system() async throws -> SystemStatistics {
    try await SystemStatistics(await resources.fresh(), isHostReachable: host.isConnected, database: database)
  }

  /// The machines of `owner`, or of everyone, each written once for each of `languages`.
  func machines(
    of owner: Int64?, languages: Set<Language>, loads: MachineLoads
  ) async throws -> MachineStatistics {
    try await MachineStatistics(self, owner: owner, languages: languages, loads: loads)
  }
}
