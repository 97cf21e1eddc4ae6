import Glibc
import Store

/// Assigns public ports to machines.
enum PublicPort {
  /// The lowest port of the range that neither a machine nor the host uses. Throws `JobFailure` when there is
  /// none.
  static func free(
    in range: ClosedRange<Int>, isUsedByHost: (Int) -> Bool = isUsedByHost, _ tx: Transaction
  ) throws -> Int {
    let ports = try tx.query(
      "SELECT port FROM machines WHERE port BETWEEN ? AND ?", range.lowerBound, range.upperBound,
      map: { $0.int(0) })
    let taken = Set(ports)
    for port in range where !taken.contains(port) && !isUsedByHost(port) { return port }
    throw JobFailure(code: "NO_PORT")
  }

  /// Whether a service of the host listens on the port, which forwarding would cut off.
  static func isUsedByHost(_ port: Int) -> Bool {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return false }
    defer { close(file) }
    var isOn: Int32 = 1
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return status != 0 && errno == EADDRINUSE
  }
}
