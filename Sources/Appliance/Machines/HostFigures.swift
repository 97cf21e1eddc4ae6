/// Processor time since boot, from `/proc/stat`.
struct ProcessorTimes: Sendable, Equatable {
  /// In kernel ticks, summed over all cores.
  let busy: Double
  let total: Double
  let cores: Int

  /// Parses `/proc/stat`; nil when the processor line is missing.
  ///
  /// See proc(5): user, nice, system, idle, iowait, irq, softirq, steal; guest time is included in user time.
  init?(stat text: some StringProtocol) {
    var sums: (busy: Double, total: Double)?
    var cores = 0
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("cpu") else { break }
      let fields = line.split(separator: " ")
      guard fields.first == "cpu" else {
        cores += 1
        continue
      }
      let ticks = fields.dropFirst().prefix(8).compactMap { Double($0) }
      guard ticks.count >= 4, ticks.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
      let total = ticks.reduce(0, +)
      let idle = ticks[3] + (ticks.count > 4 ? ticks[4] : 0)
      sums = (total - idle, total)
    }
    guard let sums else { return nil }
    (busy, total, self.cores) = (sums.busy, sums.total, max(1, cores))
  }

  /// Processor usage since an earlier sample, in percent of all cores, 0 to 100.
  func usage(since before: ProcessorTimes) -> Int {
    let passed = total - before.total
    guard passed > 0 else { return 0 }
    // iowait may decrease (proc(5)), so busy time may exceed the elapsed time.
    return Percent.of(busy - before.busy, passed)
  }
}

/// The host's memory, from `/proc/meminfo`.
struct MemoryFigures: Sendable, Equatable {
  /// In MB.
  let total: Int
  let available: Int

  /// Parses `/proc/meminfo`; nil when a value is missing.
  init?(meminfo text: some StringProtocol) {
    guard let total = Self.kilobytes("MemTotal:", text), total > 0,
      let available = Self.kilobytes("MemAvailable:", text)
    else { return nil }
    self.total = total / 1024
    self.available = min(max(0, available), total) / 1024
  }

  var used: Int { total - available }
  var percent: Int { Percent.of(Double(used), Double(total)) }

  private static func kilobytes(_ name: String, _ text: some StringProtocol) -> Int? {
    // Works on bytes: splitting fifty lines by Character takes longer than the kernel needs to write them.
    text.utf8.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: name.utf8) }?
      .split(separator: UInt8(ascii: " ")).dropFirst().first.flatMap {
        Int(String(decoding: $0, as: UTF8.self))
      }
  }
}

/// Usage of the file system that contains a folder.
struct DiskFigures: Sendable, Equatable {
  /// In bytes; space reserved for root counts neither as used nor as total.
  let used: Double
  let available: Double

  /// Blocks as counted by statvfs(3), each of `blockSize` bytes.
  init(blockSize: UInt, blocks: UInt, free: UInt, available: UInt) {
    used = Double(blocks > free ? blocks - free : 0) * Double(blockSize)
    self.available = Double(available) * Double(blockSize)
  }

  /// In GB.
  var usedGB: Int { Self.gigabytes(used) }
  var totalGB: Int { Self.gigabytes(used + available) }
  var percent: Int { Percent.of(used, used + available) }

  private static func gigabytes(_ bytes: Double) -> Int {
    Int(min((bytes / 1_073_741_824).rounded(), 1e15))
  }
}

/// Whole percentages, 0 to 100.
enum Percent {
  static func of(_ part: Double, _ whole: Double) -> Int {
    let percent = part / whole * 100
    guard percent.isFinite else { return 0 }
    return Int(min(max(0, percent), 100).rounded())
  }
}
