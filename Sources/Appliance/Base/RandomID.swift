/// Random identifiers for virtual hardware.
enum RandomID {
  /// A random UUID (version 4) as text.
  static func uuid() -> String {
    var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = bytes.map(hexByte)
    return [hex[0..<4], hex[4..<6], hex[6..<8], hex[8..<10], hex[10..<16]].map { $0.joined() }
      .joined(separator: "-")
  }

  /// A random MAC address with QEMU's prefix `52:54:00`.
  static func mac() -> String {
    (["52", "54", "00"] + (0..<3).map { _ in hexByte(UInt8.random(in: 0...255)) }).joined(separator: ":")
  }

  private static func hexByte(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0" + text : text
  }
}
