import Testing

@testable import HTTP

/// One case of the Autobahn WebSocket test suite, by number: what a client sends and what is expected.
struct AutobahnCase: CustomTestStringConvertible, Sendable {
  let number: String
  let bytes: [UInt8]
  let expected: [WebSocketMachine.Action]

  var testDescription: String { number }

  /// The limit that the cases are written for.
  static let maxMessage = 256 << 10

  static let all =
    sizes + pings + reservedBits + opcodes + fragments + texts + textsInPieces + closing + closeCodes + limits

  init(_ number: String, _ frames: [ClientFrame], _ expected: [WebSocketMachine.Action]) {
    self.number = number
    bytes = frames.flatMap(\.bytes)
    self.expected = expected
  }

  /// Whether the server has closed, or answered a close.
  var ends: Bool {
    expected.contains { if case .end = $0 { true } else { false } }
  }

  /// The bytes sent by a server that echoes every message.
  var answers: [UInt8] {
    expected.flatMap { action -> [UInt8] in
      switch action {
      case .text(let text): Frame.encoded(.text, payload: Array(text.utf8))
      case .binary(let bytes): Frame.encoded(.binary, payload: bytes)
      case .send(let opcode, let payload): Frame.encoded(opcode, payload: payload)
      case .end: []
      }
    }
  }

  /// The server sends a close frame first.
  static func failing(_ code: UInt16) -> [WebSocketMachine.Action] {
    [.send(.close, [UInt8(code >> 8), UInt8(code & 255)]), .end(code: code)]
  }

  /// The server answers a close frame.
  static func closed(_ code: UInt16) -> [WebSocketMachine.Action] { failing(code) }
}

extension ClientFrame {
  static func binary(_ payload: [UInt8], isFinal: Bool = true) -> ClientFrame {
    ClientFrame(opcode: 2, payload: payload, isFinal: isFinal)
  }

  static func pong(_ payload: [UInt8] = []) -> ClientFrame { ClientFrame(opcode: 10, payload: payload) }

  /// A message in fragments of a given size.
  static func pieces(_ opcode: UInt8, _ payload: [UInt8], of size: Int) -> [ClientFrame] {
    let starts = stride(from: 0, to: max(1, payload.count), by: size)
    return starts.map { start in
      let end = min(start + size, payload.count)
      return ClientFrame(
        opcode: start == 0 ? opcode : 0, payload: Array(payload[start..<end]), isFinal: end == payload.count)
    }
  }
}
