import Glibc
import HTTP

/// One request to a server on this host, which blocks until it is answered.
struct LoopbackRequest {
  private static let longest = 64 << 10

  let port: Int

  /// The JSON of an answer with status 200. Throws `notServed`.
  func get(_ path: String) throws(BackupProblem) -> JSONValue {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { throw .notServed("no socket") }
    defer { close(file) }
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(file, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    guard connect(file) else { throw .notServed("port \(port) does not answer") }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".utf8)
    guard send(file, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
      throw .notServed("it does not read")
    }
    return try Self.answer(Self.received(file))
  }

  private func connect(_ file: Int32) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func received(_ file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while bytes.count < longest {
      let count = read(file, &part, part.count)
      guard count > 0 else { break }
      bytes += part.prefix(count)
    }
    return bytes
  }

  private static func answer(_ bytes: [UInt8]) throws(BackupProblem) -> JSONValue {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasBytes(prefix: "HTTP/1.1 200 "), let start = text.firstIndex(of: "{"),
      let value = JSONValue(parsing: String(text[start...]))
    else { throw .notServed("its answer is “\(text.prefix(40))”") }
    return value
  }
}
