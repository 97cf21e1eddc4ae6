/// The questions of a GIFT file, and what could not be read.
public struct File: Sendable {
  public private(set) var questions: [Question] = []
  /// The number of the first line of each question.
  public private(set) var lines: [Int] = []
  public private(set) var problems: [Problem] = []

  /// Questions are separated by empty lines; lines that begin with `//` are comments. The time is linear in the
  /// length of the text.
  public init(_ text: String) {
    var category = ""
    for block in Self.blocks(of: text) {
      if let path = Self.category(block) {
        category = path
        continue
      }
      do {
        questions.append(try Question(block: block, category: category))
        lines.append(block.line)
      } catch { problems.append(error) }
    }
  }

  struct Block {
    /// The number of the first line; the first of the file is 1.
    let line: Int
    var text: String
    var points: Double?
  }

  private static func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    var isOpen = false
    var points: Double?
    for (index, line) in lines(of: text).enumerated() {
      let symbols = line.unicodeScalars.drop { $0.properties.isWhitespace }
      if symbols.isEmpty {
        isOpen = false
        points = nil
      } else if symbols.starts(with: "//".unicodeScalars) {
        if !isOpen { points = Self.points(String(symbols.dropFirst(2))) ?? points }
      } else if !isOpen || symbols.starts(with: categoryMark.unicodeScalars) {
        blocks.append(Block(line: index + 1, text: line, points: points))
        points = nil
        isOpen = !symbols.starts(with: categoryMark.unicodeScalars)
      } else {
        blocks[blocks.count - 1].text += "\n" + line
      }
    }
    return blocks
  }

  /// The number in a comment `points: 2`; nil for any other comment.
  private static func points(_ comment: String) -> Double? {
    let parts = comment.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased().filter({ !$0.isWhitespace }) == "points" else { return nil }
    return Number.value(of: String(parts[1])).flatMap { $0 > 0 ? $0 : nil }
  }

  private static let categoryMark = "$CATEGORY:"

  private static func category(_ block: Block) -> String? {
    let scalars = block.text.unicodeScalars.drop { $0.properties.isWhitespace }
    guard scalars.starts(with: categoryMark.unicodeScalars) else { return nil }
    return Symbols.reading(String(scalars.dropFirst(categoryMark.unicodeScalars.count))).text
  }

  /// Ends of lines as on any system; without a byte order mark.
  private static func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars where scalar != "\u{FEFF}" {
      defer { isAfterReturn = scalar == "\r" }
      if scalar == "\n" && isAfterReturn { continue }
      guard scalar == "\n" || scalar == "\r" else {
        line.append(scalar)
        continue
      }
      lines.append(String(line))
      line = String.UnicodeScalarView()
    }
    lines.append(String(line))
    return lines
  }
}
