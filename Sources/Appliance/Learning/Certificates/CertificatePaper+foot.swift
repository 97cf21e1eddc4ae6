import Typesetting

/// The foot of the page: the number, and the way to verify it.
extension CertificatePaper {
  func drawFoot(on page: PDFPage) {
    let side = 76.0
    let square = Rectangle(
      x: Self.width - Self.margin - side, y: Self.height - 54 - side, width: side, height: side)
    let bottom = square.y + side
    draw(QRCode(content.address), in: square, on: page)
    page.link(square, to: content.address)
    let small = TextStyle("Lato", 8.5, Self.pale)
    let issued = page.block(say("Délivré le", "Issued on") + " " + content.issuedOn, small, width: 330)
    let number = page.block(say("N°", "No.") + "\u{a0}" + content.number, small, width: 330)
    page.draw(number, x: Self.margin, y: bottom - number.height)
    page.draw(issued, x: Self.margin, y: bottom - number.height - issued.height - 3)
    drawCaption(beside: square, on: page)
  }

  private func drawCaption(beside square: Rectangle, on page: PDFPage) {
    let width = 300.0
    let x = square.x - width - 14
    let bottom = square.y + square.height
    let place = content.address.split(separator: "/certificates/").first.map(String.init) ?? ""
    let shown = place.split(separator: "://").last.map { "\($0)/certificates" } ?? ""
    let address = page.block(shown, TextStyle("Lato", 8.5, Self.pale, .right), width: width, least: 6)
    let caption = page.block(
      say("Vérifier ce certificat", "Verify this certificate"),
      TextStyle("Lato Semibold", 9.5, Self.ink, .right), width: width)
    page.draw(address, x: x, y: bottom - address.height)
    page.draw(caption, x: x, y: bottom - address.height - caption.height - 2)
  }

  /// Rows overlap a little, so that no reader shows seams between them.
  private func draw(_ code: QRCode?, in square: Rectangle, on page: PDFPage) {
    guard let code else { return }
    let side = square.width / Double(code.width)
    var dark: [Rectangle] = []
    for row in 0..<code.width {
      for column in 0..<code.width where code.isDark[row * code.width + column] {
        dark.append(
          Rectangle(
            x: square.x + Double(column) * side, y: square.y + Double(row) * side, width: side * 1.01,
            height: side * 1.01))
      }
    }
    page.fill(dark, Self.ink)
  }
}
