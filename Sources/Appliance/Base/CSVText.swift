/// A table as comma-separated values (RFC 4180) in UTF-8, safe to open in a spreadsheet.
struct CSVText: Sendable {
  /// Starts with a byte order mark, by which spreadsheet programs detect UTF-8.
  private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  mutating func row(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      append(cell)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes += [0x0D, 0x0A]
  }

  /// Prefixes cells that a spreadsheet would run as a formula, since they contain user input:
  /// https://owasp.org/www-community/attacks/CSV_Injection. A spreadsheet may also split at `;` or a tab, so
  /// the text after each is checked, too.
  private mutating func append(_ cell: String) {
    if Self.isFormula(cell) { bytes.append(UInt8(ascii: "'")) }
    var mayBegin = false
    for scalar in cell.unicodeScalars {
      if mayBegin, Self.formulas.contains(scalar) { bytes.append(UInt8(ascii: "'")) }
      mayBegin = Self.separators.contains(scalar) || mayBegin && Self.passedOver.contains(scalar)
      if scalar == "\"" { bytes.append(UInt8(ascii: "\"")) }
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  /// A cell as it was before it was written: without what keeps it from being a formula.
  static func read(_ cell: String) -> String {
    var scalars = cell.unicodeScalars[...]
    if scalars.first == "'", isFormula(String(scalars.dropFirst())) { scalars = scalars.dropFirst() }
    var plain = String.UnicodeScalarView()
    var mayBegin = false
    while let scalar = scalars.popFirst() {
      if mayBegin, scalar == "'", let next = scalars.first, formulas.contains(next) { continue }
      mayBegin = separators.contains(scalar) || mayBegin && passedOver.contains(scalar)
      plain.append(scalar)
    }
    return String(plain)
  }

  private static func isFormula(_ cell: String) -> Bool {
    guard let first = cell.unicodeScalars.first(where: { !passedOver.contains($0) }) else { return false }
    return formulas.contains(first) || "\t\r\n".unicodeScalars.contains(first)
  }

  private static let formulas = Set("=+-@|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".unicodeScalars)
  private static let separators = Set(";\t\r\n".unicodeScalars)
  private static let passedOver = Set(" \u{a0}\"".unicodeScalars)
}
