import CLibevent
import Encoding
import Glibc

/// WebSockets: the handshake, and sending once per turn of the loop.
extension Engine {
  /// Asks the route to accept, sends the 101 and passes the connection to a channel.
  func upgrade(
    _ request: Request, limits: WebSocketLimits, accept: Route.Accept, on connection: Connection
  ) throws {
    let answer = try Handshake.answer(request)
    let socket = WebSocket(
      id: request.id, peerAddress: request.peerAddress, engine: self, maxQueued: limits.maxQueued)
    let delegate = try accept(request, socket)
    var response = Response(status: 101, headers: [("Upgrade", "websocket"), ("Connection", "Upgrade")])
    response.add("Sec-WebSocket-Accept", answer)
    if let subprotocol = socket.subprotocol { response.add("Sec-WebSocket-Protocol", subprotocol) }
    var head: [UInt8] = []
    appendHead(of: response, to: &head, ending: .none)
    if let incoming = connection.incoming {
      record(incoming, on: connection, status: 101, bytes: 0, error: nil)
    }
    connection.phase = .upgraded
    connection.deadline = .max
    // evhttp keeps the request as long as the connection; its headers are no longer needed.
    if let held = connection.request { evhttp_clear_headers(held.pointee.input_headers) }
    connection.forgetRequest()
    head.withUnsafeBytes { bytes in
      let sent = connection.sendNow(bytes)
      guard sent < bytes.count else { return }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
      evbuffer_add(bufferevent_get_output(connection.bufferevent), rest.baseAddress, rest.count)
    }
    SocketChannel(socket: socket, connection: connection, limits: limits, delegate: delegate).open()
  }

  /// Schedules sending of the socket's queue. May be called from any thread.
  func markDirty(_ socket: WebSocket) {
    let isFirst = dirty.withLock {
      $0.append(socket)
      return $0.count == 1
    }
    if isFirst { loop.run { [self] in flushDirty() } }
  }

  private func flushDirty() {
    let sockets = dirty.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for socket in sockets { socket.channel?.flush() }
  }
}

/// The opening handshake (RFC 6455, 4.2).
enum Handshake {
  /// The value of `Sec-WebSocket-Accept`; throws 400 or 426.
  static func answer(_ request: Request) throws(Failure) -> String {
    guard request.headers.all("Sec-WebSocket-Version") == ["13"] else { throw .upgradeRequired }
    let tokens = request.headers.all("Connection").joined(separator: ",").split(byte: ",")
    let isUpgrade = tokens.contains { Headers.equal($0.without(byte: " ").utf8, "upgrade".utf8) }
    let keys = request.headers.all("Sec-WebSocket-Key")
    guard isUpgrade, keys.count == 1, isKey(keys[0]) else { throw .badRequest }
    let key = keys[0]
    let text = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
    var digest = [UInt8](repeating: 0, count: 20)
    SHA1(text, text.count, &digest)
    return Base64.encode(digest)
  }

  /// Whether the key is 16 bytes in base64.
  private static func isKey(_ key: String) -> Bool {
    let bytes = Array(key.utf8)
    guard bytes.count == 24, bytes.suffix(2) == [0x3D, 0x3D] else { return false }
    return bytes.dropLast(2).allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F: true
      default: false
      }
    }
  }
}
