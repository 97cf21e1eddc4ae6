import Glibc

/// The identification line of an SSH server (RFC 4253, 4.2), which shows that it is ready.
enum SSHBanner {
  /// Maximum bytes that a server may send before it.
  private static let limit = 4096

  /// Nil when nothing answers within `time`, or not as an SSH server.
  static func read(
    from address: IPv4Address, port: UInt16 = 22, within time: Duration = .seconds(5)
  ) async throws -> String? {
    let file = socket(
      AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard connect(file, to: address, port) else { return nil }
    let end = ContinuousClock.now + time
    var said: [UInt8] = []
    while ContinuousClock.now < end, said.count < limit {
      var part = [UInt8](repeating: 0, count: 256)
      let count = recv(file, &part, part.count, 0)
      if count > 0 {
        said += part.prefix(count)
        if let line = line(in: said) { return line }
      } else if count == 0 || errno != EAGAIN {
        return nil
      } else {
        try await Task.sleep(for: .milliseconds(50))
      }
    }
    return nil
  }

  private static func connect(_ file: Int32, to address: IPv4Address, _ port: UInt16) -> Bool {
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    guard inet_pton(AF_INET, address.description, &place.sin_addr) == 1 else { return false }
    let status = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return status == 0 || errno == EINPROGRESS
  }

  /// The first complete line that starts with `SSH-`.
  static func line(in bytes: [UInt8]) -> String? {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    let banner = lines.first { $0.starts(with: "SSH-2.0-".utf8) }
    return banner.map { line in String(decoding: line.prefix { $0 != 0x0D }, as: UTF8.self) }
  }
}
