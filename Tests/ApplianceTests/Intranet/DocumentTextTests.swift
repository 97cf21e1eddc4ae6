import HTTP
import Testing

@testable import Appliance

/// The text inside files.
@Suite(.timeLimit(.minutes(30))) struct DocumentTextTests {
  /// A PDF of one line, without a table of references: readers repair that.
  static func pdf(_ line: String) -> [UInt8] {
    let content = "BT /F1 24 Tf 72 720 Td (\(line)) Tj ET"
    return Array(
      """
      %PDF-1.4
      1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
      2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
      3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R
        /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
      4 0 obj << /Length \(content.utf8.count) >> stream
      \(content)
      endstream endobj
      trailer << /Root 1 0 R >>
      %%EOF

      """.utf8)
  }

  @Test func `letters of a word stay together, and lines and cells are separated`() {
    let xml = """
      <?xml version="1.0"?><w:document><w:body><w:p><w:r><w:t>Rè</w:t></w:r><w:r><w:t>gles &amp; usages</w:t></w:r></w:p>\
      <w:p><w:r><w:t>A</w:t><w:tab/><w:t>B &#233;&#xe9; &unknown; &</w:t></w:r></w:p></w:body></w:document><unclosed
      """
    #expect(
      OfficeText.plain(Array(xml.utf8), most: 1000) == "Règles & usages\nA B éé unknown; \n")
    #expect(OfficeText.plain(Array("<a>12345".utf8), most: 3) == "123")
    #expect(OfficeText.plain(Array("<".utf8), most: 3) == "")
  }

  @Test func `a file of another type has no text, and a broken document is handled`() async throws {
    #expect(!FileText.isReadable("image/png"))
    #expect(try await FileText.read([1, 2, 3], "image/png") == .unreadable)
    let pdf = try await FileText.read(Array("%PDF-1.7 broken".utf8), "application/pdf")
    #expect(pdf == .unreadable || pdf == .unavailable("/usr/bin/pdftotext"))
    #expect(try await FileText.read(Array("Plain é".utf8), "text/plain") == .text("Plain é"))
  }

  @Test func `readers of a version can see the pages of its PDF as pictures`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let url = try await test.upload(Self.pdf("Page one"), as: boss)
      let (one, _) = try await DocumentsTests.document(boss, ["fileUrl": .string(url)])
      let pages = one + "/versions/1/pages"
      #expect(try await test.client.get(pages + "/1").status == 401)
      #expect(try await lea.get(pages + "/0").status == 404)
      #expect(try await lea.get(pages + "/2").status == 404)
      #expect(try await lea.get(one + "/versions/2/pages/1").status == 404)
      let page = try await lea.get(pages + "/1")
      // pdftoppm comes with the packages of the tests.
      guard page.status == 200 else { return }
      #expect(page.headers["content-type"] == "image/png")
      #expect(FileKind.of(page.body[...])?.width == 765)
      var again = lea
      again.headers["If-None-Match"] = page.headers["etag"] ?? ""
      #expect(try await again.get(pages + "/1").status == 304)
      _ = try await boss.send("PATCH", one, ["isPublic": false])
      #expect(try await lea.get(pages + "/1").status == 404)
    }
  }

  @Test func `readers find a document by the text of its file`() async throws {
    guard case .text = try await FileText.read(Self.pdf("probe"), "application/pdf") else {
      // Installed with the packages of the tests.
      return
    }
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let url = try await test.upload(Self.pdf("The hydrangea protocol"), as: boss)
      let (one, _) = try await DocumentsTests.document(boss, ["fileUrl": .string(url)])
      let found = try await test.until(lea, "/api/search?q=hydrangea") { $0.json.array?.isEmpty == false }
      #expect(found.json.array?.first?["link"]?.string == String(one.dropFirst(4)))
      #expect(found.json.array?.first?["snippet"]?.string?.contains("\u{2}hydrangea\u{3}") == true)
      _ = try await boss.send("PATCH", one, ["isPublic": false])
      #expect(try await lea.get("/api/search?q=hydrangea").json.array?.isEmpty == true)
      _ = try await boss.send("PATCH", one, ["isPublic": true, "fileUrl": ""])
      #expect(try await lea.get("/api/search?q=hydrangea").json.array?.isEmpty == true)
    }
  }
}
