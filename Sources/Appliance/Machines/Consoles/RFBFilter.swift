/// Reads what a VNC client sends (RFC 6143): the handshake, which must ask for no password and share the screen with
/// others, and, for somebody who only watches, every message, of which those that act on the machine are left out.
///
/// Without I/O: bytes in, in pieces of any size, and those that may pass out.
struct RFBFilter {
  /// The client sent something that is not expected here.
  struct Violation: Error, Equatable {}

  private enum Stage { case version, security, initialization, messages }

  private let isViewOnly: Bool
  private var stage = Stage.version
  /// The beginning of what is not complete.
  private var head: [UInt8] = []
  /// Bytes of the present message that are still to come.
  private var left = 0
  private var isPassing = false

  init(isViewOnly: Bool) { self.isViewOnly = isViewOnly }

  /// The bytes for the machine. After a violation, the connection must be closed.
  mutating func pass(_ bytes: [UInt8]) throws(Violation) -> [UInt8] {
    var passed: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      if stage == .messages, !isViewOnly { return passed + rest }
      if left > 0 {
        let part = rest.prefix(left)
        if isPassing { passed += part }
        left -= part.count
        rest = rest.dropFirst(part.count)
        continue
      }
      rest = rest.dropFirst()
      head.append(byte)
      if stage == .messages {
        try takeMessage(&passed)
      } else {
        try takeHandshake(&passed)
      }
    }
    return passed
  }

  private mutating func takeHandshake(_ passed: inout [UInt8]) throws(Violation) {
    switch stage {
    case .version:
      guard head.count == Self.versionLength else { return }
      guard let minor = Self.minor(of: head) else { throw Violation() }
      // Before 3.7, the server chooses the security.
      stage = minor == 3 ? .initialization : .security
    case .security:
      // None: libvirt has let us in already.
      guard head == [1] else { throw Violation() }
      stage = .initialization
    case .initialization:
      // Shared: a client that asks for the screen alone would end all others.
      head = [1]
      stage = .messages
    case .messages: return
    }
    passed += head
    head = []
  }

  private mutating func takeMessage(_ passed: inout [UInt8]) throws(Violation) {
    guard let length = try Self.length(of: head) else { return }
    isPassing = Self.isHarmless(head)
    if isPassing { passed += head }
    left = length - head.count
    head = []
  }
}

extension RFBFilter {
  private static let versionLength = 12

  private static func minor(of version: [UInt8]) -> Int? {
    [3, 7, 8].first { version == Array("RFB 003.00\($0)\n".utf8) }
  }

  /// The whole length of the message that starts with `head`; nil when more of it is needed to know.
  static func length(of head: [UInt8]) throws(Violation) -> Int? {
    func number(_ range: Range<Int>) -> Int? {
      head.count < range.upperBound ? nil : head[range].reduce(0) { $0 << 8 | Int($1) }
    }
    guard let kind = head.first else { return nil }
    switch kind {
    case 0: return 20  // SetPixelFormat
    case 2: return number(2..<4).map { 4 + 4 * $0 }  // SetEncodings
    case 3: return 10  // FramebufferUpdateRequest
    case 4: return 8  // KeyEvent
    case 5: return 6  // PointerEvent
    // ClientCutText; the extended form has a negative length.
    case 6: return number(4..<8).map { 8 + ($0 < 1 << 31 ? $0 : 1 << 32 - $0) }
    case 150: return 10  // EnableContinuousUpdates
    case 248: return number(8..<9).map { 9 + $0 }  // ClientFence
    case 250: return 4  // xvp: turn off, reset
    case 251: return number(6..<7).map { 8 + 16 * $0 }  // SetDesktopSize
    case 255: return try lengthOfQEMU(number(1..<2), number(2..<4))
    default: throw Violation()
    }
  }

  /// A message of QEMU's own: an extended key event, or audio.
  private static func lengthOfQEMU(_ kind: Int?, _ operation: Int?) throws(Violation) -> Int? {
    switch (kind, operation) {
    case (nil, _), (1, nil): return nil
    case (0, _): return 12
    case (1, 0), (1, 1): return 4
    case (1, 2): return 10
    default: throw Violation()
    }
  }

  /// Whether a message only says what the client wants to see.
  private static func isHarmless(_ head: [UInt8]) -> Bool {
    head.first.map { [0, 2, 3, 150, 248].contains($0) } ?? false
  }
}
