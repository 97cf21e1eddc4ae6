import Glibc

/// The service manager that started this process, if one did: sd_notify(3).
enum ServiceManager {
  /// Tells it that the daemon answers.
  static func ready() {
    if let path = getenv("NOTIFY_SOCKET") { send("READY=1", to: String(cString: path)) }
  }

  /// `path` is that of a datagram socket; one that begins with `@` is an abstract name.
  static func send(_ message: String, to path: String) {
    guard var address = address(path) else { return }
    let file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return }
    defer { close(file) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
    let bytes = Array(message.utf8)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(file, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
  }

  private static func address(_ path: String) -> sockaddr_un? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
      guard path.utf8.count < room.count else { return false }
      room.copyBytes(from: path.utf8)
      if path.utf8.first == UInt8(ascii: "@") { room[0] = 0 }
      return true
    }
    return fits ? address : nil
  }
}
