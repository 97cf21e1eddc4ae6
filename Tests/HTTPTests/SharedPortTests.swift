import Glibc
import TestSupport
import Testing

@testable import HTTP

/// TLS and plain HTTP on one port.
@Suite(.enabled(if: OpenSSL.isThere), .timeLimit(.minutes(30))) struct SharedPortTests {
  private static let routes: [Route] = [
    .get("/who", .everyone, "who") { .text($0.isTLS ? "secure" : "plain") },
    .post("/echo", .everyone, "echo") { .bytes($0.body, contentType: "x/y") },
    .get("/cookie", .everyone, "cookie") { request in
      var response = Response.text(request.cookie("a") ?? "none")
      response.add("Set-Cookie", "a=c")
      return response
    },
  ]

  private static let hello = Array("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)

  private func run(
    _ routes: [Route] = Self.routes, _ configure: (inout ServerConfiguration) -> Void = { _ in },
    _ test: (TestServer) async throws -> Void
  ) async throws {
    var configuration = ServerConfiguration.patient
    configuration.takesPlainHTTP = true
    configure(&configuration)
    try await TLSTests.serving(routes, configuration: configuration, test)
  }

  private func silent(_ server: TestServer) async -> Int {
    await server.server.engineNow { $0.greetings.count } ?? -1
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `what is neither TLS nor HTTP is refused`() async throws {
    try await run { server in
      let client = try server.client()
      await client.send("\u{1}\u{2}\r\n\r\n")
      #expect(text(try await client.rest()).hasPrefix("HTTP/1.1 400"))
    }
  }

  @Test func `both are served, and a request knows which it came by`() async throws {
    try await run { server in
      let client = try server.client()
      for _ in 0..<2 { #expect(try await client.get("/who").text == "plain") }
      #expect(
        try await client.exchange("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc").text
          == "abc")
      #expect(text(try await OpenSSL.exchange(server.port, Self.hello)).hasSuffix("secure"))
      #expect(try await client.get("/who").text == "plain")
    }
  }

  @Test func `a large body and a large answer pass without TLS too`() async throws {
    try await run { server in
      let client = try server.client()
      let body = String(repeating: "0123456789", count: 90_000)
      let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
      async let answer = client.answer()
      await client.send(head + body)
      #expect(try await answer.text == body)
    }
  }

  @Test func `a cookie is neither read nor set without TLS`() async throws {
    try await run { server in
      let plain = try await server.client().get("/cookie", "Cookie: a=b\r\n")
      #expect(plain.text == "none")
      #expect(plain["Set-Cookie"] == nil)
      let request = "GET /cookie HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\nConnection: close\r\n\r\n"
      let secure = text(try await OpenSSL.exchange(server.port, Array(request.utf8)))
      #expect(secure.hasSuffix("\r\n\r\nb"))
      #expect(secure.contains("Set-Cookie: a=c"))
    }
  }

  @Test func `a proxy that has TLS itself may pass cookies on without it`() async throws {
    try await run(Self.routes, { $0.trustedProxies = ["127.0.0.1"] }) { server in
      let client = try server.client()
      let secure = try await client.get("/cookie", "Cookie: a=b\r\nX-Forwarded-Proto: https\r\n")
      #expect(secure.text == "b" && secure["Set-Cookie"] == "a=c")
      let plain = try await client.get("/cookie", "Cookie: a=b\r\nX-Forwarded-Proto: http\r\n")
      #expect(plain.text == "none" && plain["Set-Cookie"] == nil)
    }
  }

  @Test func `a first byte that comes late is waited for, and holds up nobody`() async throws {
    try await run { server in
      let late = try server.client()
      #expect(await eventually { await silent(server) == 1 })
      #expect(try await server.client().get("/who").text == "plain")
      #expect(text(try await OpenSSL.exchange(server.port, Self.hello)).hasSuffix("secure"))
      await late.send("G")
      #expect(await eventually { await silent(server) == 0 })
      #expect(try await late.exchange("ET /who HTTP/1.1\r\nHost: a\r\n\r\n").text == "plain")
    }
  }

  @Test(arguments: ["", "G", "\u{16}"])
  func `whoever closes after the first byte, or before it, leaves nothing behind`(first: String) async throws
  {
    try await run { server in
      for isAbrupt in [false, true] {
        let client = try server.client()
        if first.isEmpty { #expect(await eventually { await silent(server) == 1 }) }
        await client.send(first)
        if !first.isEmpty { #expect(await eventually { await server.server.connectionCount() == 1 }) }
        if isAbrupt { client.abort() } else { client.finishSending() }
        #expect(await eventually { await server.server.connectionCount() == 0 })
        #expect(await eventually { await silent(server) == 0 })
      }
      #expect(try await server.client().get("/who").text == "plain")
    }
  }

  @Test func `whoever says nothing is closed after the time for a request's head`() async throws {
    try await run(Self.routes, { $0.headerDeadline = .milliseconds(200) }) { server in
      let client = try server.client()
      #expect(try await client.rest() == [])
      #expect(await eventually { await silent(server) == 0 })
    }
  }

  @Test func `silent connections count among those of their address, and of all`() async throws {
    for limit in [\ServerConfiguration.connectionsPerAddress, \.maxConnections] {
      try await run(Self.routes, { $0[keyPath: limit] = 1 }) { server in
        let first = try server.client()
        #expect(await eventually { await silent(server) == 1 })
        #expect(try await server.client().rest() == [])
        #expect(try await first.get("/who").text == "plain")
        first.finishSending()
        #expect(await eventually { await server.server.connectionCount() == 0 })
        #expect(try await server.client().get("/who").text == "plain")
      }
    }
  }

  @Test func `a WebSocket works without TLS too`() async throws {
    let owner = WebSocketTests.Owner()
    try await run([.webSocket("/ws", .everyone, "socket") { _, _ in owner }]) { server in
      let client = try server.client()
      #expect(try await client.exchange(WebSocketTests.handshake).status == 101)
      let text = String(repeating: "0123456789", count: 10_000)
      await client.send(ClientFrame.text(text).bytes)
      #expect(try await client.frame().payload == Array(text.utf8))
    }
  }

  @Test func `a stopping server closes those who have said nothing`() async throws {
    try await run { server in
      let client = try server.client()
      #expect(await eventually { await silent(server) == 1 })
      await server.server.stop(grace: .seconds(300))
      #expect(try await client.rest() == [])
    }
  }

  @Test func `another certificate is used for new connections, and a wrong one changes nothing`() async throws
  {
    let folder = try #require(TLSTests.makeFolder())
    let path = folder + "/own.pem"
    defer { for name in ["/own.pem", ""] { remove(folder + name) } }
    let certificates = try (0..<2).map { _ in
      try SelfSignedCertificate.make(
        names: ["lab.example", "192.0.2.1", "2001:db8::1"], from: Clock.wallSeconds * 1000 - 60_000,
        until: Clock.wallSeconds * 1000 + 60_000_000)
    }
    let shown = try certificates.map { try #require(ServerCertificate(pem: $0)).fingerprint }
    write(certificates[0], to: path)
    var configuration = ServerConfiguration.patient
    configuration.takesPlainHTTP = true
    configuration.tls = TLSFiles(certificate: path, key: path)
    try await TestServer.run(Self.routes, configuration: configuration) { server in
      let open = try server.client()
      #expect(try await open.get("/who").text == "plain")
      #expect(try await OpenSSL.fingerprint(of: server.port) == shown[0])
      write([0x61], to: path)
      await #expect(throws: ServerError.self) { try await server.server.reloadTLS() }
      #expect(try await OpenSSL.fingerprint(of: server.port) == shown[0])
      write(certificates[1], to: path)
      try await server.server.reloadTLS()
      #expect(try await OpenSSL.fingerprint(of: server.port) == shown[1])
      #expect(try await open.get("/who").text == "plain")
      let trusted = try await OpenSSL.exchange(
        server.port, Self.hello,
        options: "-verify_return_error -CAfile \(path) -verify_hostname lab.example")
      #expect(text(trusted).hasSuffix("secure"))
      let other = try await OpenSSL.exchange(
        server.port, Self.hello,
        options: "-verify_return_error -CAfile \(path) -verify_hostname other.example")
      #expect(other == [])
    }
  }

  private func write(_ bytes: [UInt8], to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
  }
}
