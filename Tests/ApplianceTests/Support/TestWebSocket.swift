import Foundation
import HTTP
import Synchronization

/// A client of `/ws` over loopback that can close properly or not.
///
/// Its own thread reads, answers pings and stores messages until they are requested.
final class TestWebSocket: Sendable {
  private struct State {
    var inbox: [JSONValue] = []
    /// The payloads of binary frames, one after another.
    var binary: [UInt8] = []
    var code: UInt16?
    var reason = ""
    var hasEnded = false
    var isFrozen = false
    var waiting: CheckedContinuation<Void, Never>?
    var waitingSince = ContinuousClock.now
  }

  private let socket: TestSocket
  private let state = Mutex(State())

  private init(_ socket: TestSocket) { self.socket = socket }

  deinit { socket.close() }

  /// Opens a socket with the session cookie of a client, or unauthenticated.
  static func open(
    _ client: TestClient, at path: String = "/ws", byCookie: Bool = true
  ) async throws -> TestWebSocket {
    var lines = [
      "GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(client.port)", "Upgrade: websocket", "Connection: Upgrade",
      "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    if byCookie, client.token != nil { lines.append("Cookie: \(client.cookie)") }
    for (name, value) in client.headers { lines.append("\(name): \(value)") }
    let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        do {
          let socket = TestWebSocket(try TestSocket(port: client.port))
          let rest = try socket.shakeHands(request)
          continuation.resume(returning: socket)
          socket.listen(rest)
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  /// Opens a socket as a signed-in client, and waits for the confirmation.
  static func signedIn(_ client: TestClient) async throws -> TestWebSocket {
    let socket = try await open(client)
    _ = try await socket.next("AUTHENTICATED")
    return socket
  }

  func send(_ type: String, _ payload: JSONValue = [:]) throws {
    var json = JSONWriter()
    json.value(["type": .string(type), "payload": payload])
    try send(bytes: json.bytes)
  }

  /// Sends one frame, text (1) or binary (2).
  func send(bytes: [UInt8], opcode: UInt8 = 1) throws { try socket.write(Self.frame(opcode, bytes)) }

  /// The payload of the next matching message of a type; earlier ones are discarded.
  func next(_ type: String, where isWanted: (JSONValue) -> Bool = { _ in true }) async throws -> JSONValue {
    startWaiting()
    while let message = await next() {
      let payload = message["payload"] ?? .null
      if message["type"]?.string == type, isWanted(payload) { return payload }
    }
    throw TestClient.Broken(reason: "the socket ended before \(type)")
  }

  /// Starts the timeout of five minutes for the expected message.
  func startWaiting() { state.withLock { $0.waitingSince = .now } }

  /// Puts messages back at the front of the inbox.
  func putBack(_ messages: [JSONValue]) { state.withLock { $0.inbox.insert(contentsOf: messages, at: 0) } }

  /// The next message; nil at the end.
  func next() async -> JSONValue? {
    while true {
      let (message, isOver) = state.withLock { state in
        (state.inbox.isEmpty ? nil : state.inbox.removeFirst(), state.hasEnded)
      }
      if message != nil || isOver || hasWaitedInVain { return message }
      await news()
    }
  }

  /// Waits for the end; returns the server's close code, or nil without a close frame.
  func ended() async -> UInt16? {
    startWaiting()
    while !state.withLock({ $0.hasEnded }), !hasWaitedInVain {
      state.withLock { $0.inbox = [] }
      await news()
    }
    return state.withLock { $0.code }
  }

  /// The reason of the server's close frame.
  var reason: String { state.withLock { $0.reason } }

  /// All binary bytes so far, once `isEnough` accepts them.
  func binary(until isEnough: ([UInt8]) -> Bool) async throws -> [UInt8] {
    startWaiting()
    while true {
      let (bytes, isOver) = state.withLock { ($0.binary, $0.hasEnded) }
      if isEnough(bytes) { return bytes }
      guard !isOver, !hasWaitedInVain else {
        throw TestClient.Broken(reason: "the socket ended with \(bytes.count) bytes, \(reason)")
      }
      await news { $0.binary.count > bytes.count }
    }
  }

  /// Sends a close frame, as a page does.
  func close() { try? socket.write(Self.frame(8, [0x03, 0xE9])) }
  /// Ends the stream without a close frame, as when a process is killed.
  func cut() { socket.shutDown() }
  /// Resets the connection.
  func reset() { socket.reset() }
  /// Keeps the connection without reading or answering, as with an unplugged cable.
  func freeze() { state.withLock { $0.isFrozen = true } }

  private func news(_ isThere: (State) -> Bool = { !$0.inbox.isEmpty }) async {
    await withCheckedContinuation { continuation in
      let isNews = state.withLock { state in
        if state.hasEnded || isThere(state) { return true }
        state.waiting = continuation
        return false
      }
      if isNews { continuation.resume() }
    }
  }

  private func change(_ body: (inout State) -> Void) {
    let waiting = state.withLock { state in
      body(&state)
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
  }

  private func shakeHands(_ request: [UInt8]) throws -> [UInt8] {
    try socket.write(request)
    var answer: [UInt8] = []
    while true {
      if let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) {
        guard answer.starts(with: Array("HTTP/1.1 101".utf8)) else { break }
        return Array(answer[end.upperBound...])
      }
      let part = try socket.read()
      if part.isEmpty { break }
      answer += part
    }
    throw TestClient.Broken(reason: String(decoding: answer.prefix(2000), as: UTF8.self))
  }

  private func listen(_ rest: [UInt8]) {
    var bytes = rest
    while true {
      while let (opcode, payload, length) = Self.parse(bytes) {
        bytes.removeFirst(length)
        if state.withLock({ $0.isFrozen }) { return }
        take(opcode, payload)
      }
      guard let part = try? socket.read(), !part.isEmpty else { break }
      if hasWaitedInVain, state.withLock({ $0.waiting != nil }) { break }
      bytes += part
    }
    if state.withLock({ $0.isFrozen }) { return }
    socket.close()
    change { $0.hasEnded = true }
  }

  /// Pings do not count as an answer, so that a wait for a missing message times out.
  private var hasWaitedInVain: Bool {
    state.withLock { ContinuousClock.now - $0.waitingSince > .seconds(300) }
  }

  private func take(_ opcode: UInt8, _ payload: [UInt8]) {
    switch opcode {
    case 1:
      let text = JSONValue.string(String(decoding: payload, as: UTF8.self))
      change { state in
        state.waitingSince = .now
        state.inbox.append(JSONValue(parsing: payload) ?? text)
      }
    case 8:
      let code = payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : 1005
      change { state in
        state.code = code
        state.reason = String(decoding: payload.dropFirst(2), as: UTF8.self)
      }
      try? socket.write(Self.frame(8, Array(payload.prefix(2))))
    case 2:
      change { state in
        state.waitingSince = .now
        state.binary += payload
      }
    case 9: try? socket.write(Self.frame(10, payload))
    default: break
    }
  }

  /// The first complete frame from a server: opcode, payload, and its length on the wire.
  private static func parse(_ bytes: [UInt8]) -> (UInt8, [UInt8], Int)? {
    guard bytes.count >= 2 else { return nil }
    var start = 2
    var length = Int(bytes[1] & 0x7F)
    if length >= 126 {
      start += length == 126 ? 2 : 8
      guard bytes.count >= start else { return nil }
      length = bytes[2..<start].reduce(0) { $0 << 8 | Int($1) }
    }
    guard bytes.count >= start + length else { return nil }
    return (bytes[0] & 15, Array(bytes[start..<start + length]), start + length)
  }

  private static func frame(_ opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
    let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
    var bytes: [UInt8] = [0x80 | opcode]
    if payload.count < 126 {
      bytes.append(0x80 | UInt8(payload.count))
    } else {
      bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    }
    return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
  }
}

extension WebSocketLimits {
  /// A test that is not scheduled for some seconds must not count as dead.
  static let lenient = WebSocketLimits(deadAfter: .seconds(300))
}
