import Glibc

/// Resource usage of this process.
struct ProcessFigures: Sendable {
  /// Resident memory in bytes.
  var residentMemory = 0
  /// Processor time since its start in seconds.
  var cpuSeconds = 0.0
  var openFiles = 0
  /// Number of open sockets, which are included in the open files.
  var openSockets = 0

  /// Reads `/proc/self`. Blocks for about a microsecond per open file.
  static func read() -> ProcessFigures {
    var figures = ProcessFigures()
    if let pages = SystemFile.text("/proc/self/statm").flatMap(residentPages) {
      figures.residentMemory =
        pages.multipliedReportingOverflow(by: sysconf(Int32(_SC_PAGESIZE))).partialValue
    }
    var time = timespec()
    if clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 {
      figures.cpuSeconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    figures.countFiles()
    return figures
  }

  /// The second number of `/proc/self/statm`.
  static func residentPages(statm text: String) -> Int? {
    text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }

  private mutating func countFiles() {
    guard let folder = opendir("/proc/self/fd") else { return }
    defer { closedir(folder) }
    let own = dirfd(folder)
    while let entry = readdir(folder) {
      let isSocket = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { name -> Bool? in
          guard name.pointee != CChar(UInt8(ascii: ".")), Int32(atoi(name)) != own else { return nil }
          return Self.isSocket(name, in: own)
        }
      }
      guard let isSocket else { continue }
      openFiles += 1
      if isSocket { openSockets += 1 }
    }
  }

  /// Whether the link of a descriptor starts with `socket:[`.
  private static func isSocket(_ name: UnsafePointer<CChar>, in folder: Int32) -> Bool {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8) { target in
      guard let start = target.baseAddress, readlinkat(folder, name, start, target.count) == 8 else {
        return false
      }
      return target.elementsEqual("socket:[".utf8.map { CChar(bitPattern: $0) })
    }
  }
}
