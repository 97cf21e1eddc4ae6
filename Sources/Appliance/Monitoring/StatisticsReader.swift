import HTTP
import Hypervisor
import Store

/// Reads the usage of the host and of machines for routes and sockets.
struct StatisticsReader: Sendable {
  let site: Site
  let database: Database
  let resources: ResourceMonitor
  let host: Host
  let forwarding: Forwarding

  func system() async throws -> SystemStatistics {
    try await SystemStatistics(await resources.fresh(), isHostReachable: host.isConnected, database: database)
  }

  /// The machines of `owner`, or all, encoded once per language.
  func machines(
    of owner: Int64?, languages: Set<Language>, loads: MachineLoads
  ) async throws -> MachineStatistics {
    try await MachineStatistics(self, owner: owner, languages: languages, loads: loads)
  }
}
