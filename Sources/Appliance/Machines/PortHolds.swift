import Glibc
import Synchronization

/// Reserves our public ports on this host by binding a socket to each, without listening, so that no service
/// or other installation can use it. The kernel decides between simultaneous attempts.
final class PortHolds: Sendable {
  private let sockets = Mutex<[Int: Int32]>([:])
  private let others = Mutex(PortRanges())

  /// Sets the ports redirected by other rules; they cannot be claimed.
  func avoid(_ ports: PortRanges) { others.withLock { $0 = ports } }

  /// Whether the port is ours from now on; also true when it already was.
  func claim(_ port: Int) -> Bool {
    let isForeign = others.withLock { $0.contains(port) }
    return sockets.withLock { sockets in
      if sockets[port] != nil { return true }
      guard !isForeign, let socket = Self.bound(port) else { return false }
      sockets[port] = socket
      return true
    }
  }

  func has(_ port: Int) -> Bool { sockets.withLock { $0[port] != nil } }

  func release(_ port: Int) {
    if let socket = sockets.withLock({ $0.removeValue(forKey: port) }) { Self.free([socket]) }
  }

  func releaseAll() {
    let all = sockets.withLock { sockets in
      defer { sockets = [:] }
      return sockets.values.map { $0 }
    }
    Self.free(all)
  }

  /// A child process has a copy of each socket until it executes its program, and the copy holds the port as well. So
  /// none may be between the two.
  private static func free(_ sockets: [Int32]) {
    ChildSpawn.lock.withLock { _ in for socket in sockets { close(socket) } }
  }

  /// Without SO_REUSEADDR, which would let two processes bind a port that nobody listens on.
  private static func bound(_ port: Int) -> Int32? {
    guard let number = UInt16(exactly: port) else { return nil }
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return nil }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = number.bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if status == 0 { return file }
    close(file)
    return nil
  }
}
