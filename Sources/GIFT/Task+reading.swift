extension Question.Task {
  /// Reads what stands between the braces.
  init(_ given: Symbols, _ block: File.Block) throws(Problem) {
    let answers = given.trimmed
    guard let first = answers.first else {
      self = .essay
      return
    }
    if first.is("#") {
      self = .number(try Question.Range.list(answers.dropFirst().trimmed, block))
    } else if first.is(">") {
      self = try .order(Self.items(answers.dropFirst(), block))
    } else if let truth = Self.truth(answers) {
      self = truth
    } else {
      let parts = try Answer.list(answers, block)
      if parts.contains(where: { $0.sign == "~" }) {
        self = try Self.choice(parts, block)
      } else if parts.contains(where: { $0.symbols.first("->") != nil }) {
        self = try Self.match(parts, block)
      } else {
        self = .text(try parts.map { part throws(Problem) in try part.choice(block, weight: 100) })
      }
    }
  }

  private static func choice(_ parts: [Answer], _ block: File.Block) throws(Problem) -> Self {
    guard parts.count >= 2 else { throw block.problem(.tooFew) }
    let choices = try parts.map { part throws(Problem) in
      try part.choice(block, weight: part.sign == "=" ? 100 : 0)
    }
    guard choices.contains(where: { $0.weight > 0 }) else { throw block.problem(.noRightAnswer) }
    return .choice(choices, isMultiple: !parts.contains { $0.sign == "=" })
  }

  private static func match(_ parts: [Answer], _ block: File.Block) throws(Problem) -> Self {
    guard parts.count >= 2 else { throw block.problem(.tooFew) }
    return .match(
      try parts.map { part throws(Problem) in
        guard let pair = part.symbols.split(at: "->") else { throw block.problem(.noPair) }
        let (left, right) = (pair.before.text, pair.after.text)
        guard !right.isEmpty, !left.isEmpty else { throw block.problem(.emptyAnswer) }
        return Question.Pair(left, right)
      })
  }

  /// `T`, `TRUE`, `F` or `FALSE`, perhaps with what is said to a wrong and to a right answer.
  private static func truth(_ answers: Symbols) -> Self? {
    let parts = answers.split(
      separator: Symbol(scalar: "#", isPlain: false), maxSplits: 2, omittingEmptySubsequences: false)
    let isTrue: Bool
    switch parts.first?.text.uppercased() {
    case "T", "TRUE": isTrue = true
    case "F", "FALSE": isTrue = false
    default: return nil
    }
    return .truth(
      isTrue, ifWrong: parts.count > 1 ? parts[1].text : "", ifRight: parts.count > 2 ? parts[2].text : "")
  }

  private static let orderingOptions: Set<String> = [
    "ALL", "RANDOM", "CONTIGUOUS", "EXACT", "RELATIVE", "VERTICAL", "HORIZONTAL", "ABSOLUTE_POSITION",
    "RELATIVE_TO_CORRECT", "ALL_OR_NOTHING", "NONE", "MANY", "SHOW", "HIDE",
  ]

  /// One item a line; the first line may hold options of Moodle's ordering type.
  private static func items(_ symbols: Symbols, _ block: File.Block) throws(Problem) -> [String] {
    let lines = symbols.split(
      separator: Symbol(scalar: "\n", isPlain: false), omittingEmptySubsequences: false)
    let words = (lines.first?.text ?? "").split(separator: " ")
    let isOptions = words.allSatisfy { orderingOptions.contains(String($0)) || Int($0) != nil }
    let items = lines.dropFirst(isOptions ? 1 : 0).map(\.text).filter { !$0.isEmpty }
    guard items.count >= 2 else { throw block.problem(.tooFew) }
    return items
  }
}
