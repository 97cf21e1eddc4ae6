import Glibc
import Testing

@testable import HTTP

/// Peers that read slowly, not at all, or vanish.
@Suite struct SlowReaderTests {
  private typealias Owner = WebSocketTests.Owner

  private static let long: Duration = .seconds(600)
  private static let most = 200_000
  /// The most that libevent buffers in addition to our queue: the last batch and one frame.
  private static let firm = Frame(text: [UInt8](repeating: 0x62, count: 10_000))
  private static let droppable = Frame(text: [UInt8](repeating: 0x61, count: 10_000), droppable: true)

  private func limits(
    pingEvery: Duration = long, deadAfter: Duration = long, patience: Duration = long
  ) -> WebSocketLimits {
    WebSocketLimits(maxQueued: Self.most, pingEvery: pingEvery, deadAfter: deadAfter, patience: patience)
  }

  private func run(
    _ limits: WebSocketLimits, _ test: (TestServer, Owner, RawClient) async throws -> Void
  ) async throws {
    let owner = Owner()
    try await TestServer.run([.webSocket("/ws", .everyone, "socket", limits: limits) { _, _ in owner }]) {
      server in
      let client = try RawClient(port: server.port, receiveBuffer: 4096)
      #expect(try await client.exchange(WebSocketTests.handshake).status == 101)
      #expect(await eventually { owner.first != nil })
      try await test(server, owner, client)
    }
  }

  /// Sends frames that must not be dropped until the server closes.
  private func overflow(_ socket: WebSocket) async -> Bool {
    await again {
      socket.send(Self.firm)
      return socket.isClosing
    }
  }

  @Test func `a reader that resumes in time receives whole frames and the reason for closing`() async throws {
    try await run(limits()) { server, owner, client async throws in
      let socket = try #require(owner.first)
      #expect(await overflow(socket))
      #expect(await eventually { owner.seen.codes == [1013] })
      var last: (opcode: UInt8, payload: [UInt8]) = (0, [])
      repeat {
        last = try await client.frame()
        if last.opcode == 1 { #expect(last.payload.count == 10_000) }
      } while last.opcode != 8
      #expect(last.payload == [0x03, 0xF5] + Array("too slow".utf8))
      await client.send(ClientFrame.close(1013).bytes)
      #expect(try await client.rest() == [])
      #expect(await eventually { await server.server.connectionCount() == 0 })
    }
  }

  @Test func `a reader that does not resume is dropped after the patience`() async throws {
    try await run(limits(patience: .milliseconds(100))) { server, owner, client async throws in
      #expect(await overflow(try #require(owner.first)))
      #expect(await eventually { await server.server.connectionCount() == 0 })
      #expect(owner.seen.codes == [1013])
      withExtendedLifetime(client) {}
    }
  }

  @Test func `droppable frames are dropped first, and others never`() async throws {
    try await run(limits()) { _, owner, client async throws in
      let socket = try #require(owner.first)
      // Numbered frames that must not be dropped, mixed with droppable ones, far beyond the limit.
      var sent = 0
      #expect(
        await again {
          for _ in 0..<20 { socket.send(Self.droppable) }
          return socket.queuedBytes + 21_000 > Self.most
        })
      while socket.queuedBytes > 60_000 || sent < 5 {
        socket.send(text: "firm \(sent)")
        sent += 1
        for _ in 0..<20 { socket.send(Self.droppable) }
        if sent == 40 { break }
      }
      #expect(!socket.isClosing)
      socket.send(text: "last")
      var texts: [String] = []
      while texts.last != "last" {
        let (_, payload) = try await client.frame()
        if payload.count != 10_000 { texts.append(String(decoding: payload, as: UTF8.self)) }
      }
      #expect(texts == (0..<sent).map { "firm \($0)" } + ["last"])
    }
  }

  @Test func `short frames count with their memory overhead`() async throws {
    try await run(limits()) { server, owner, client async throws in
      let socket = try #require(owner.first)
      // Nothing is sent before this closure on the loop has ended.
      await server.onLoop {
        for _ in 0..<10_000 where !socket.isClosing { socket.send(text: "") }
      }
      #expect(socket.isClosing)
      #expect(await eventually { owner.seen.codes == [1013] })
      withExtendedLifetime(client) {}
    }
  }

  @Test func `pings of a peer that does not read are answered within limits, the latest last`()
    async throws
  {
    try await run(limits()) { server, owner, client async throws in
      let socket = try #require(owner.first)
      // A client that reads a little at a time, so that answers must wait.
      await server.onLoop {
        for number in 0..<1000 { socket.sendPong([UInt8(number >> 8), UInt8(number & 255)]) }
      }
      #expect(socket.queuedBytes < 20_000)
      var last: [UInt8] = []
      while last != [3, 231] {
        let (opcode, payload) = try await client.frame()
        #expect(opcode == 10)
        last = payload
      }
      withExtendedLifetime(owner) {}
    }
  }

  @Test func `a peer that sends forever without reading is closed`() async throws {
    try await run(limits(patience: .milliseconds(100))) { server, owner, client async throws in
      let question = ClientFrame.text(String(repeating: "?", count: 5000)).bytes
      #expect(await again { await !client.send(question) })
      #expect(await eventually { await server.server.connectionCount() == 0 })
      #expect(owner.seen.codes == [1013])
    }
  }

  @Test func `a peer that stops sending is gone`() async throws {
    try await run(limits()) { server, owner, client async throws in
      client.finishSending()
      #expect(try await client.rest() == [])
      #expect(owner.seen.codes == [nil])
    }
  }

  @Test func `a peer that half-closes still gets its answer`() async throws {
    try await run(limits()) { _, owner, client async throws in
      await client.send(ClientFrame.text("a").bytes + ClientFrame.close(1000).bytes)
      client.finishSending()
      #expect(try await client.rest() == Frame.encoded(.text, payload: [0x61]) + [0x88, 2, 0x03, 0xE8])
      #expect(owner.seen.codes == [1000])
    }
  }

  @Test func `a peer that violates the protocol and keeps sending receives the reason`() async throws {
    try await run(limits()) { server, owner, client async throws in
      // More than the buffers in between can hold: it is still sending when it is refused.
      let flood = [UInt8](repeating: 0xFF, count: 8 << 20)
      async let sent = client.send(flood)
      #expect(try await client.frame() == (8, [0x03, 0xEA]))
      #expect(try await client.rest() == [])
      #expect(await sent)
      #expect(owner.seen.codes == [1002])
      client.finishSending()
      #expect(await eventually { await server.server.connectionCount() == 0 })
    }
  }

  @Test func `a refused peer that stays is dropped`() async throws {
    try await run(limits(patience: .milliseconds(100))) { server, _, client async throws in
      await client.send([0xFF, 0xFF])
      await client.send([UInt8](repeating: 0xFF, count: 20))
      #expect(try await client.frame() == (8, [0x03, 0xEA]))
      #expect(await eventually { await server.server.connectionCount() == 0 })
    }
  }

  @Test func `a silent peer is given up although its connection stays open`() async throws {
    try await run(limits(pingEvery: .milliseconds(40), deadAfter: .milliseconds(120))) {
      server, owner, client in
      #expect(await eventually { owner.seen.codes == [nil] })
      withExtendedLifetime(client) {}
    }
  }

  @Test func `with the default limits a dead peer is detected within ten seconds`() {
    let limits = WebSocketLimits()
    let router = Router(routes: [
      .webSocket("/ws", .everyone, "socket", limits: limits) { _, _ in WebSocketTests.Owner() }
    ])
    let interval = min(4000, router.shortestSilence) / 4
    #expect(limits.deadAfter.milliseconds + interval <= 9500)
    // Between the ping and giving up there is time for an answer.
    #expect(limits.deadAfter.milliseconds - limits.pingEvery.milliseconds - interval >= 2500)
  }

  @Test func `many sends in one turn of the loop are flushed once`() async throws {
    try await run(limits()) { server, owner, client async throws in
      let socket = try #require(owner.first)
      let waiting = await server.onLoop {
        for number in 0..<50 { socket.send(text: "\(number)") }
        return socket.engine.dirty.withLock { $0.count }
      }
      #expect(waiting == 1)
      for number in 0..<50 { #expect(try await client.frame() == (1, Array("\(number)".utf8))) }
    }
  }

  @Test func `all of many connections are checked`() async throws {
    try await run(limits()) { server, owner, client in
      let clients = try (0..<Connections.many).map { _ in try server.client() }
      #expect(await eventually { await server.server.connectionCount() == clients.count + 1 })
      let engine = try #require(owner.first).engine
      await server.onLoop { for connection in engine.connections.all { connection.deadline = engine.now } }
      #expect(await eventually { await server.server.connectionCount() == 0 })
      withExtendedLifetime((client, clients)) {}
    }
  }

  @Test func `connections are limited by the system's number of open files`() async throws {
    var configuration = ServerConfiguration.patient
    configuration.maxConnections = 1 << 40
    try await TestServer.run(configuration: configuration) { server in
      var files = rlimit()
      #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0)
      #expect(files.rlim_cur == files.rlim_max)
      let most = await server.server.connectionLimit()
      #expect(most == Int(clamping: files.rlim_max) - 256)
    }
  }
}
