import CPango

public struct Rectangle: Sendable, Equatable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The rectangle without a margin on all sides.
  public func inset(by margin: Double) -> Rectangle {
    Rectangle(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }
}

public struct Color: Sendable, Equatable {
  let red: Double
  let green: Double
  let blue: Double

  /// For example `0x0B5258`.
  public init(_ hexadecimal: UInt32) {
    red = Double(hexadecimal >> 16 & 0xFF) / 255
    green = Double(hexadecimal >> 8 & 0xFF) / 255
    blue = Double(hexadecimal & 0xFF) / 255
  }
}

extension PDFPage {
  func use(_ color: Color) { cairo_set_source_rgb(cairo, color.red, color.green, color.blue) }

  /// Fills rectangles as one shape.
  public func fill(_ rectangles: [Rectangle], _ color: Color) {
    use(color)
    for one in rectangles { cairo_rectangle(cairo, one.x, one.y, one.width, one.height) }
    cairo_fill(cairo)
  }

  /// Draws the outline of a rectangle.
  public func frame(_ rectangle: Rectangle, _ color: Color, line: Double) {
    use(color)
    cairo_set_line_width(cairo, line)
    cairo_rectangle(cairo, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_stroke(cairo)
  }

  /// Makes a rectangle a link to an address.
  public func link(_ rectangle: Rectangle, to address: String) {
    let target = String(address.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] })
    let place = "rect=[\(rectangle.x) \(rectangle.y) \(rectangle.width) \(rectangle.height)]"
    cairo_tag_begin(cairo, "Link", "uri='\(target)' \(place)")
    cairo_tag_end(cairo, "Link")
  }
}
