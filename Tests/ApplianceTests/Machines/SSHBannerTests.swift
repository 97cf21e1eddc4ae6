import Glibc
import Testing
import Threads

@testable import Appliance

/// A listening socket on loopback that sends a text to each connection.
private final class Server: Sendable {
  let port: UInt16
  private let file: Int32

  init(saying text: String?) throws {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(file, $0, length) == 0 && listen(file, 8) == 0 && getsockname(file, $0, &length) == 0
      }
    }
    #expect(isBound)
    port = UInt16(bigEndian: address.sin_port)
    self.file = file
    guard let text else { return }
    #expect(
      Thread("test-banner") {
        let client = accept(file, nil, nil)
        _ = send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
        close(client)
      } != nil)
  }

  deinit { close(file) }
}

@Suite(.timeLimit(.minutes(30))) struct SSHBannerTests {
  private let home = IPv4Address(bits: 0x7F00_0001)

  @Test func `no answer, silence or another protocol gives no banner`() async throws {
    let silent = try Server(saying: nil)
    #expect(try await SSHBanner.read(from: home, port: silent.port, within: .milliseconds(100)) == nil)
    for text in ["", "SSH-2.0-cut off", "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-1.5-old\n"] {
      let server = try Server(saying: text)
      #expect(try await SSHBanner.read(from: home, port: server.port) == nil, "\(text)")
    }
    #expect(try await SSHBanner.read(from: home, port: 1) == nil)
  }

  @Test func `the banner is found after other lines`() async throws {
    let server = try Server(saying: "Welcome\r\nSSH-2.0-OpenSSH_9.2p1 Debian OBox-root-only\r\nnoise")
    let banner = try await SSHBanner.read(from: home, port: server.port)
    #expect(banner == "SSH-2.0-OpenSSH_9.2p1 Debian OBox-root-only")
  }
}
