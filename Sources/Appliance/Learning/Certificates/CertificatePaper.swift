import HTTP
import Typesetting

/// A certificate on paper: A4 on its side, which shows nothing that its verification does not tell.
struct CertificatePaper: Sendable {
  /// What is printed, with days in words.
  struct Content: Sendable {
    let language: Language
    let kind: Certificate.Kind
    let organisation: String
    let logo: Picture?
    let name: String
    let title: String
    let number: String
    let completedOn: String
    let issuedOn: String
    /// RFC 3339.
    let issuedAt: String
    let validUntil: String?
    let score: Int?
    /// Of the page that verifies it.
    let address: String
  }

  let content: Content

  static let ink = Color(0x17211E)
  static let pale = Color(0x626B67)
  static let accent = Color(0x0B5258)
  private static let line = Color(0xCFCBBE)
  static let (width, height) = PDFPage.a4
  /// The width of what stands in the middle, and its left edge.
  private static let measure = 620.0
  private static let left = (width - measure) / 2
  static let margin = 60.0

  func say(_ fr: String, _ en: String) -> String { Sentence(fr: fr, en: en)(content.language) }

  var heading: String {
    switch content.kind {
    case .course: say("Certificat de réussite", "Certificate of completion")
    case .training: say("Certificat de formation", "Certificate of training")
    }
  }

  private var deed: String {
    switch content.kind {
    case .course: say("a terminé le cours", "has completed the course")
    case .training: say("a suivi la formation", "has completed the training")
    }
  }

  /// The file. The same content is the same bytes.
  func pdf() throws(PDFPage.Failure) -> [UInt8] {
    var about = PDFPage.Description()
    about.title = "\(heading) · \(content.title) · \(content.name)"
    about.author = content.organisation
    about.subject = content.title
    about.creator = "OBox"
    about.date = content.issuedAt
    about.language = content.language.rawValue
    return try PDFPage.file(width: Self.width, height: Self.height, about) { page in
      drawFrame(on: page)
      drawBody(on: page, below: drawHead(on: page))
      drawFoot(on: page)
    }
  }

  private func drawFrame(on page: PDFPage) {
    let sheet = Rectangle(x: 0, y: 0, width: Self.width, height: Self.height)
    page.frame(sheet.inset(by: 22), Self.line, line: 0.6)
    page.frame(sheet.inset(by: 27), Self.accent, line: 1.1)
  }

  /// The logo, or else the name of the organisation. Returns where it ends.
  private func drawHead(on page: PDFPage) -> Double {
    let box = Rectangle(x: Self.left + 160, y: 54, width: Self.measure - 320, height: 58)
    let hasLogo = content.logo.map { page.picture($0, in: box, .center) } ?? false
    let style = TextStyle(
      hasLogo ? "Lato" : "Lato Bold", hasLogo ? 10.5 : 16, hasLogo ? Self.pale : Self.accent, .center)
    let name = page.block(content.organisation, style, width: Self.measure, least: 9)
    let y = hasLogo ? box.y + box.height + 8 : 74
    page.draw(name, x: Self.left, y: y)
    return y + name.height
  }

  /// What it certifies, in the middle of the space between head and foot.
  private func drawBody(on page: PDFPage, below head: Double) {
    let small = TextStyle("Lato", 13, Self.pale, .center)
    let parts: [(block: TextBlock, space: Double)] = [
      (page.block(heading, TextStyle("Lato", 27, Self.accent, .center), width: Self.measure), 30),
      (
        page.block(say("Ce certificat atteste que", "This is to certify that"), small, width: Self.measure), 8
      ),
      (
        page.block(
          content.name, TextStyle("Lato Light", 46, Self.ink, .center), width: Self.measure, lines: 2,
          least: 20), 12
      ),
      (page.block(deed, small, width: Self.measure), 10),
      (
        page.block(
          content.title, TextStyle("Lato Bold", 23, Self.ink, .center), width: Self.measure, lines: 3,
          least: 13), 32
      ),
    ]
    let facts = 36.0
    let total = parts.reduce(facts) { $0 + $1.block.height + $1.space }
    var y = head + max(10, (Self.height - 138 - head - total) / 2)
    for (block, space) in parts {
      page.draw(block, x: Self.left, y: y)
      y += block.height + space
    }
    drawFacts(on: page, y: y)
  }

  private func drawFacts(on page: PDFPage, y: Double) {
    let score = content.score.map { (say("Score", "Score"), say("\($0)\u{a0}%", "\($0)%")) }
    let end = content.validUntil.map { (say("Valable jusqu’au", "Valid until"), $0) }
    let facts = [(say("Terminé le", "Completed on"), content.completedOn), score, end].compactMap(\.self)
    let column = 168.0
    var x = (Self.width - column * Double(facts.count)) / 2
    for (index, (label, value)) in facts.enumerated() {
      if index > 0 { page.fill([Rectangle(x: x, y: y + 2, width: 0.6, height: 30)], Self.line) }
      let head = page.block(label, TextStyle("Lato", 9, Self.pale, .center), width: column)
      page.draw(head, x: x, y: y)
      page.draw(
        page.block(value, TextStyle("Lato Semibold", 13, Self.ink, .center), width: column - 12, least: 9),
        x: x + 6, y: y + head.height + 3)
      x += column
    }
  }
}
