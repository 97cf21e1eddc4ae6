/// Parses delimiter-separated values (RFC 4180): commas, semicolons or tabs, as used in the first line.
struct CSVTable: Sendable {
  /// The rows with the number of their first line, from 1; blank lines are omitted.
  private(set) var rows: [(line: Int, cells: [String])] = []

  /// Nil when there are more than `mostRows` rows, or a quote is not closed.
  init?(_ text: String, mostRows: Int) {
    let bytes = Array(text.utf8.drop(while: { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }))
    var reader = Reader(bytes: bytes, separator: Self.separator(of: bytes))
    while let row = reader.next() {
      guard row.cells.contains(where: { !$0.isEmpty }) else { continue }
      if rows.count == mostRows { return nil }
      rows.append(row)
    }
    if reader.isUnfinished { return nil }
  }

  private static func separator(of bytes: [UInt8]) -> UInt8 {
    let first = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let signs = [UInt8(ascii: ";"), 0x09, UInt8(ascii: ",")]
    func count(_ sign: UInt8) -> Int { first.count { $0 == sign } }
    return signs.max { count($0) < count($1) } ?? UInt8(ascii: ",")
  }

  private struct Reader {
    let bytes: [UInt8]
    let separator: UInt8
    var position = 0
    var line = 1
    var isUnfinished = false

    /// The cells of the next row, trimmed; nil at the end.
    mutating func next() -> (line: Int, cells: [String])? {
      guard position < bytes.count else { return nil }
      let start = line
      var cells: [String] = []
      while true {
        cells.append(cell())
        guard position < bytes.count else { break }
        let byte = bytes[position]
        position += 1
        if byte == separator { continue }
        if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
        line += 1
        break
      }
      return (start, cells)
    }

    /// Stops at the separator or the end of the line.
    private mutating func cell() -> String {
      var content: [UInt8] = []
      var isQuoted = false
      while position < bytes.count {
        let byte = bytes[position]
        if byte == UInt8(ascii: "\"") {
          position += 1
          if isQuoted, position < bytes.count, bytes[position] == byte {
            content.append(byte)
            position += 1
          } else if isQuoted || content.allSatisfy({ $0 == 0x20 }) {
            isQuoted.toggle()
          } else {
            content.append(byte)
          }
          continue
        }
        if !isQuoted, byte == separator || byte == 0x0A || byte == 0x0D { break }
        if byte == 0x0A { line += 1 }
        content.append(byte)
        position += 1
      }
      if isQuoted { isUnfinished = true }
      return String(decoding: content, as: UTF8.self).trimmed()
    }
  }
}
