import HTTP

/// What a file is by its content; its name and what its sender says of it count for nothing.
struct FileKind: Sendable, Equatable {
  /// The media type that it is served as.
  let type: String
  /// Whether a browser may show it; others are only saved.
  var isInline = false
  /// In pixels, as it is seen; 0 for what is no picture.
  var width = 0
  var height = 0

  /// The kinds that are taken, most of them told by their first bytes; nil for all others.
  static func of(_ content: ArraySlice<UInt8>) -> FileKind? {
    let bytes = FileBytes(content)
    return picture(bytes) ?? sound(bytes) ?? document(bytes) ?? archive(bytes) ?? text(content)
  }

  private static func document(_ bytes: FileBytes) -> FileKind? {
    bytes.has("%PDF-") ? FileKind(type: "application/pdf", isInline: true) : nil
  }

  /// UTF-8 without control characters. What reads like a page is shown by no browser.
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
