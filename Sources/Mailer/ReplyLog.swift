/// The server's last reply, cut to a length that fits a log.
final class ReplyLog {
  private(set) var last = ""
  private(set) var lastRefusal = ""

  /// Appends one line of a reply, except the reply to QUIT, which has no information.
  func append(_ line: UnsafeRawBufferPointer) {
    let text = Self.printable(line.prefix(300))
    guard !text.hasPrefix("221") else { return }
    last = text
    if text.hasPrefix("4") || text.hasPrefix("5") { lastRefusal = text }
  }

  private static func printable(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? bytes.startIndex
    let decoded = String(decoding: bytes[bytes.startIndex..<end], as: UTF8.self)
    return String(String.UnicodeScalarView(decoded.unicodeScalars.map { $0.isControl ? " " : $0 }))
  }
}
