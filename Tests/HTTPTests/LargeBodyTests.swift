import Testing

@testable import HTTP

/// Large bodies, which are read past libevent while they arrive fast.
@Suite struct LargeBodyTests {
  private static let sum = Route.post("/sum", .everyone, "sum", bodyLimit: 8 << 20) { request in
    .text("\(request.body.count) \(request.body.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) })")
  }
  private static let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
  private static let wanted = "3000000 \(body.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) })"

  @Test func `a body sent at once is complete, and so is the next request`() async throws {
    try await TestServer.run([Self.sum]) { server in
      let client = try server.client()
      let head = Array("POST /sum HTTP/1.1\r\nHost: a\r\nContent-Length: \(Self.body.count)\r\n\r\n".utf8)
      let small = Array("POST /sum HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\u{1}\u{2}".utf8)
      await client.send(head + Self.body + small + head + Self.body)
      for text in [Self.wanted, "2 33", Self.wanted] { #expect(try await client.answer().text == text) }
    }
  }

  @Test func `a chunked body is complete, and so is the next request`() async throws {
    try await TestServer.run([Self.sum]) { server in
      let client = try server.client()
      var bytes = Array("POST /sum HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
      for start in stride(from: 0, to: Self.body.count, by: 100_000) {
        let piece = Self.body[start..<min(start + 100_000, Self.body.count)]
        bytes += Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + Array("\r\n".utf8)
      }
      let end = Array("0\r\n\r\n".utf8)
      await client.send(bytes + end + bytes + end)
      for _ in 0..<2 { #expect(try await client.answer().text == Self.wanted) }
    }
  }

  @Test func `closed connections count towards trimming memory`() async throws {
    try await TestServer.run([Self.sum]) { server in
      var clients = try (0..<20).map { _ in try server.client() }
      #expect(await eventually { await server.server.connectionCount() == 20 })
      #expect(await server.server.engineNow { $0.trimmer.freed } == 0)
      clients.removeAll()
      #expect(await eventually { await server.server.connectionCount() == 0 })
      #expect(await server.server.engineNow { $0.trimmer.freed } == 20 * MemoryTrimmer.connection)
    }
  }
}
