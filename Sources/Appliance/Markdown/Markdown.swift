import CCmark
import Glibc

/// Markdown of GitHub's flavour (tables, strikethrough, web addresses) as HTML, by libcmark-gfm in its safe mode:
/// HTML in the text is left out, and so are addresses such as `javascript:`.
enum Markdown {
  /// The most bytes that are rendered; longer texts are shown as they are.
  static let mostBytes = 64 << 10
  /// The most cells of all tables. A short text can have a table of millions: each row is filled up.
  private static let mostCells = 5_000
  private static let mostHTML = 512 << 10

  /// Never empty markup for a text, and never more than 512 KiB of it.
  static func html(_ text: String) -> String {
    guard text.utf8.count <= mostBytes, let html = rendered(text), html.utf8.count <= mostHTML else {
      return plain(text)
    }
    return html
  }

  /// The same on a thread of its own, since a long text takes some milliseconds.
  static func rendering(_ text: String) async -> String {
    await Task.detached { html(text) }.value
  }

  /// A text as it is, in one paragraph.
  static func plain(_ text: String) -> String {
    var html = "<pre>"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      default: html.unicodeScalars.append(scalar)
      }
    }
    return html + "</pre>\n"
  }

  /// Registers the library's extensions, once.
  private static let isReady: Bool = {
    cmark_gfm_core_extensions_ensure_registered()
    return true
  }()

  private static let options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS

  /// Nil when there is no memory for it.
  private static func rendered(_ text: String) -> String? {
    guard isReady, let parser = cmark_parser_new(options) else { return nil }
    defer { cmark_parser_free(parser) }
    for name in extensions(for: text) {
      guard let syntax = cmark_find_syntax_extension(name) else { return nil }
      cmark_parser_attach_syntax_extension(parser, syntax)
    }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let document = cmark_parser_finish(parser) else { return nil }
    defer { cmark_node_free(document) }
    guard let html = cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser)) else {
      return nil
    }
    defer { free(html) }
    return String(cString: html)
  }

  private static func extensions(for text: String) -> [String] {
    let bars = text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      line.reduce(0) { $0 + ($1 == UInt8(ascii: "|") ? 1 : 0) }
    }
    let isSmall = ((bars.max() ?? 0) + 1) * bars.count <= mostCells
    return (isSmall ? ["table"] : []) + ["strikethrough", "autolink"]
  }
}
