import Glibc
import Testing

@testable import HTTP

/// How much of the server's resources one address or person may use.
@Suite struct SharingTests {
  static let echo = Route.post("/e", .everyone, "e") { .text("\($0.body.count)") }
  private static let other = "127.0.0.9"

  private func post(_ count: Int) -> String {
    "POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n"
  }

  /// 1,500,000 bytes for large bodies, half of it per address; 100,000 for small ones, a quarter per address.
  private var narrow: ServerConfiguration {
    var configuration = ServerConfiguration.patient
    configuration.totalBodyLimit = 1_600_000
    return configuration
  }

  /// Sends a part of a body of a million bytes, and waits until `total` bytes have been counted.
  private func hold(
    _ server: TestServer, _ bytes: Int, from address: String? = nil, all: Int
  ) async throws -> RawClient {
    let client = try server.client(from: address)
    await client.send(post(1_000_000))
    await client.send([UInt8](repeating: 0x61, count: bytes))
    #expect(await again { await server.bodyBytes() == all })
    return client
  }

  @Test func `a Content-Length alone takes no memory`() async throws {
    try await TestServer.run([Self.echo], configuration: narrow) { server in
      var announced: [RawClient] = []
      for number in 0..<20 {
        let client = try server.client()
        await client.send(
          number % 2 == 0
            ? post(1_000_000) : "POST /e HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        announced.append(client)
      }
      #expect(await eventually { await server.server.connectionCount() == 20 })
      let body = String(repeating: "x", count: 300_000)
      #expect(try await server.client().exchange(post(300_000) + body).text == "300000")
      withExtendedLifetime(announced) {}
    }
  }

  @Test func `large bodies of one address may use half of the memory, and small ones still work`()
    async throws
  {
    var configuration = narrow
    // The end of the refused connection is awaited.
    configuration.lingerPause = .seconds(2)
    try await TestServer.run([Self.echo], configuration: configuration) { server in
      let first = try await hold(server, 600_000, all: 600_000)
      let second = try server.client()
      let body = String(repeating: "x", count: 200_000)
      let refused = try await second.exchange(post(200_000) + body)
      #expect(refused.status == 503, "\(refused.text)")
      #expect(try await second.rest() == [])
      #expect(try await server.client().exchange(post(5) + "hello").text == "5")
      #expect(try await server.client(from: Self.other).exchange(post(200_000) + body).text == "200000")
      first.abort()
      #expect(await again { await server.bodyBytes() == 0 })
      for _ in 0..<5 { #expect(try await server.client().exchange(post(200_000) + body).text == "200000") }
    }
  }

  @Test func `a body is refused even if only its last bytes exceed the memory`() async throws {
    try await TestServer.run([Self.echo], configuration: narrow) { server in
      let first = try await hold(server, 600_000, all: 600_000)
      // Beyond the limit by less than the size of one read.
      for count in [150_001, 151_000, 160_000, 180_000] {
        let body = String(repeating: "x", count: count)
        let refused = try await server.client().exchange(post(count) + body)
        #expect(refused.status == 503, "\(count): \(refused.text)")
      }
      withExtendedLifetime(first) {}
    }
  }

  @Test func `when large bodies use all their memory, small ones still work`()
    async throws
  {
    try await TestServer.run([Self.echo], configuration: narrow) { server in
      let mine = try await hold(server, 740_000, all: 740_000)
      let others = try await hold(server, 740_000, from: Self.other, all: 1_480_000)
      let body = String(repeating: "x", count: 100_000)
      #expect(try await server.client(from: "127.0.0.10").exchange(post(100_000) + body).status == 503)
      #expect(try await server.client(from: "127.0.0.10").exchange(post(5) + "hello").text == "5")
      withExtendedLifetime((mine, others)) {}
    }
  }

  @Test func `an address has a lower limit of connections than the total`() async throws {
    var configuration = ServerConfiguration.patient
    configuration.connectionsPerAddress = 2
    try await TestServer.run([Self.echo], configuration: configuration) { server in
      let mine = [try server.client(), try server.client()]
      for client in mine { #expect(try await client.get("/none").status == 404) }
      let refused = try await server.client().answer()
      #expect(refused.status == 429)
      #expect(refused.text.contains("TOO_MANY_CONNECTIONS"))
      #expect(try await server.client(from: Self.other).get("/none").status == 404)
      mine[0].abort()
      #expect(await eventually { await server.server.connectionCount() == 1 })
      #expect(try await server.client().get("/none").status == 404)
    }
  }

  @Test(arguments: ["127.0.0.1", "127.0.0.0/8"])
  func `connections of a trusted proxy are not limited`(_ proxy: String) async throws {
    var configuration = ServerConfiguration.patient
    configuration.connectionsPerAddress = 1
    configuration.trustedProxies = [proxy]
    try await TestServer.run([Self.echo], configuration: configuration) { server in
      let clients = try (0..<5).map { _ in try server.client() }
      for client in clients { #expect(try await client.get("/none").status == 404) }
    }
  }

  @Test func `bodies through a trusted proxy count for its clients`() async throws {
    var configuration = narrow
    configuration.trustedProxies = ["127.0.0.1"]
    try await TestServer.run([Self.echo], configuration: configuration) { server in
      func large(_ client: String) -> String {
        post(1_000_000).dropLast() + "X-Forwarded-For: \(client)\r\n\r\n"
          + String(repeating: "x", count: 600_000)
      }
      let first = try server.client()
      await first.send(large("192.0.2.1"))
      #expect(await again { await server.bodyBytes() == 600_000 })
      #expect(try await server.client().exchange(large("192.0.2.1")).status == 503)
      #expect(await again { await server.bodyBytes() == 600_000 })
      let other = try server.client()
      await other.send(large("192.0.2.2"))
      #expect(await again { await server.bodyBytes() == 1_200_000 })
      withExtendedLifetime((first, other)) {}
    }
  }

  /// A person who is signed in by the header `X-Who`.
  private final class Person: Principal {
    let holder: String?
    init(_ name: String) { holder = name }
  }

  @Test func `unread responses of one person are limited, and others are served`() async throws {
    var configuration = ServerConfiguration.patient
    configuration.unreadLimit = 30_000_000
    let large = Route.get("/large", .everyone, "large") { _ in
      .bytes([UInt8](repeating: 1, count: 20_000_000), contentType: "x/y")
    }
    try await TestServer.run(
      [large], configuration: configuration,
      authorize: { request, _ in request.headers["X-Who"].map(Person.init) }
    ) { server in
      let slow = try server.client()
      await slow.send("GET /large HTTP/1.1\r\nHost: a\r\nX-Who: lea\r\n\r\n")
      #expect(await again { await server.unreadBytes() > 1_000_000 })
      let second = try await server.client().get("/large", "X-Who: lea\r\n")
      #expect(second.status == 429)
      #expect(second["Retry-After"] == "5")
      #expect(try await server.client().get("/large", "X-Who: sam\r\n").body.count == 20_000_000)
      #expect(try await slow.answer().body.count == 20_000_000)
      #expect(await again { await server.unreadBytes() == 0 })
      #expect(try await server.client().get("/large", "X-Who: lea\r\n").status == 200)
    }
  }

  @Test func `unread responses of all together are limited`() async throws {
    var configuration = ServerConfiguration.patient
    configuration.totalUnreadLimit = 30_000_000
    let large = Route.get("/large", .everyone, "large") { _ in
      .bytes([UInt8](repeating: 1, count: 20_000_000), contentType: "x/y")
    }
    try await TestServer.run([large], configuration: configuration) { server in
      var slow: RawClient? = try RawClient(port: server.port, receiveBuffer: 4096)
      await slow?.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await again { await server.unreadBytes() > 15_000_000 })
      #expect(try await server.client(from: Self.other).get("/large").status == 503)
      slow = nil
      #expect(await again { await server.unreadBytes() == 0 })
      #expect(try await server.client(from: Self.other).get("/large").status == 200)
    }
  }

  /// The loop is kept busy from outside, so that deferred work really runs later.
  @Test func `the request directly after a large response gets our response`() async throws {
    let large = SharedBytes([UInt8](repeating: 1, count: 3_000_000))
    let route = Route.get("/large", .everyone, "large") { _ in Response(body: .shared(large)) }
    try await TestServer.run([route]) { server in
      let busy = BusyLoop(server.loop)
      let client = try server.client()
      let count = 60
      // All at once, so that the next request is available as soon as it may be read.
      await client.send(String(repeating: "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", count: count))
      for _ in 0..<count { #expect(try await client.answer().status == 200) }
      await busy.end()
    }
  }
}

/// Keeps a loop busy from other threads, with one short task after another.
private final class BusyLoop: Sendable {
  private let work: Task<Void, Never>

  init(_ loop: Loop) {
    work = Task {
      while !Task.isCancelled {
        await withCheckedContinuation { continuation in loop.run { continuation.resume() } }
      }
    }
  }

  func end() async {
    work.cancel()
    await work.value
  }
}
