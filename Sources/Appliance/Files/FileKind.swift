import HTTP

/// A file's type, detected from its content only; the name and the declared type are ignored.
struct FileKind: Sendable, Equatable {
  /// The media type it is served with.
  let type: String
  /// Whether browsers may display it; other files are only downloaded.
  var isInline = false
  /// Displayed width in pixels; 0 when it is not an image.
  var width = 0
  var height = 0

  /// Detects the accepted types, mostly by their first bytes; nil for all others.
  static func of(_ content: ArraySlice<UInt8>) -> FileKind? {
    let bytes = FileBytes(content)
    return picture(bytes) ?? sound(bytes) ?? document(bytes) ?? archive(bytes) ?? text(content)
  }

  private static func document(_ bytes: FileBytes) -> FileKind? {
    bytes.has("%PDF-") ? FileKind(type: "application/pdf", isInline: true) : nil
  }

  /// UTF-8 without control characters. Text that looks like HTML is not displayed.
  private static func text(_ content: ArraySlice<UInt8>) -> FileKind? {
    guard !content.isEmpty, content.allSatisfy(isTextual), String(validating: content, as: UTF8.self) != nil
    else { return nil }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = content.starts(with: mark) ? content.dropFirst(mark.count) : content
    return FileKind(type: "text/plain", isInline: !isMarkup(body))
  }

  private static func isTextual(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  private static func isMarkup(_ content: ArraySlice<UInt8>) -> Bool {
    let start = content.drop { $0 <= 0x20 }
    guard start.first == UInt8(ascii: "<"), let next = start.dropFirst().first else { return false }
    return next == UInt8(ascii: "!") || next == UInt8(ascii: "?") || next == UInt8(ascii: "/")
      || (next | 0x20 >= UInt8(ascii: "a") && next | 0x20 <= UInt8(ascii: "z"))
  }
}
