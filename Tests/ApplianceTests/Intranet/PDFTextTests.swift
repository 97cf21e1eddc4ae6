import Testing

@testable import Appliance

/// PDF files that the program writes itself.
@Suite(.timeLimit(.minutes(30))) struct PDFTextTests {
  @Test func `written text can be read again, on as many pages as it takes`() async throws {
    var pdf = PDFText()
    pdf.title("Règlement (intérieur) \\ €")
    for number in 1...120 { pdf.paragraph("Ligne \(number) : l’élève signe – œuvre 漢") }
    pdf.row([(at: 0, text: "Léa"), (at: 0.5, text: "2026")])
    guard case .text(let text) = try await FileText.read(pdf.bytes, "application/pdf") else {
      // pdftotext comes with the packages of the tests.
      return
    }
    #expect(text.contains("Règlement (intérieur) \\ €"))
    #expect(text.contains("Ligne 120 : l’élève signe – œuvre ?"))
    #expect(text.contains("Léa"))
    #expect(String(decoding: pdf.bytes, as: UTF8.self).contains("/Count 5"))
  }

  @Test func `a long paragraph is broken into lines, and a long cell is cut`() {
    var pdf = PDFText()
    pdf.paragraph(String(repeating: "mot ", count: 200))
    let lines = String(decoding: pdf.bytes, as: UTF8.self).split(separator: ") Tj ET").count - 1
    #expect(lines > 8)
    var row = PDFText()
    row.row([(at: 0, text: String(repeating: "w", count: 500)), (at: 0.1, text: "x")])
    #expect(row.bytes.count < 1500)
  }
}
