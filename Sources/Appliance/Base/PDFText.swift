/// Writes a PDF of plain A4 pages: titles, headings, paragraphs and rows, in Helvetica, which every reader
/// has. Characters that its encoding lacks become "?".
struct PDFText: Sendable {
  private static let width = 595.0
  private static let height = 842.0
  private static let margin = 64.0

  private var pages: [[UInt8]] = []
  private var page: [UInt8] = []
  private var y = height - margin

  mutating func title(_ text: String) { paragraph(text, size: 20, isBold: true, after: 14) }
  mutating func heading(_ text: String) { paragraph(text, size: 13, isBold: true, before: 10, after: 4) }
  mutating func paragraph(_ text: String) { paragraph(text, size: 11, after: 8) }

  /// One line of cells. `at` is the left edge of a cell, from 0 to 1 across the line; text is cut where the
  /// next cell begins.
  mutating func row(_ cells: [(at: Double, text: String)], isBold: Bool = false) {
    let (size, room) = (9.0, Self.width - 2 * Self.margin)
    needs(size * 1.5)
    for (index, cell) in cells.enumerated() {
      let end = index + 1 < cells.count ? cells[index + 1].at : 1
      let most = (end - cell.at) * room - 4
      var bytes = Self.encoded(cell.text)
      while !bytes.isEmpty, Self.width(of: bytes, size) > most { bytes.removeLast() }
      show(bytes, x: Self.margin + cell.at * room, size, isBold)
    }
  }

  private mutating func paragraph(
    _ text: String, size: Double, isBold: Bool = false, before: Double = 0, after: Double
  ) {
    y -= before
    for line in text.split(byte: "\n", omittingEmptySubsequences: false) {
      for bytes in Self.wrapped(String(line), size, within: Self.width - 2 * Self.margin) {
        needs(size * 1.4)
        show(bytes, x: Self.margin, size, isBold)
      }
    }
    y -= after
  }

  /// Moves down by a line, to a new page if this one is full.
  private mutating func needs(_ leading: Double) {
    if y - leading < Self.margin {
      pages.append(page)
      (page, y) = ([], Self.height - Self.margin)
    }
    y -= leading
  }

  private mutating func show(_ text: [UInt8], x: Double, _ size: Double, _ isBold: Bool) {
    page += Array("BT /F\(isBold ? 2 : 1) \(Int(size)) Tf \(Int(x)) \(Int(y)) Td (".utf8)
    for byte in text {
      if [UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\")].contains(byte) {
        page.append(UInt8(ascii: "\\"))
      }
      page.append(byte)
    }
    page += Array(") Tj ET\n".utf8)
  }

  private static func wrapped(_ text: String, _ size: Double, within room: Double) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    for word in text.split(byte: " ") {
      let word = encoded(String(word))
      let longer = line.isEmpty ? word : line + [0x20] + word
      if width(of: longer, size) > room, !line.isEmpty {
        lines.append(line)
        line = word
      } else {
        line = longer
      }
    }
    return lines + [line]
  }
}

/// The file format (ISO 32000-1, 7.5).
extension PDFText {
  /// The whole file.
  var bytes: [UInt8] {
    let all = pages + [page]
    var file = Array("%PDF-1.4\n%\u{e9}\u{e8}\n".utf8)
    var places: [Int] = []
    func add(_ body: [UInt8]) {
      places.append(file.count)
      file += Array("\(places.count) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
    }
    let kids = all.indices.map { "\(5 + $0 * 2) 0 R" }.joined(separator: " ")
    add(Array("<< /Type /Catalog /Pages 2 0 R >>".utf8))
    add(Array("<< /Type /Pages /Kids [\(kids)] /Count \(all.count) >>".utf8))
    for font in ["Helvetica", "Helvetica-Bold"] {
      add(Array("<< /Type /Font /Subtype /Type1 /BaseFont /\(font) /Encoding /WinAnsiEncoding >>".utf8))
    }
    for (index, content) in all.enumerated() {
      add(
        Array(
          ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(Int(Self.width)) \(Int(Self.height))]"
            + " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents \(6 + index * 2) 0 R >>").utf8))
      add(Array("<< /Length \(content.count) >>\nstream\n".utf8) + content + Array("endstream".utf8))
    }
    let start = file.count
    file += Array("xref\n0 \(places.count + 1)\n0000000000 65535 f \n".utf8)
    for place in places {
      let digits = String(place)
      file += Array(
        (String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits + " 00000 n \n").utf8)
    }
    let trailer = "trailer\n<< /Size \(places.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return file + Array(trailer.utf8)
  }

  /// WinAnsiEncoding (ISO 32000-1, annex D).
  private static func encoded(_ text: String) -> [UInt8] {
    text.composed.unicodeScalars.map { scalar in
      switch scalar.value {
      case 0x20..<0x7F, 0xA0...0xFF: UInt8(truncatingIfNeeded: scalar.value)
      case 0x202F: 0xA0
      default: special[scalar.value] ?? UInt8(ascii: "?")
      }
    }
  }

  private static let special: [UInt32: UInt8] = [
    0x20AC: 0x80, 0x2026: 0x85, 0x0152: 0x8C, 0x2018: 0x91, 0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94,
    0x2022: 0x95, 0x2013: 0x96, 0x2014: 0x97, 0x0153: 0x9C,
  ]

  /// An estimate in points, 4 % wider than regular letters to allow for bold ones.
  private static func width(of text: [UInt8], _ size: Double) -> Double {
    let sum = text.reduce(0) { sum, byte in
      let place = Int(byte) - 0x20
      return sum + (widths.indices.contains(place) ? widths[place] : 570)
    }
    return Double(sum) * size * 1.04 / 1000
  }

  /// Widths of Helvetica from space to tilde, in thousandths of the font size (Adobe Core 14 AFM).
  private static let widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]
}
