import Synchronization
import Testing

@testable import HTTP

/// WebSockets over real connections.
@Suite struct WebSocketTests {
  /// Records its events, and echoes messages.
  final class Owner: WebSocketDelegate {
    struct Log: Equatable {
      var opened = 0
      var texts: [String] = []
      var codes: [UInt16?] = []
    }
    private let log = Mutex(Log())
    let sockets = Mutex<[WebSocket]>([])
    var seen: Log { log.withLock { $0 } }

    func opened(_ socket: WebSocket) {
      log.withLock { $0.opened += 1 }
      sockets.withLock { $0.append(socket) }
      anything.signal()
    }
    func received(text: String, on socket: WebSocket) {
      log.withLock { $0.texts.append(text) }
      socket.send(text: text)
    }
    func closed(_ socket: WebSocket, code: UInt16?) {
      log.withLock { $0.codes.append(code) }
      anything.signal()
    }
    var first: WebSocket? { sockets.withLock { $0.first } }
  }

  /// No ping arrives between the expected frames, however slow the machine is.
  static let patient = WebSocketLimits(maxQueued: 4 << 20, pingEvery: .seconds(600), deadAfter: .seconds(600))

  static let handshake =
    "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

  private func connect(_ server: TestServer, receiveBuffer: Int32? = nil) async throws -> RawClient {
    let client = try RawClient(port: server.port, receiveBuffer: receiveBuffer)
    let answer = try await client.exchange(Self.handshake)
    #expect(answer.status == 101)
    #expect(answer["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    return client
  }

  private func run(
    _ owner: Owner, limits: WebSocketLimits = Self.patient, _ test: (TestServer) async throws -> Void
  ) async throws {
    let routes: [Route] = [
      .webSocket("/ws", .everyone, "socket", limits: limits) { _, _ in owner },
      .webSocket("/refused", .everyone, "socket") { _, _ in throw Failure.forbidden },
      .webSocket("/mine", .signedIn, "socket") { _, _ in owner },
      .webSocket("/early", .everyone, "socket") { _, socket in
        socket.send(text: "welcome")
        socket.subprotocol = "binary"
        return owner
      },
    ]
    try await TestServer.run(routes, test)
  }

  @Test(arguments: [
    ("/ws", "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 426),
    ("/ws", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n", 400),
    ("/ws", "Sec-WebSocket-Version: 13\r\n", 400),
    ("/refused", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 403),
    ("/mine", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 401),
  ])
  func `a handshake may be refused`(_ path: String, _ headers: String, _ status: Int) async throws {
    let owner = Owner()
    try await run(owner) { server in
      let client = try server.client()
      let answer = try await client.get(path, "Upgrade: websocket\r\nConnection: Upgrade\r\n" + headers)
      #expect(answer.status == status)
      #expect(JSONValue(parsing: answer.body)?["success"] == false)
    }
    #expect(owner.seen == Owner.Log())
  }

  @Test(arguments: [
    ("no key", "GET", "1.1", "Host: a", ["Upgrade: websocket", "Connection: Upgrade"], 400),
    ("two keys", "GET", "1.1", "Host: a", usual + [key, key], 400),
    (
      "a key of 17 bytes", "GET", "1.1", "Host: a", usual + ["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA="],
      400
    ),
    (
      "a key with blanks in it", "GET", "1.1", "Host: a",
      usual + ["Sec-WebSocket-Key: AAAAAAAA AAAA AAAAAAAA=="], 400
    ),
    (
      "an upgrade to something else", "GET", "1.1", "Host: a", ["Upgrade: h2c", "Connection: Upgrade", key],
      426
    ),
    (
      "no wish to upgrade", "GET", "1.1", "Host: a", ["Upgrade: websocket", "Connection: keep-alive", key],
      400
    ),
    ("no host", "GET", "1.1", "X: y", usual + [key], 400),
    ("two hosts", "GET", "1.1", "Host: a\r\nHost: b", usual + [key], 400),
    ("an old version of HTTP", "GET", "1.0", "Host: a", usual + [key], 426),
    ("another method", "POST", "1.1", "Host: a", usual + [key], 405),
    ("another path", "GET", "1.1", "Host: a", usual + [key, "X-Path: /none"], 404),
    ("two versions", "GET", "1.1", "Host: a", usual + [key, "Sec-WebSocket-Version: 8"], 426),
  ])
  func `an invalid handshake is refused`(
    _ name: String, _ method: String, _ version: String, _ host: String, _ lines: [String], _ status: Int
  ) async throws {
    let owner = Owner()
    try await run(owner) { server in
      let client = try server.client()
      let path = lines.contains("X-Path: /none") ? "/none" : "/ws"
      let head = ["\(method) \(path) HTTP/\(version)", host] + lines + ["Sec-WebSocket-Version: 13"]
      let answer = try await client.exchange(head.joined(separator: "\r\n") + "\r\n\r\n")
      #expect(answer.status == status)
      if status == 426 { #expect(answer["Sec-WebSocket-Version"] == "13") }
    }
    #expect(owner.seen == Owner.Log())
  }

  private static let usual = ["Upgrade: websocket", "Connection: Upgrade"]
  private static let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="

  @Test func `a plain GET of a WebSocket's path is 426`() async throws {
    try await run(Owner()) { server in
      let client = try server.client()
      #expect(try await client.get("/ws").status == 426)
    }
  }

  @Test func `messages are sent both ways, and the close is reported once`() async throws {
    let owner = Owner()
    try await run(owner) { server in
      let client = try await connect(server)
      await client.send(ClientFrame.text("hello").bytes)
      #expect(try await client.frame() == (1, Array("hello".utf8)))
      await client.send(ClientFrame.ping([7]).bytes)
      #expect(try await client.frame() == (10, [7]))
      await client.send(ClientFrame.close(1000).bytes)
      #expect(try await client.frame() == (8, [3, 0xE8]))
      #expect(try await client.rest() == [])
      #expect(owner.seen == Owner.Log(opened: 1, texts: ["hello"], codes: [1000]))
    }
  }

  @Test func `frames sent together with the handshake are not lost`() async throws {
    try await run(Owner()) { server in
      let client = try server.client()
      await client.send(
        Array(Self.handshake.utf8) + ClientFrame.text("a").bytes + ClientFrame.text("b").bytes)
      #expect(try await client.answer().status == 101)
      #expect(try await client.frame() == (1, Array("a".utf8)))
      #expect(try await client.frame() == (1, Array("b".utf8)))
    }
  }

  @Test func `frames queued while accepting follow the response`() async throws {
    try await run(Owner()) { server in
      let client = try server.client()
      let answer = try await client.exchange(Self.handshake.replacing("/ws", with: "/early"))
      #expect(answer["Sec-WebSocket-Protocol"] == "binary")
      #expect(try await client.frame() == (1, Array("welcome".utf8)))
    }
  }

  @Test func `a vanished peer is reported as nil, once`() async throws {
    let owner = Owner()
    try await run(owner) { server in
      let client = try await connect(server)
      client.abort()
      #expect(await eventually { owner.seen.codes == [nil] })
    }
    #expect(owner.seen.codes == [nil])
  }

  @Test func `frames sent from any thread arrive in order`() async throws {
    let owner = Owner()
    try await run(owner) { server in
      var clients: [RawClient] = []
      for _ in 0..<5 { clients.append(try await connect(server)) }
      #expect(await eventually { owner.seen.opened == 5 })
      let sockets = owner.sockets.withLock { $0 }
      for number in 0..<200 {
        let shared = Frame(text: "\(number) " + String(repeating: "x", count: number * 20))
        for socket in sockets { socket.send(shared) }
      }
      for client in clients {
        for number in 0..<200 {
          let text = String(decoding: try await client.frame().payload, as: UTF8.self)
          #expect(text.hasPrefix("\(number) "))
        }
      }
    }
  }

  @Test func `closing sends the code after the queued frames`() async throws {
    let owner = Owner()
    try await run(owner) { server in
      let client = try await connect(server)
      #expect(await eventually { owner.first != nil })
      let socket = try #require(owner.first)
      socket.send(text: "last")
      socket.close(code: 4001, reason: "enough")
      socket.send(text: "never")
      #expect(try await client.frame() == (1, Array("last".utf8)))
      #expect(try await client.frame() == (8, [0x0F, 0xA1] + Array("enough".utf8)))
      await client.send(ClientFrame.close(4001).bytes)
      #expect(try await client.rest() == [])
      #expect(owner.seen.codes == [4001])
    }
  }

  @Test func `a silent peer is pinged, and dropped when it stays silent`() async throws {
    let owner = Owner()
    let limits = WebSocketLimits(pingEvery: .milliseconds(50), deadAfter: .milliseconds(250))
    try await run(owner, limits: limits) { server in
      let client = try await connect(server)
      #expect(try await client.frame().opcode == 9)
      await client.send(ClientFrame(opcode: 10, payload: []).bytes)
      #expect(try await client.frame().opcode == 9)
      _ = try await client.rest()
      #expect(owner.seen.codes == [nil])
    }
  }

  @Test func `stopping the server closes with 1001`() async throws {
    let owner = Owner()
    try await run(owner) { server in
      let client = try await connect(server)
      let stopping = Task { await server.server.stop(grace: .seconds(60)) }
      #expect(try await client.frame() == (8, [0x03, 0xE9]))
      await client.send(ClientFrame.close(1001).bytes)
      await stopping.value
      #expect(owner.seen.codes == [1001])
    }
  }
}
