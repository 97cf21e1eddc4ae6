import Glibc
import Synchronization

/// Samples the host's usage and keeps the last samples, since processor usage is the difference of two.
final class HostSampler: Sendable {
  private struct State {
    /// Samples of the last minutes, oldest first.
    var history: [(times: ProcessorTimes, at: ContinuousClock.Instant)] = []
    var resources = HostResources(isUnknown: true)
    var sampledAt: ContinuousClock.Instant?
  }

  /// A minute, minus a tolerance for early timers.
  private static let minute: Duration = .seconds(59)
  /// Samples older than this are not used for the last minute.
  private static let longest: Duration = .seconds(150)
  private static let mostSamples = 64

  private let folder: String
  private let proc: String
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  /// `folder` is on the file system of the machines' disks; it need not exist yet.
  init(
    folder: String, proc: String = "/proc",
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.folder = folder
    self.proc = proc
    self.now = now
    sample()
  }

  /// The values of the last sample.
  var current: HostResources { state.withLock { $0.resources } }

  /// Age of the last sample.
  var age: Duration {
    let sampledAt = state.withLock { $0.sampledAt }
    return sampledAt.map { now() - $0 } ?? Self.longest
  }

  /// Takes a sample. Blocks until the file system answers.
  func sample() {
    let times = SystemFile.text(proc + "/stat").flatMap { ProcessorTimes(stat: $0) }
    let memory = SystemFile.text(proc + "/meminfo").flatMap { MemoryFigures(meminfo: $0) }
    let disk = Self.disk(of: folder)
    let at = now()
    state.withLock { state in
      state.sampledAt = at
      state.resources = Self.resources(times, before: state.history.last?.times, memory, disk)
      guard let times else { return }
      state.history.removeAll { at - $0.at > Self.longest }
      if let before = state.history.last(where: { at - $0.at >= Self.minute }) {
        state.resources.cpuMinute = times.usage(since: before.times)
        state.resources.hasMinute = true
      }
      if state.history.count == Self.mostSamples { state.history.removeFirst() }
      state.history.append((times, at))
    }
  }

  private static func resources(
    _ times: ProcessorTimes?, before: ProcessorTimes?, _ memory: MemoryFigures?, _ disk: DiskFigures?
  ) -> HostResources {
    var resources = HostResources()
    resources.isUnknown = times == nil && memory == nil
    if let times {
      resources.cores = times.cores
      resources.cpuUsage = before.map { times.usage(since: $0) } ?? 0
    }
    if let memory {
      resources.memoryUsed = memory.used
      resources.memoryTotal = memory.total
      resources.memoryPercent = memory.percent
    }
    if let disk {
      resources.diskUsed = disk.usedGB
      resources.diskTotal = disk.totalGB
      resources.diskPercent = disk.percent
    }
    return resources
  }

  /// The file system of a folder, or of its nearest existing parent.
  private static func disk(of folder: String) -> DiskFigures? {
    var path = folder
    var found = statvfs()
    while statvfs(path, &found) != 0 {
      guard errno == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
    return DiskFigures(
      blockSize: UInt(found.f_frsize), blocks: UInt(found.f_blocks), free: UInt(found.f_bfree),
      available: UInt(found.f_bavail))
  }
}
