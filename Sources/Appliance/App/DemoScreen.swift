/// The server's side of the VNC protocol (RFC 6143) with a picture that never changes.
struct DemoScreen {
  static let version = "RFB 003.008\n"
  private static let (width, height) = (640, 400)
  /// A dark ground, and the frame on it.
  private static let (ground, frame): ([UInt8], [UInt8]) = ([0x24, 0x2A, 0x28, 0], [0x5A, 0xA0, 0x96, 0])

  private var steps = Step.allCases[...]
  private var head: [UInt8] = []
  private var skipped = 0
  private var isShown = false

  private enum Step: CaseIterable {
    case version, security, initialization

    var length: Int { self == .version ? 12 : 1 }
  }

  mutating func answer(to bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { take($0) }
  }

  private mutating func take(_ byte: UInt8) -> [UInt8] {
    if skipped > 0 {
      skipped -= 1
      return []
    }
    head.append(byte)
    if let step = steps.first {
      guard head.count == step.length else { return [] }
      steps = steps.dropFirst()
      head = []
      return Self.answer(to: step)
    }
    guard let length = try? RFBFilter.length(of: head) else { return [] }
    let isRequest = head.first == 3
    skipped = length - head.count
    head = []
    // An incremental request is answered when something changes.
    guard isRequest, !isShown else { return [] }
    isShown = true
    return Self.picture()
  }

  private static func answer(to step: Step) -> [UInt8] {
    switch step {
    case .version: return [1, 1]
    case .security: return [0, 0, 0, 0]
    case .initialization:
      let name = Array("demo".utf8)
      // 32 bits for each point, 24 used, little endian, true colour.
      let format: [UInt8] = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0]
      return number(width) + number(height) + format + [0, 0] + number(name.count) + name
    }
  }

  /// One rectangle of raw points: a framed ground.
  private static func picture() -> [UInt8] {
    var bytes: [UInt8] = [0, 0] + number(1)
    bytes += [0, 0, 0, 0] + number(width) + number(height) + [0, 0, 0, 0]
    bytes.reserveCapacity(bytes.count + width * height * 4)
    for y in 0..<height {
      for x in 0..<width {
        let isFrame = min(x, width - 1 - x) / 4 == 6 || min(y, height - 1 - y) / 4 == 6
        bytes += isFrame ? frame : ground
      }
    }
    return bytes
  }

  /// In two bytes, the high one first.
  private static func number(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }
}
