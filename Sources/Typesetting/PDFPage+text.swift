import CPango

/// How a text looks.
public struct TextStyle: Sendable {
  public enum Alignment: UInt32, Sendable { case left, center, right }

  /// Family and weight: `Lato Light`. Characters that it lacks come from other fonts of the host.
  public var font: String
  public var size: Double
  public var color: Color
  public var alignment = Alignment.left

  public init(_ font: String, _ size: Double, _ color: Color, _ alignment: Alignment = .left) {
    self.font = font
    self.size = size
    self.color = color
    self.alignment = alignment
  }
}

/// A text that was made to fit into a box.
public struct TextBlock: Sendable {
  let text: String
  let style: TextStyle
  public let width: Double
  let lines: Int
  public let height: Double
}

extension PDFPage {
  // PANGO_SCALE, PANGO_WRAP_WORD, PANGO_WRAP_WORD_CHAR, PANGO_ELLIPSIZE_END
  private static let unit = 1024.0
  private static let words: UInt32 = 0
  private static let anywhere: UInt32 = 2
  private static let atEnd: UInt32 = 3
  private static let step = 0.94

  /// Fits a text into a box that is `width` wide. One that needs more than `lines` is made smaller, down to `least`, and
  /// ends there with an ellipsis if need be.
  public func block(
    _ text: String, _ style: TextStyle, width: Double, lines: Int = 1, least: Double? = nil
  ) -> TextBlock {
    var style = style
    let least = min(least ?? style.size, style.size)
    while style.size > least, !fits(text, style, width: width, lines: lines) {
      style.size = max(least, style.size * Self.step)
    }
    let height = withLayout(text, style, width: width, lines: lines) { Self.size($0).height }
    return TextBlock(text: text, style: style, width: width, lines: lines, height: height)
  }

  /// Draws a text from the upper left corner of its box.
  public func draw(_ block: TextBlock, x: Double, y: Double) {
    withLayout(block.text, block.style, width: block.width, lines: block.lines) { layout in
      use(block.style.color)
      cairo_move_to(cairo, x, y)
      pango_cairo_show_layout(cairo, layout)
    }
  }

  private func fits(_ text: String, _ style: TextStyle, width: Double, lines: Int) -> Bool {
    withLayout(text, style, width: width, lines: nil) { layout in
      Int(pango_layout_get_line_count(layout)) <= lines && Self.size(layout).width <= width
    }
  }

  private static func size(_ layout: OpaquePointer) -> (width: Double, height: Double) {
    var width: Int32 = 0
    var height: Int32 = 0
    pango_layout_get_size(layout, &width, &height)
    return (Double(width) / unit, Double(height) / unit)
  }

  /// `lines` is nil for as many as there are, without breaking words.
  private func withLayout<T>(
    _ text: String, _ style: TextStyle, width: Double, lines: Int?, _ body: (OpaquePointer) -> T
  ) -> T {
    let layout: OpaquePointer = pango_cairo_create_layout(cairo)
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    pango_context_set_language(pango_layout_get_context(layout), pango_language_from_string(language))
    let font = pango_font_description_from_string(style.font)
    defer { pango_font_description_free(font) }
    pango_font_description_set_absolute_size(font, style.size * Self.unit)
    pango_layout_set_font_description(layout, font)
    pango_layout_set_text(layout, text, -1)
    pango_layout_set_alignment(layout, style.alignment.rawValue)
    pango_layout_set_width(layout, Int32(width * Self.unit))
    pango_layout_set_wrap(layout, lines == nil ? Self.words : Self.anywhere)
    if let lines {
      pango_layout_set_ellipsize(layout, Self.atEnd)
      pango_layout_set_height(layout, Int32(-lines))
    }
    return body(layout)
  }
}
