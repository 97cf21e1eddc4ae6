import Glibc

/// The size of the file system that holds a file or a folder, in bytes.
struct Disk {
  let total: Int64
  let free: Int64

  init?(of path: String) {
    var found = statvfs()
    guard statvfs(path, &found) == 0 else { return nil }
    let block = Int64(clamping: found.f_frsize)
    total = block.multipliedReportingOverflow(by: Int64(clamping: found.f_blocks)).partialValue
    free = block.multipliedReportingOverflow(by: Int64(clamping: found.f_bavail)).partialValue
  }
}
