import CQRencode
import Encoding

/// A QR code.
struct QRCode {
  /// Modules per side, without the margin.
  let width: Int
  /// Row by row; true is dark.
  let isDark: [Bool]

  /// Width in modules of the light margin that scanners need.
  static let margin = 4

  /// Nil when the text is too long.
  init?(_ text: String) {
    guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    guard let data = code.pointee.data else { return nil }
    self.width = width
    // The lowest bit of each byte is the module's color.
    isDark = UnsafeBufferPointer(start: data, count: width * width).map { $0 & 1 == 1 }
  }

  /// An SVG image: dark modules on white, with the margin.
  func svg() -> String {
    let side = width + 2 * Self.margin
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        let run = (column..<width).prefix { isDark[row * width + $0] }.count
        if run > 0 { path += "M\(column + Self.margin) \(row + Self.margin)h\(run)v1h-\(run)z" }
        column += max(run, 1)
      }
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(side) \(side)\" "
      + "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h\(side)v\(side)H0z\"/><path d=\"\(path)\"/></svg>"
  }

  /// The image as a data URI.
  func dataURI() -> String { "data:image/svg+xml;base64," + Base64.encode(Array(svg().utf8)) }
}
