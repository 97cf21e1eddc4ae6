import Hypervisor

/// Computes usage from libvirt's cumulative counters, using the previous sample.
struct LoadHistory: Sendable {
  /// Maximum time between two samples for a meaningful usage.
  static let longest: Duration = .seconds(30)

  private struct Sample {
    /// Processor time in nanoseconds.
    let used: Int64
    let at: ContinuousClock.Instant
    let usage: Int
  }

  private let longest: Duration
  private var samples: [String: Sample] = [:]
  private var takenAt: ContinuousClock.Instant?

  /// Samples further apart than `longest` give no usage.
  init(longest: Duration = LoadHistory.longest) {
    self.longest = longest
  }

  /// Whether the next sample will give a usage.
  func isFresh(at now: ContinuousClock.Instant) -> Bool {
    takenAt.map { now - $0 <= longest } ?? false
  }

  /// Takes a sample of all domains; returns the usage since the previous sample, by UUID.
  mutating func record(
    _ statistics: [DomainStatistics], at now: ContinuousClock.Instant
  ) -> [String: MachineLoad] {
    let before = isFresh(at: now) ? samples : [:]
    samples = [:]
    takenAt = now
    var loads: [String: MachineLoad] = [:]
    for domain in statistics {
      guard domain.state == .running || domain.state == .paused else {
        // Its counter starts at 0 with its next start.
        samples[domain.uuid] = Sample(used: 0, at: now, usage: 0)
        loads[domain.uuid] = MachineLoad()
        continue
      }
      let sample = Self.sample(domain, since: before[domain.uuid], at: now)
      samples[domain.uuid] = sample
      loads[domain.uuid] = MachineLoad(
        cpuUsage: sample?.usage ?? 0,
        memoryUsed: megabytes(domain.memoryUsedKB ?? 0), memoryTotal: megabytes(domain.memoryTotalKB),
        diskUsed: max(0, domain.diskAllocation))
    }
    return loads
  }

  private static func sample(
    _ domain: DomainStatistics, since before: Sample?, at now: ContinuousClock.Instant
  ) -> Sample? {
    // libvirt omits the counters of a domain that is busy with an operation, which reads as 0.
    guard domain.cpuTimeNs > 0 else { return before }
    guard let before else { return Sample(used: domain.cpuTimeNs, at: now, usage: 0) }
    let passed = (now - before.at) / .nanoseconds(1)
    guard passed > 0 else { return before }
    // The counter decreased: the machine was restarted, and this is its time since then.
    let base = domain.cpuTimeNs < before.used ? 0 : before.used
    let used = Double(domain.cpuTimeNs) - Double(base)
    return Sample(
      used: domain.cpuTimeNs, at: now, usage: Percent.of(used, passed * Double(max(1, domain.vcpus))))
  }

  private func megabytes(_ kilobytes: Int64) -> Int { Int(max(0, kilobytes) / 1024) }
}
