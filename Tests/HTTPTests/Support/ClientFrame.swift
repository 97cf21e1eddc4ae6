@testable import HTTP

/// A frame as clients send it, valid or invalid.
struct ClientFrame {
  var opcode: UInt8
  var payload: [UInt8]
  var isFinal = true
  var reserved: UInt8 = 0
  var isMasked = true
  /// The claimed length, instead of the real one.
  var claimed: UInt64?

  static func text(_ text: String, isFinal: Bool = true) -> ClientFrame {
    ClientFrame(opcode: 1, payload: Array(text.utf8), isFinal: isFinal)
  }

  static func more(_ text: String, isFinal: Bool) -> ClientFrame {
    ClientFrame(opcode: 0, payload: Array(text.utf8), isFinal: isFinal)
  }

  static func close(_ code: UInt16, _ reason: [UInt8] = []) -> ClientFrame {
    ClientFrame(opcode: 8, payload: [UInt8(code >> 8), UInt8(code & 255)] + reason)
  }

  static func ping(_ payload: [UInt8] = []) -> ClientFrame { ClientFrame(opcode: 9, payload: payload) }

  var bytes: [UInt8] {
    var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
    let length = claimed ?? UInt64(payload.count)
    let mark: UInt8 = isMasked ? 0x80 : 0
    switch length {
    case ..<126: bytes.append(mark | UInt8(length))
    case ..<65_536: bytes += [mark | 126, UInt8(length >> 8), UInt8(length & 255)]
    default:
      bytes.append(mark | 127)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: length >> shift))
      }
    }
    guard isMasked else { return bytes + payload }
    let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
    return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
  }
}
