import Glibc
import Synchronization

/// Reads the host's figures and keeps the last ones, because processor load is a difference of two samples.
final class HostSampler: Sendable {
  private struct State {
    /// The last minute's samples, oldest first.
    var history: [ProcessorTimes] = []
    var resources = HostResources(isUnknown: true)
  }

  /// One sample is taken every five seconds.
  private static let samplesPerMinute = 12

  private let folder: String
  private let proc: String
  private let state = Mutex(State())

  /// `folder` lies on the file system that disks of machines fill; it need not exist yet.
  init(folder: String, proc: String = "/proc") {
    self.folder = folder
    self.proc = proc
    sample()
  }

  /// As of the last sample.
  var current: HostResources { state.withLock { $0.resources } }

  /// Takes a sample. Blocks for as long as the file system takes to answer.
  func sample() {
    let times = SystemFile.text(proc + "/stat").flatMap { ProcessorTimes(stat: $0) }
    let memory = SystemFile.text(proc + "/meminfo").flatMap { MemoryFigures(meminfo: $0) }
    let disk = Self.disk(of: folder)
    state.withLock { state in
      state.resources = Self.resources(times, before: state.history.last, memory, disk)
      guard let times else { return }
      if state.history.count == Self.samplesPerMinute {
        state.resources.cpuMinute = times.usage(since: state.history.removeFirst())
      }
      state.history.append(times)
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

  /// The file system of a folder, or of the nearest one above it that exists.
  private static func disk(of folder: String) -> DiskFigures? {
    var path = folder
    var found = statvfs()
    while statvfs(path, &found) != 0 {
      guard errno == ENOENT, let slash = path.lastIndex(of: "/") else { return nil }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
    return DiskFigures(
      blockSize: UInt(found.f_frsize), blocks: UInt(found.f_blocks), free: UInt(found.f_bfree),
      available: UInt(found.f_bavail))
  }
}
