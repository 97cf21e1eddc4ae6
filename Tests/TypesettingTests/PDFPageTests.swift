import Testing
import Typesetting

@Suite struct PDFPageTests {
  private static let ink = Color(0x17211E)

  @Test func `a text that is too long becomes smaller, and never wider or longer than its box`() throws {
    var heights: [Double] = []
    _ = try PDFPage.file(width: 400, height: 300, PDFPage.Description()) { page in
      let style = TextStyle("Lato", 40, Self.ink)
      for text in ["A", String(repeating: "word ", count: 30), String(repeating: "W", count: 500)] {
        let block = page.block(text, style, width: 200, lines: 2, least: 10)
        page.draw(block, x: 0, y: 0)
        heights.append(block.height)
      }
    }
    // Two lines of the least size at most.
    #expect(heights.count == 3 && heights[0] >= 40 && heights[1] < 30 && heights[2] < 30, "\(heights)")
  }

  @Test func `a picture that cannot be read is left out, and one that is too large is none`() throws {
    #expect(Picture(.png, [1], width: 3_000, height: 3_000) == nil)
    #expect(Picture(.jpeg, [1], width: 0, height: 5) == nil)
    let broken = try #require(Picture(.png, [0x89, 0x50, 0x4E, 0x47, 1, 2], width: 5, height: 5))
    var isDrawn = true
    let file = try PDFPage.file(width: 100, height: 100, PDFPage.Description()) { page in
      let box = Rectangle(x: 0, y: 0, width: 10, height: 10)
      isDrawn = page.picture(broken, in: box, .center)
    }
    #expect(!isDrawn && file.starts(with: Array("%PDF".utf8)))
  }

  @Test func `an address with quotes is a link`() throws {
    let file = try PDFPage.file(width: 100, height: 100, PDFPage.Description()) { page in
      page.link(Rectangle(x: 0, y: 0, width: 10, height: 10), to: "https://x.example/a'b\\c")
    }
    #expect(file.count > 500)
  }
}
