import Hypervisor
import Store
import Synchronization

/// Records the usage of the host and the running machines once a minute.
final class LoadRecorder: Sendable {
  /// Maximum time between two samples for a meaningful usage.
  private static let longest: Duration = .seconds(150)

  private struct State {
    var history = LoadHistory(longest: LoadRecorder.longest)
    /// The time up to which minutes have been averaged.
    var averagedUntil: Int64?
  }

  private let database: Database
  private let resources: @Sendable () async -> HostResources
  private let read: LoadMeter.Read
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  init(
    database: Database, resources: @escaping @Sendable () async -> HostResources,
    read: @escaping LoadMeter.Read, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.database = database
    self.resources = resources
    self.read = read
    self.now = now
  }

  /// Takes the first sample, to which the first record is compared.
  func begin() async { _ = await machines() }

  /// Writes one row for the host and each machine and the averages that are due; deletes old rows.
  func record() async throws {
    let host = await resources()
    let loads = await machines()
    let since = state.withLock { $0.averagedUntil }
    let until = try await database.write { tx in
      if host.hasMinute, !host.isUnknown {
        let sample = LoadSample(
          cpu: Double(host.cpuMinute), ram: Double(host.memoryPercent), disk: Double(host.diskPercent))
        try LoadSeries.insert(sample, of: LoadSeries.host, in: tx)
      }
      if !loads.isEmpty {
        for machine in try tx.query("SELECT \(Machine.columns) FROM machines", map: Machine.init) {
          guard let load = loads[machine.uuid] else { continue }
          try LoadSeries.insert(LoadSample(load, of: machine), of: machine.id, in: tx)
        }
      }
      let until = try LoadSeries.average(since: since, in: tx)
      try LoadSeries.forget(in: tx)
      return until
    }
    state.withLock { $0.averagedUntil = until }
  }

  /// The usage of running domains since the previous sample; empty without one, or when libvirt is
  /// unreachable.
  private func machines() async -> [String: MachineLoad] {
    guard let statistics = try? await read() else {
      state.withLock { $0.history = LoadHistory(longest: Self.longest) }
      return [:]
    }
    let running = Set(statistics.filter { $0.state == .running }.map(\.uuid))
    return state.withLock { [now] state in
      let at = now()
      let isMeasured = state.history.isFresh(at: at)
      let loads = state.history.record(statistics, at: at)
      return isMeasured ? loads.filter { running.contains($0.key) } : [:]
    }
  }
}
