import Hypervisor

/// Reads the counters of all machines from libvirt, once for all concurrent callers.
actor LoadMeter {
  typealias Read = @Sendable () async throws -> [DomainStatistics]

  private let read: Read
  private let now: @Sendable () -> ContinuousClock.Instant
  private let pause: @Sendable () async -> Void
  private var history = LoadHistory()
  private var last: (loads: MachineLoads, at: ContinuousClock.Instant)?
  private var running: Task<MachineLoads, Never>?

  /// `pause` is the time between the two samples needed for the first result.
  init(
    read: @escaping Read, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    pause: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .milliseconds(250)) }
  ) {
    self.read = read
    self.now = now
    self.pause = pause
  }

  /// The usage of all machines, at most `maxAge` old. Does not throw: an unreachable host is reported in the
  /// result.
  func loads(maxAge: Duration) async -> MachineLoads {
    if let last, now() - last.at < maxAge { return last.loads }
    if let running { return await running.value }
    let task = Task { await measure() }
    running = task
    return await task.value
  }

  private func measure() async -> MachineLoads {
    defer { running = nil }
    do {
      var statistics = try await read()
      if !history.isFresh(at: now()) {
        _ = history.record(statistics, at: now())
        await pause()
        statistics = try await read()
      }
      let at = now()
      let loads = MachineLoads(isReachable: true, byDomain: history.record(statistics, at: at))
      last = (loads, at)
      return loads
    } catch {
      history = LoadHistory()
      last = nil
      return MachineLoads()
    }
  }
}
