import CWslay

/// Splits a byte stream into WebSocket frames, with wslay's frame API.
final class FrameReader {
  struct Header: Equatable {
    let isFinal: Bool
    let reserved: UInt8
    let opcode: UInt8
    let isMasked: Bool
    let length: UInt64

    var isControl: Bool { opcode & 0x8 != 0 }

    /// Bytes of header and payload; wslay refuses lengths that are not in the shortest encoding.
    var wireLength: Int {
      let extended = length < 126 ? 0 : length < 65_536 ? 2 : 8
      return Int(clamping: length) + 2 + extended + (isMasked ? 4 : 0)
    }
  }

  enum Chunk {
    /// A frame's payload or the next part of it; valid during the call.
    case data(Header, UnsafeBufferPointer<UInt8>)
    case malformed
  }

  private var context: wslay_frame_context_ptr?
  // Lives longer than the wslay context, which holds its address.
  private let input: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>

  init() {
    input = .allocate(capacity: 1)
    input.initialize(to: UnsafeBufferPointer(start: nil, count: 0))
    var callbacks = wslay_frame_callbacks(
      send_callback: nil, recv_callback: frameReaderTakes, genmask_callback: nil)
    if wslay_frame_context_init(&context, &callbacks, input) != 0 { context = nil }
  }

  deinit {
    if let context { wslay_frame_context_free(context) }
    input.deallocate()
  }

  /// Passes every complete chunk of the bytes to `body`, until that returns false.
  func feed(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Chunk) -> Bool) {
    guard let context else {
      _ = body(.malformed)
      return
    }
    input.pointee = bytes
    defer { input.pointee = UnsafeBufferPointer(start: nil, count: 0) }
    var frame = wslay_frame_iocb()
    while true {
      let result = wslay_frame_recv(context, &frame)
      if result == Int(WSLAY_ERR_WANT_READ.rawValue) { return }
      guard result >= 0 else {
        _ = body(.malformed)
        return
      }
      let header = Header(
        isFinal: frame.fin != 0, reserved: frame.rsv, opcode: frame.opcode, isMasked: frame.mask != 0,
        length: frame.payload_length)
      let data = UnsafeBufferPointer(start: frame.data, count: frame.data_length)
      guard body(.data(header, data)) else { return }
    }
  }
}

private func frameReaderTakes(
  _ buffer: UnsafeMutablePointer<UInt8>?, _ length: Int, _ flags: Int32, _ argument: UnsafeMutableRawPointer?
) -> Int {
  guard let buffer, let input = argument?.assumingMemoryBound(to: UnsafeBufferPointer<UInt8>.self) else {
    return -1
  }
  let taken = min(length, input.pointee.count)
  guard taken > 0, let start = input.pointee.baseAddress else { return -1 }
  buffer.update(from: start, count: taken)
  input.pointee = UnsafeBufferPointer(rebasing: input.pointee[taken...])
  return taken
}
