/// The server's side of the WebSocket protocol (RFC 6455) as a state machine without I/O: bytes in, actions
/// out.
struct WebSocketMachine {
  enum Action: Equatable {
    case text(String)
    case binary([UInt8])
    /// Send a control frame to the peer.
    case send(Frame.Opcode, [UInt8])
    /// The socket is closed; `code` is for the delegate.
    case end(code: UInt16?)
  }

  private enum State { case open, closing, ended }

  private let maxMessage: Int
  private var state = State.open
  /// The peer violated the protocol, and may still be sending.
  private(set) var hasFailed = false
  private var reader: FrameReader?
  /// Bytes passed to the reader that belong to an unfinished frame; 0 between frames.
  private var outstanding = 0

  private var message: [UInt8] = []
  private var messageOpcode: UInt8?
  private var control: [UInt8] = []
  private var frame: (header: FrameReader.Header, received: UInt64)?

  init(maxMessage: Int) { self.maxMessage = maxMessage }

  /// No close frame was sent or received.
  var isOpen: Bool { state == .open }
  /// Close frames were exchanged, or the peer violated the protocol.
  var hasEnded: Bool { state == .ended }

  /// Processes received bytes, in pieces of any size.
  mutating func receive(_ bytes: UnsafeBufferPointer<UInt8>) -> [Action] {
    guard state != .ended, !bytes.isEmpty else { return [] }
    let reader = reader ?? FrameReader()
    self.reader = reader
    outstanding += bytes.count
    var actions: [Action] = []
    reader.feed(bytes) { chunk in
      switch chunk {
      case .malformed: fail(1002, &actions)
      case .data(let header, let data): take(header, data, &actions)
      }
      return state != .ended
    }
    // A reader takes 4 KiB, so sockets that are silent between frames have none.
    if outstanding == 0 || state == .ended { self.reader = nil }
    return actions
  }

  /// Sends a close frame; the peer's answer is still awaited.
  mutating func close(code: UInt16, reason: String) -> [Action] {
    guard state == .open else { return [] }
    state = .closing
    return [.send(.close, Frame.closePayload(code: code, reason: reason)), .end(code: code)]
  }

  private mutating func take(
    _ header: FrameReader.Header, _ data: UnsafeBufferPointer<UInt8>, _ actions: inout [Action]
  ) {
    if frame == nil {
      guard let error = violation(header) else {
        frame = (header, 0)
        return append(data, &actions)
      }
      return fail(error, &actions)
    }
    append(data, &actions)
  }

  /// The close code for an invalid frame header; nil when it is valid.
  private func violation(_ header: FrameReader.Header) -> UInt16? {
    guard header.isMasked, header.reserved == 0 else { return 1002 }
    if header.isControl {
      return header.opcode <= Frame.Opcode.pong.rawValue && header.isFinal && header.length <= 125
        ? nil : 1002
    }
    guard header.opcode <= 2, (header.opcode == 0) == (messageOpcode != nil) else { return 1002 }
    return header.length > UInt64(maxMessage - message.count) ? 1009 : nil
  }

  private mutating func append(_ data: UnsafeBufferPointer<UInt8>, _ actions: inout [Action]) {
    guard let header = frame?.header else { return }
    frame?.received += UInt64(data.count)
    if header.isControl {
      control.append(contentsOf: data)
    } else {
      if header.opcode != 0 { messageOpcode = header.opcode }
      message.append(contentsOf: data)
    }
    guard frame?.received == header.length else { return }
    frame = nil
    outstanding -= header.wireLength
    if header.isControl {
      finishControl(header.opcode, &actions)
    } else if header.isFinal {
      finishMessage(&actions)
    }
  }

  private mutating func finishMessage(_ actions: inout [Action]) {
    let isText = messageOpcode == Frame.Opcode.text.rawValue
    let bytes = message
    messageOpcode = nil
    message = []
    guard state == .open else { return }
    guard isText else { return actions.append(.binary(bytes)) }
    guard let text = String(validating: bytes, as: UTF8.self) else { return fail(1007, &actions) }
    actions.append(.text(text))
  }

  private mutating func finishControl(_ opcode: UInt8, _ actions: inout [Action]) {
    let payload = control
    control.removeAll(keepingCapacity: true)
    switch Frame.Opcode(rawValue: opcode) {
    case .ping: if state == .open { actions.append(.send(.pong, payload)) }
    case .close: finishClose(payload, &actions)
    default: break
    }
  }

  private mutating func finishClose(_ payload: [UInt8], _ actions: inout [Action]) {
    guard payload.count >= 2 else {
      return payload.isEmpty ? end(code: 1005, answer: [], &actions) : fail(1002, &actions)
    }
    let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
    guard Self.mayBeReceived(code) else { return fail(1002, &actions) }
    guard String(validating: payload[2...], as: UTF8.self) != nil else { return fail(1007, &actions) }
    end(code: code, answer: Array(payload[..<2]), &actions)
  }

  private mutating func fail(_ code: UInt16, _ actions: inout [Action]) {
    hasFailed = true
    end(code: code, answer: Frame.closePayload(code: code, reason: ""), &actions)
  }

  private mutating func end(code: UInt16, answer: [UInt8], _ actions: inout [Action]) {
    guard state != .ended else { return }
    if state == .open { actions.append(.send(.close, answer)) }
    state = .ended
    (message, control, frame) = ([], [], nil)
    actions.append(.end(code: code))
  }

  /// Whether a peer may send this close code (RFC 6455, 7.4, and the codes registered since).
  private static func mayBeReceived(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}
