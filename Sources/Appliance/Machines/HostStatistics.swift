import Glibc

/// The load of the host itself, in the units that the monitoring route gives.
struct HostStatistics: Sendable, Equatable {
  struct Share: Sendable, Equatable {
    let used: Int
    let total: Int

    /// Whole percents, 0 to 100.
    var percent: Int { total > 0 ? min(100, max(0, (used * 100 + total / 2) / total)) : 0 }
  }

  /// Whole percents of all cores together, since the sample before; 0 for the first.
  let cpuUsage: Int
  let cores: Int
  /// In MB.
  let memory: Share
  /// In GB, of the file system that holds the machines' disks.
  let disk: Share

  /// Ticks of all cores since the host started.
  struct CPUTimes: Sendable, Equatable {
    let busy: UInt64
    let total: UInt64
    let cores: Int

    /// Reads the text of /proc/stat (proc_stat(5)).
    init?(_ text: String) {
      var all: [UInt64]?
      var cores = 0
      for line in text.utf8.split(separator: 0x0A) {
        let words = line.split(separator: 0x20)
        guard let name = words.first, name.starts(with: "cpu".utf8) else { continue }
        if name.count > 3 {
          cores += 1
        } else {
          // Guest time is already within user time, so only the first eight are added.
          all = words.dropFirst().prefix(8).map { UInt64(String(Substring($0))) ?? 0 }
        }
      }
      guard let all, all.count >= 4 else { return nil }
      total = all.reduce(0, &+)
      busy = total &- all[3] &- (all.count > 4 ? all[4] : 0)
      self.cores = max(1, cores)
    }

    /// Whole percents of the time since an earlier sample.
    func usage(since earlier: CPUTimes) -> Int {
      guard total > earlier.total, busy >= earlier.busy else { return 0 }
      let share = Double(busy - earlier.busy) / Double(total - earlier.total)
      return min(100, max(0, Int((share * 100).rounded())))
    }
  }

  /// Reads the text of /proc/meminfo; what programs could still get counts as free.
  static func memory(_ text: String) -> Share? {
    var kilobytes: [String: Int] = [:]
    for line in text.utf8.split(separator: 0x0A) {
      let words = line.split(separator: 0x20)
      guard words.count >= 2, words[0].last == 0x3A else { continue }
      kilobytes[String(Substring(words[0].dropLast()))] = Int(String(Substring(words[1])))
    }
    guard let total = kilobytes["MemTotal"], total > 0 else { return nil }
    let available = kilobytes["MemAvailable"] ?? kilobytes["MemFree"] ?? 0
    return Share(used: max(0, total - available) / 1024, total: total / 1024)
  }

  /// The file system that holds `path`; what only root may use counts as used, as people cannot.
  static func disk(_ path: String) -> Share? {
    var about = statvfs()
    guard statvfs(path, &about) == 0, about.f_frsize > 0 else { return nil }
    let gigabytes = { (blocks: fsblkcnt_t) in Int(Double(blocks) * Double(about.f_frsize) / 1_073_741_824) }
    let total = gigabytes(about.f_blocks)
    return Share(used: max(0, total - gigabytes(about.f_bavail)), total: total)
  }
}

/// Takes samples of the host; whoever asks gets the load since that one's last sample.
struct HostSampler: Sendable {
  private var last: HostStatistics.CPUTimes?
  private let diskPath: String

  /// `diskPath` lies on the file system whose space is told.
  init(diskPath: String) { self.diskPath = diskPath }

  /// Reads /proc and the file system, which takes some 0.1 ms and blocks on nothing slow; nil where
  /// there is no /proc.
  mutating func sample() -> HostStatistics? {
    guard let times = Self.read("/proc/stat").flatMap(HostStatistics.CPUTimes.init),
      let memory = Self.read("/proc/meminfo").flatMap(HostStatistics.memory)
    else { return nil }
    let usage = last.map(times.usage(since:)) ?? 0
    last = times
    let disk = HostStatistics.disk(diskPath) ?? .init(used: 0, total: 0)
    return HostStatistics(cpuUsage: usage, cores: times.cores, memory: memory, disk: disk)
  }

  private static func read(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    let isRead = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      while bytes.count < 1 << 20 {
        let count = Glibc.read(file, buffer.baseAddress, buffer.count)
        if count == 0 { return true }
        if count < 0 { return false }
        bytes.append(contentsOf: buffer[..<count])
      }
      return true
    }
    return isRead ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
