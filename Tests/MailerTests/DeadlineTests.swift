import Glibc
import TestSupport
import Testing

@testable import Mailer

/// A port where the kernel accepts connections and nobody answers.
final class SilentPort {
  struct NoSocket: Error {}

  let number: Int
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = descriptor
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && listen(socket, 16) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    guard isListening else { throw NoSocket() }
    number = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(descriptor) }

  /// Waits for a connection; false when there is none within 20 seconds.
  func connected() async -> Bool {
    await onThread { [descriptor] in
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return poll(&wait, 1, 20_000) == 1
    }
  }
}

@Suite(.timeLimit(.minutes(30))) struct DeadlineTests {
  @Test(arguments: [SMTPServer.Security.none, .startTLS(required: true), .tls])
  func `sending to a server that never answers times out`(security: SMTPServer.Security) async throws {
    let port = try SilentPort()
    let server = SMTPServer.loopback(port.number, security) { $0.totalLimit = .milliseconds(300) }
    let error = try await failure(of: server, .sample())
    #expect(error?.kind == .temporary)
    #expect(error?.code == 0)
    #expect(error?.message.contains("milliseconds") == true)
  }

  @Test func `a missing greeting times out with the connection limit`() async throws {
    let port = try SilentPort()
    let server = SMTPServer.loopback(port.number) {
      $0.connectLimit = .milliseconds(300)
      $0.totalLimit = .seconds(20)
    }
    let error = try await failure(of: server, .sample())
    #expect(error?.kind == .temporary)
    // libcurl's message contains the time after which it gave up.
    #expect(error?.message.contains("after 20") == false)
  }

  @Test func `a closed port is a temporary failure`() async throws {
    let closed = try { try SilentPort().number }()
    #expect(try await failure(of: .loopback(closed), .sample())?.kind == .temporary)
  }

  @Test func `stopping ends the mail being sent, waiting ones and later ones`() async throws {
    let port = try SilentPort()
    let client = SMTPClient(server: .loopback(port.number) { $0.totalLimit = .seconds(20) })
    let message = try Message.sample()
    async let underWay = failure(of: client, message)
    #expect(await port.connected())
    let changes = Changes()
    client.observe { changes.signal() }
    async let waiting = failure(of: client, message)
    #expect(await changes.wait { client.waitingCount == 1 })

    client.stop(grace: .zero)

    #expect(await waiting?.kind == .temporary)
    #expect(await underWay?.kind == .temporary)
    let late = await failure(of: client, message)
    #expect(late?.kind == .temporary)
    #expect(late?.message == "the mail client was stopped")
  }

  @Test func `mails beyond the limit are refused, the others kept`() async throws {
    let port = try SilentPort()
    let server = SMTPServer.loopback(port.number) { $0.totalLimit = .seconds(5) }
    let client = SMTPClient(server: server, capacity: 1)
    let message = try Message.sample()
    async let underWay = failure(of: client, message)
    #expect(await port.connected())
    let changes = Changes()
    client.observe { changes.signal() }
    async let waiting = failure(of: client, message)
    #expect(await changes.wait { client.waitingCount == 1 })

    #expect(await failure(of: client, message)?.message == "too many mails are waiting")
    #expect(client.waitingCount == 1)
    client.stop(grace: .zero)
    _ = await (underWay, waiting)
  }
}
