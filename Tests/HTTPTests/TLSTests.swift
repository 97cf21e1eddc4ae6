import Glibc
import TestSupport
import Testing

@testable import HTTP

/// The same server behind TLS, tested with OpenSSL's client if available.
@Suite(.enabled(if: OpenSSL.isThere)) struct TLSTests {
  private func run(_ routes: [Route], _ test: (TestServer) async throws -> Void) async throws {
    try await Self.serving(routes, test)
  }

  /// Runs a test against a server with a new self-signed certificate.
  static func serving(
    _ routes: [Route], configuration: ServerConfiguration = ServerConfiguration(),
    _ test: (TestServer) async throws -> Void
  ) async throws {
    let folder = try #require(makeFolder())
    defer { for name in ["/cert.pem", "/key.pem", ""] { remove(folder + name) } }
    let files = await certificate(in: folder)
    var configuration = configuration
    configuration.tls = files
    try await TestServer.run(routes, configuration: configuration, test)
  }

  /// A new self-signed certificate for two days.
  static func certificate(in folder: String) async -> TLSFiles {
    let made = await onThread {
      let subject = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -nodes -subj /CN=localhost"
      return system(
        "openssl req -x509 \(subject) -keyout \(folder)/key.pem -out \(folder)/cert.pem 2>/dev/null")
    }
    #expect(made == 0)
    return TLSFiles(certificate: folder + "/cert.pem", key: folder + "/key.pem")
  }

  @Test func `the end of a certificate is read, and a file without one is an error`() async throws {
    let folder = try #require(Self.makeFolder())
    defer { for name in ["/cert.pem", "/key.pem", ""] { remove(folder + name) } }
    let files = await Self.certificate(in: folder)
    let left = try files.expiry() - Int64(time(nil))
    #expect((2 * 86_400 - 600...2 * 86_400).contains(left), "\(left)")
    for wrong in [
      TLSFiles(certificate: files.key, key: files.key), TLSFiles(certificate: "/nowhere", key: files.key),
    ] {
      #expect(throws: ServerError.self) { try wrong.expiry() }
    }
  }

  static func makeFolder() -> String? {
    var name = Array("/tmp/obox-tls-XXXXXX".utf8CString)
    return mkdtemp(&name).map { String(cString: $0) }
  }

  /// The server's output until it closes.
  static func exchange(_ port: Int, _ bytes: [UInt8], options: String = "") async throws -> [UInt8] {
    try await OpenSSL.exchange(port, bytes, options: options)
  }

  @Test func `plain HTTP to a TLS port is closed`() async throws {
    try await run([]) { server in
      let client = try server.client()
      await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try await client.rest()
      #expect(await eventually { await server.server.connectionCount() == 0 })
    }
  }

  @Test func `TLS before 1.2 is refused`() async throws {
    try await run([]) { server in
      let request = Array("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
      let answer = try await Self.exchange(
        server.port, request, options: "-tls1_1 -cipher DEFAULT@SECLEVEL=0")
      #expect(answer == [])
    }
  }

  @Test func `one connection serves small and large, immediate and waiting requests`() async throws {
    let large = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let shared = SharedBytes(large)
    let routes: [Route] = [
      .get("/small", .everyone, "small") { .text($0.isTLS ? "secure" : "plain") },
      .get("/large", .everyone, "large") { _ in Response(body: .shared(shared)) },
      .get("/later", .everyone, "later") { _ in
        await hop()
        return .text("later")
      },
      .post("/echo", .everyone, "echo") { .bytes($0.body, contentType: "x/y") },
    ]
    try await run(routes) { server in
      let paths = ["/small", "/large", "/later", "/small", "/later"]
      var requests = paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
      requests += "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlast"
      let answer = try await Self.exchange(server.port, Array(requests.utf8))
      let middle = try #require(answer.firstRange(of: large))
      let before = String(decoding: answer[..<middle.lowerBound], as: UTF8.self)
      let after = String(decoding: answer[middle.upperBound...], as: UTF8.self)
      #expect(before.contains("secure"))
      let bodies = after.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix { $0 != "H" } }
      #expect(bodies == ["later", "secure", "later", "last"])
      #expect(server.logged.count == 6)
    }
  }

  @Test func `a WebSocket works over TLS, with frames larger than a record`() async throws {
    let owner = WebSocketTests.Owner()
    let limits = WebSocketLimits(maxMessage: 100_000)
    try await run([.webSocket("/ws", .everyone, "socket", limits: limits) { _, _ in owner }]) { server in
      let text = String(repeating: "0123456789", count: 1000)
      let bytes =
        Array(WebSocketTests.handshake.utf8) + ClientFrame.text("a").bytes + ClientFrame.text(text).bytes
        + ClientFrame.close(1000).bytes
      let answer = try await Self.exchange(server.port, bytes)
      let expected =
        Frame.encoded(.text, payload: [0x61]) + Frame.encoded(.text, payload: Array(text.utf8))
        + Frame.encoded(.close, payload: [3, 0xE8])
      #expect(answer.suffix(expected.count) == expected[...])
      #expect(owner.seen.codes == [1000])
    }
  }
}
