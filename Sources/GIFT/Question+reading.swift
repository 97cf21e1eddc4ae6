extension Question {
  init(block: File.Block, category: String) throws(Problem) {
    var rest = Symbols.reading(block.text).trimmed
    title = ""
    if rest.begins(with: "::") {
      guard let parts = rest.dropFirst(2).split(at: "::") else { throw block.problem(.unclosedTitle) }
      title = parts.before.text
      rest = parts.after
    }
    guard let opened = rest.split(at: "{") else { throw block.problem(.noAnswers) }
    guard let closed = opened.after.split(at: "}") else { throw block.problem(.unclosedBraces) }
    isHTML = opened.before.trimmed.begins(with: "[html]")
    var words = Self.withoutFormat(opened.before).text
    let end = closed.after.text
    if !end.isEmpty { words += (words.isEmpty ? "" : " ") + Self.gap + " " + end }
    guard !words.isEmpty else { throw block.problem(.noText) }
    text = words
    let answers = closed.before.split(at: "####")
    task = try Task(answers?.before ?? closed.before, block)
    feedback = answers?.after.text ?? ""
    self.category = category
    points = block.points
  }

  /// Drops a marker such as `[markdown]` at the start.
  private static func withoutFormat(_ symbols: Symbols) -> Symbols {
    let trimmed = symbols.trimmed
    for format in ["[html]", "[moodle]", "[plain]", "[markdown]"] where trimmed.begins(with: format) {
      return trimmed.dropFirst(format.unicodeScalars.count)
    }
    return trimmed
  }
}

extension File.Block {
  func problem(_ kind: Problem.Kind) -> Problem { Problem(line: line, kind: kind) }
}
