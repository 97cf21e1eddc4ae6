/// JSON as people read it: each member and element on a line of its own.
enum IndentedJSON {
  /// Lays out JSON that has no white space between its tokens.
  static func bytes(_ json: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var depth = 0
    var isText = false
    var isEscaped = false
    for (index, byte) in json.enumerated() {
      if isText {
        result.append(byte)
        if byte == UInt8(ascii: "\""), !isEscaped { isText = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      let next = index + 1 < json.count ? json[index + 1] : 0
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        result.append(byte)
        depth += 1
        if !isEnd(next) { newLine(depth, &result) }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if let last = result.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") {
          newLine(depth, &result)
        }
        result.append(byte)
      case UInt8(ascii: ","):
        result.append(byte)
        newLine(depth, &result)
      case UInt8(ascii: ":"): result += [byte, UInt8(ascii: " ")]
      default:
        isText = byte == UInt8(ascii: "\"")
        result.append(byte)
      }
    }
    return result + [UInt8(ascii: "\n")]
  }

  private static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") }

  private static func newLine(_ depth: Int, _ result: inout [UInt8]) {
    result.append(UInt8(ascii: "\n"))
    result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * max(0, depth)))
  }
}
