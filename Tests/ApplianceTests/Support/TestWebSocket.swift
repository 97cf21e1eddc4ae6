import Dispatch
import HTTP
import Synchronization

/// A WebSocket client over a loopback socket. One task uses it at a time.
final class TestWebSocket: Sendable {
  private let socket: TestSocket
  private let received = Mutex<[UInt8]>([])

  /// What came: a text, or the end with its code (nil where there was none).
  enum Event: Sendable, Equatable {
    case text(String)
    case closed(UInt16?)
  }

  /// The handshake was answered with another status than 101.
  struct Refused: Error {
    let status: Int
    let body: JSONValue
  }

  /// Opens `/ws`. Throws `Refused`.
  static func open(
    _ test: TestAppliance, headers: [String: String] = [:], token: String? = nil
  ) async throws -> TestWebSocket {
    let socket = try TestWebSocket(port: test.port)
    try await socket.shakeHands(port: test.port, headers: headers, token: token)
    return socket
  }

  private init(port: Int) throws { socket = try TestSocket(port: port) }

  deinit { socket.close() }

  func send(_ type: String, _ payload: JSONValue = [:]) throws {
    var json = JSONWriter()
    json.value(["type": .string(type), "payload": payload])
    try send(text: json.bytes)
  }

  /// Sends one frame; its mask is all zeros.
  func send(text: [UInt8], opcode: UInt8 = 1) throws {
    var frame: [UInt8] = [0x80 | opcode]
    if text.count < 126 {
      frame.append(0x80 | UInt8(text.count))
    } else {
      frame += [0x80 | 126, UInt8(text.count >> 8 & 0xFF), UInt8(text.count & 0xFF)]
    }
    try socket.write(frame + [0, 0, 0, 0] + text)
  }

  /// The payload of the next message of a type; others are passed over. Throws where the socket ends first.
  func next(_ type: String, where isWanted: (JSONValue) -> Bool = { _ in true }) async throws -> JSONValue {
    while true {
      guard let message = try await next() else {
        throw TestClient.Broken(reason: "closed before \(type)")
      }
      let payload = message["payload"] ?? .null
      if message["type"]?.string == type, isWanted(payload) { return payload }
    }
  }

  /// The next message, or nil at the end.
  func next() async throws -> JSONValue? {
    switch try await event() {
    case .text(let text): JSONValue(parsing: text) ?? .null
    case .closed: nil
    }
  }

  /// The code with which the server ends it; messages before that are passed over.
  func end() async throws -> UInt16? {
    while true {
      if case .closed(let code) = try await event() { return code }
    }
  }

  func event() async throws -> Event {
    while true {
      if let frame = received.withLock({ Self.takeFrame(&$0) }) {
        switch frame.opcode {
        case 1: return .text(String(decoding: frame.payload, as: UTF8.self))
        case 8:
          let code = frame.payload.prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
          return .closed(frame.payload.count >= 2 ? code : nil)
        case 9: try send(text: frame.payload, opcode: 10)
        default: break
        }
        continue
      }
      let part = try await read()
      if part.isEmpty { return .closed(nil) }
      received.withLock { $0 += part }
    }
  }

  private func shakeHands(port: Int, headers: [String: String], token: String?) async throws {
    var lines = [
      "GET /ws HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: Upgrade", "Upgrade: websocket",
      "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Accept-Language: en",
    ]
    if let token { lines.append("Authorization: Bearer \(token)") }
    for (name, value) in headers { lines.append("\(name): \(value)") }
    try socket.write(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
    var answer: [UInt8] = []
    var end = answer.firstRange(of: Array("\r\n\r\n".utf8))
    while end == nil {
      let part = try await read()
      if part.isEmpty { throw TestClient.Broken(reason: "no answer to the handshake") }
      answer += part
      end = answer.firstRange(of: Array("\r\n\r\n".utf8))
    }
    guard let end else { return }
    let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self)
    let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let rest = Array(answer[end.upperBound...])
    guard status == 101 else { throw Refused(status: status, body: JSONValue(parsing: rest) ?? .null) }
    received.withLock { $0 = rest }
  }

  private func read() async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { [socket] in
        continuation.resume(with: Result { try socket.read() })
      }
    }
  }

  private static func takeFrame(_ bytes: inout [UInt8]) -> (opcode: UInt8, payload: [UInt8])? {
    guard bytes.count >= 2 else { return nil }
    var (start, length) = (2, Int(bytes[1] & 0x7F))
    if length >= 126 {
      start += length == 126 ? 2 : 8
      guard bytes.count >= start else { return nil }
      length = bytes[2..<start].reduce(0) { $0 << 8 | Int($1) }
    }
    guard bytes.count >= start + length else { return nil }
    defer { bytes.removeFirst(start + length) }
    return (bytes[0] & 0x0F, Array(bytes[start..<start + length]))
  }
}
