/// One outgoing WebSocket message, encoded once and shared by all receivers.
public final class Frame: Sendable {
  enum Opcode: UInt8 {
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA
  }

  /// May be dropped for a peer that reads too slowly, because a later message contains the same information.
  public let droppable: Bool
  let bytes: SharedBytes

  public convenience init(text: [UInt8], droppable: Bool = false) {
    self.init(.text, payload: text, droppable: droppable)
  }

  public convenience init(text: String, droppable: Bool = false) {
    self.init(.text, payload: Array(text.utf8), droppable: droppable)
  }

  public convenience init(binary: [UInt8], droppable: Bool = false) {
    self.init(.binary, payload: binary, droppable: droppable)
  }

  init(_ opcode: Opcode, payload: [UInt8], droppable: Bool = false) {
    self.droppable = droppable
    bytes = SharedBytes(Self.encoded(opcode, payload: payload))
  }

  /// Bytes on the wire, including the header.
  public var count: Int { bytes.count }

  /// The payload without the header.
  public var payload: [UInt8] {
    bytes.withBytes { bytes in
      guard bytes.count >= 2 else { return [] }
      let header = bytes[1] < 126 ? 2 : bytes[1] == 126 ? 4 : 10
      return Array(bytes.dropFirst(header))
    }
  }

  /// Estimated bytes in memory while queued; for a short frame the overhead dominates.
  var cost: Int { bytes.count + 128 }

  /// Encodes a complete, unmasked frame, as servers send them (RFC 6455, 5.2).
  static func encoded(_ opcode: Opcode, payload: [UInt8]) -> [UInt8] {
    var frame: [UInt8] = []
    frame.reserveCapacity(payload.count + 10)
    frame.append(0x80 | opcode.rawValue)
    switch payload.count {
    case ..<126: frame.append(UInt8(payload.count))
    case ..<65_536:
      frame.append(126)
      frame.append(UInt8(payload.count >> 8))
      frame.append(UInt8(payload.count & 0xFF))
    default:
      frame.append(127)
      for shift in stride(from: 56, through: 0, by: -8) {
        frame.append(UInt8(truncatingIfNeeded: payload.count >> shift))
      }
    }
    frame.append(contentsOf: payload)
    return frame
  }

  /// The payload of a close frame: the code and at most 123 bytes of reason, cut at a character boundary.
  static func closePayload(code: UInt16, reason: String) -> [UInt8] {
    var payload = [UInt8(code >> 8), UInt8(code & 0xFF)]
    for character in reason {
      guard payload.count + character.utf8.count <= 125 else { break }
      payload.append(contentsOf: character.utf8)
    }
    return payload
  }
}
