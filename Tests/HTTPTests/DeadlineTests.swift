import Glibc
import Testing

@testable import HTTP

/// Limits and timeouts for clients, and stopping the server.
@Suite struct DeadlineTests {
  static let echo = Route.post("/e", .everyone, "e") { .bytes($0.body, contentType: "x/y") }

  private func quick(_ path: WritableKeyPath<ServerConfiguration, Duration>) -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration[keyPath: path] = .milliseconds(200)
    // A client that goes on after the answer is not waited for.
    configuration.lingerDeadline = .milliseconds(200)
    return configuration
  }

  /// Goes on sending a body that was refused.
  private func refused(_ server: TestServer) async throws -> RawClient {
    let client = try server.client()
    await client.send("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")
    #expect(try await client.answer().status == 413)
    return client
  }

  @Test func `a client that stops sending after an early error is closed, and so is one that never stops`()
    async throws
  {
    for path in [\ServerConfiguration.lingerPause, \.lingerDeadline] {
      var configuration = ServerConfiguration.patient
      configuration[keyPath: path] = .milliseconds(200)
      try await TestServer.run([Self.echo], configuration: configuration) { server in
        let client = try await refused(server)
        if path == \.lingerDeadline { #expect(await trickle(client, 0x61)) }
        #expect(await eventually { await server.server.connectionCount() == 0 })
        withExtendedLifetime(client) {}
      }
    }
  }

  /// Sends a byte now and then, often enough not to look idle, until the server closes.
  private func trickle(_ client: RawClient, _ byte: UInt8) async -> Bool {
    await again { await !client.send([byte]) }
  }

  @Test func `slowly sent headers time out`() async throws {
    try await TestServer.run([Self.echo], configuration: quick(\.headerDeadline)) { server in
      let client = try server.client()
      await client.send("GET /e HTTP/1.1\r\nHost: a\r\nX-Slow: ")
      #expect(await trickle(client, 0x61))
      #expect(await eventually { await server.server.connectionCount() == 0 })
    }
  }

  @Test func `a slowly sent body times out with an error`() async throws {
    try await TestServer.run([Self.echo], configuration: quick(\.bodyDeadline)) { server in
      let client = try server.client()
      await client.send("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc")
      let answer = try await client.answer()
      #expect(answer.status == 408)
      let other = try server.client()
      await other.send("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
      #expect(await trickle(other, 0x61))
    }
  }

  @Test func `an endless chunked body times out`() async throws {
    try await TestServer.run([Self.echo], configuration: quick(\.bodyDeadline)) { server in
      let client = try server.client()
      await client.send("POST /e HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
      #expect(await trickle(client, 0x30))
    }
  }

  @Test func `a connection without a first byte times out`() async throws {
    try await TestServer.run([Self.echo], configuration: quick(\.headerDeadline)) { server in
      let silent = try server.client()
      #expect(try await silent.rest() == [])
    }
  }

  @Test func `a connection without a next request times out`() async throws {
    try await TestServer.run([Self.echo], configuration: quick(\.idleTimeout)) { server in
      let idle = try server.client()
      #expect(try await idle.get("/e").status == 405)
      #expect(try await idle.rest() == [])
    }
  }

  @Test func `a reader that takes nothing times out`() async throws {
    let large = SharedBytes([UInt8](repeating: 1, count: 20_000_000))
    var configuration = quick(\.writeDeadline)
    let route = Route.get("/large", .everyone, "large") { _ in Response(body: .shared(large)) }
    // Without this, the time allowed for 20 MB would be 20 minutes.
    configuration.leastSpeed = 1 << 30
    try await TestServer.run([route], configuration: configuration) { server in
      let client = try RawClient(port: server.port, receiveBuffer: 4096)
      await client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await eventually { await server.server.connectionCount() == 0 })
      withExtendedLifetime(client) {}
    }
  }

  @Test func `a connection beyond the limit is refused`() async throws {
    var configuration = ServerConfiguration.patient
    configuration.maxConnections = 2
    try await TestServer.run([Self.echo], configuration: configuration) { server in
      let first = try server.client()
      let second = try server.client()
      #expect(try await first.get("/none").status == 404)
      #expect(try await second.get("/none").status == 404)
      let third = try server.client()
      #expect(try await third.answer().status == 503)
      first.abort()
      #expect(await eventually { await server.server.connectionCount() == 1 })
      let fourth = try server.client()
      #expect(try await fourth.get("/none").status == 404)
    }
  }

  @Test func `stopping finishes requests in progress, and no others`() async throws {
    let gate = Gate()
    let route = Route.get("/wait", .everyone, "wait") { _ in
      await gate.wait()
      return .text("done")
    }
    try await TestServer.run([route]) { server in
      let idle = try server.client()
      #expect(try await idle.get("/none").status == 404)
      let busy = try server.client()
      await busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await eventually { gate.arrivals == 1 })
      let stopping = Task { await server.server.stop(grace: .seconds(60)) }
      #expect(try await idle.rest() == [])
      // A process being started by another test shares all descriptors until it calls exec, so the port may
      // outlive the server.
      #expect(await again { (try? server.client()) == nil })
      gate.open()
      let answer = try await busy.answer()
      #expect(answer.text == "done")
      #expect(answer["Connection"] == "close")
      await stopping.value
    }
  }

  @Test func `stopping drops requests that take longer than the grace`() async throws {
    let gate = Gate()
    let route = Route.get("/wait", .everyone, "wait") { _ in
      await gate.wait()
      return .text("too late")
    }
    try await TestServer.run([route]) { server in
      let busy = try server.client()
      await busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await eventually { gate.arrivals == 1 })
      await server.server.stop(grace: .milliseconds(10))
      #expect(try await busy.rest() == [])
      #expect(server.logged.last?.status == 499)
      gate.open()
    }
  }

  @Test func `a used port, a wrong address and a missing certificate are reported`() async throws {
    try await TestServer.run([Self.echo]) { server in
      let loop = server.loop
      func start(_ change: (inout ServerConfiguration) -> Void) async throws {
        var configuration = ServerConfiguration(port: 0)
        change(&configuration)
        _ = try await Server(configuration: configuration, loop: loop, router: Router(routes: [])).start()
      }
      let port = server.port
      let taken = await #expect(throws: ServerError.self) { try await start { $0.port = port } }
      #expect(taken?.code == .portTaken)
      #expect(taken?.message.contains("\(port)") == true)
      let wrong = await #expect(throws: ServerError.self) { try await start { $0.address = "nowhere" } }
      #expect(wrong?.code == .address)
      let missing = await #expect(throws: ServerError.self) {
        try await start { $0.tls = TLSFiles(certificate: "/none.pem", key: "/none.key") }
      }
      #expect(missing?.code == .certificate)
      #expect(missing?.message.contains("/none.pem") == true)
    }
  }

  @Test func `reserving descriptors ahead does not change the behaviour`()
    async throws
  {
    try await TestServer.run([Self.echo]) { server in
      let early = try server.client()
      #expect(try await early.get("/e").status == 405)
      #expect(await server.server.engineNow { $0.reserved > Descriptors.others } == true)
      await server.onLoop { server.loop.reserve(descriptors: 0..<4096) }
      let late = try server.client()
      for client in [early, late] { #expect(try await client.get("/e").status == 405) }
      for client in [early, late] { client.finishSending() }
      #expect(await eventually { await server.server.connectionCount() == 0 })
    }
  }
}
