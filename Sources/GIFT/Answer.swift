/// An answer in the file: its sign, `=` or `~`, and what follows.
struct Answer {
  let sign: Unicode.Scalar
  let symbols: Symbols

  /// The answers of a list; each begins with its sign.
  static func list(_ answers: Symbols, _ block: File.Block) throws(Problem) -> [Answer] {
    let signs = answers.indices.filter { answers[$0].is("=") || answers[$0].is("~") }
    guard let first = signs.first, answers[..<first].trimmed.isEmpty else {
      throw block.problem(.noRightAnswer)
    }
    return signs.enumerated().map { order, index in
      let end = order + 1 < signs.count ? signs[order + 1] : answers.endIndex
      return Answer(sign: answers[index].scalar, symbols: answers[(index + 1)..<end].trimmed)
    }
  }

  func choice(_ block: File.Block, weight: Double) throws(Problem) -> Question.Choice {
    let (given, rest) = try Self.weight(symbols, block)
    let (text, feedback) = Self.parts(of: rest)
    guard !text.isEmpty else { throw block.problem(.emptyAnswer) }
    return Question.Choice(text, weight: given ?? weight, feedback: feedback)
  }

  /// The text and the feedback behind `#`.
  static func parts(of symbols: Symbols) -> (text: String, feedback: String) {
    guard let parts = symbols.split(at: "#") else { return (symbols.text, "") }
    return (parts.before.text, parts.after.text)
  }

  /// A share such as `%50%` at the start, in percent, and what follows it.
  static func weight(_ symbols: Symbols, _ block: File.Block) throws(Problem) -> (Double?, Symbols) {
    guard symbols.begins(with: "%") else { return (nil, symbols) }
    guard let parts = symbols.dropFirst().split(at: "%") else { return (nil, symbols) }
    guard let weight = Number.value(of: parts.before.text) else { return (nil, symbols) }
    guard (-100...100).contains(weight) else { throw block.problem(.badWeight) }
    return (weight, parts.after.trimmed)
  }
}

extension Question.Range {
  /// One range, or several that each begin with `=`.
  static func list(_ answers: Symbols, _ block: File.Block) throws(Problem) -> [Self] {
    guard answers.contains(where: { $0.is("=") }) else { return [try read(answers, block, weight: nil)] }
    return try Answer.list(answers, block).map { part throws(Problem) in
      let (weight, rest) = try Answer.weight(part.symbols, block)
      return try read(rest, block, weight: weight)
    }
  }

  /// `value`, `value:tolerance` or `lowest..highest`, perhaps with feedback.
  private static func read(_ symbols: Symbols, _ block: File.Block, weight: Double?) throws(Problem) -> Self {
    let rest = symbols.split(at: "#")?.before ?? symbols
    let feedback = Answer.parts(of: symbols).feedback
    var (value, tolerance): (Double?, Double?)
    if let bounds = rest.split(at: "..") {
      guard let low = Number.value(of: bounds.before.text), let high = Number.value(of: bounds.after.text),
        low <= high
      else { throw block.problem(.noNumber) }
      (value, tolerance) = (low + (high - low) / 2, (high - low) / 2)
    } else if let parts = rest.split(at: ":") {
      (value, tolerance) = (Number.value(of: parts.before.text), Number.value(of: parts.after.text))
    } else {
      (value, tolerance) = (Number.value(of: rest.text), 0)
    }
    guard let value, let tolerance, value.isFinite, tolerance.isFinite, tolerance >= 0 else {
      throw block.problem(.noNumber)
    }
    return Self(value, tolerance: tolerance, weight: weight ?? 100, feedback: feedback)
  }
}
