import Glibc
import TestSupport

/// A blocking TCP client that sends exact bytes; each call runs on its own thread.
final class RawClient: Sendable {
  struct Answer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  struct Closed: Error {}
  struct Slow: Error {}

  private let descriptor: Int32

  /// Reads time out after two minutes, so that a failing test ends.
  init(port: Int, receiveBuffer: Int32? = nil, from address: String? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 120, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    if var receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
    }
    if let address { try Self.bind(descriptor, to: address) }
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = UInt16(port).bigEndian
    inet_pton(AF_INET, "127.0.0.1", &name.sin_addr)
    let result = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Closed() }
  }

  deinit { close(descriptor) }

  /// Any address of 127.0.0.0/8 belongs to this host.
  private static func bind(_ descriptor: Int32, to address: String) throws {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, address, &name.sin_addr)
    let result = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Closed() }
  }

  /// False when the peer has closed.
  @discardableResult func send(_ bytes: [UInt8]) async -> Bool {
    let sent = await onThread { [descriptor] in
      var sent = 0
      while sent < bytes.count {
        let result = bytes[sent...].withUnsafeBytes {
          Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard result > 0 else { return false }
        sent += result
      }
      return true
    }
    return sent
  }

  @discardableResult func send(_ text: String) async -> Bool { await send(Array(text.utf8)) }

  /// Sends a request without a body; adds `Host`.
  func get(_ target: String, _ headers: String = "") async throws -> Answer {
    await send("GET \(target) HTTP/1.1\r\nHost: test\r\n\(headers)\r\n")
    return try await answer()
  }

  func exchange(_ text: String) async throws -> Answer {
    await send(text)
    return try await answer()
  }

  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  func abort() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Reads exactly `count` bytes.
  func bytes(_ count: Int) async throws -> [UInt8] {
    try await onThread { [descriptor] in
      var bytes = [UInt8](repeating: 0, count: count)
      var got = 0
      while got < count {
        let result = bytes[got...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard result > 0 else { throw result < 0 && errno == EAGAIN ? Slow() as any Error : Closed() }
        got += result
      }
      return bytes
    }
  }

  /// The next frame from a server, which is not masked.
  func frame() async throws -> (opcode: UInt8, payload: [UInt8]) {
    let head = try await bytes(2)
    var length = Int(head[1])
    if length == 126 { length = try await bytes(2).reduce(0) { $0 << 8 | Int($1) } }
    if length == 127 { length = try await bytes(8).reduce(0) { $0 << 8 | Int($1) } }
    return (head[0] & 15, length == 0 ? [] : try await bytes(length))
  }

  /// All bytes until the peer closes.
  func rest() async throws -> [UInt8] {
    try await onThread { [descriptor] in
      var all: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 65_536)
      while true {
        let result = recv(descriptor, &piece, piece.count, 0)
        if result < 0, errno == EAGAIN { throw Slow() }
        if result <= 0 { return all }
        all += piece[..<result]
      }
    }
  }

  /// The next response, by its Content-Length; with `isHead` it has no body.
  func answer(isHead: Bool = false) async throws -> Answer {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head += try await bytes(1) }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    guard let first = lines.first, let status = Int(first.split(separator: " ")[1]) else { throw Closed() }
    let headers = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (name: String(parts[0]), value: String(parts.last ?? "").trimmed)
    }
    let found = Answer(status: status, headers: headers, body: [])
    guard !isHead, let length = found["Content-Length"].flatMap({ Int($0) }), length > 0 else { return found }
    return Answer(status: status, headers: headers, body: try await bytes(length))
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " })
  }
}
