/// A table as comma-separated values (RFC 4180) in UTF-8, safe to open in a spreadsheet.
struct CSVText: Sendable {
  /// Begins with the mark by which spreadsheets know UTF-8.
  private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  mutating func row(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      if Self.isFormula(cell) { bytes.append(UInt8(ascii: "'")) }
      for byte in cell.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes += [0x0D, 0x0A]
  }

  /// A cell that begins like this would be computed, with whatever somebody chose to be called:
  /// https://owasp.org/www-community/attacks/CSV_Injection
  private static func isFormula(_ cell: String) -> Bool {
    let first = cell.unicodeScalars.first { $0 != " " && $0 != "\u{a0}" }
    guard let first else { return false }
    return "=+-@\t\r\n|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".unicodeScalars.contains(first)
  }
}
