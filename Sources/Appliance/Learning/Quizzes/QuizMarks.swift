/// Marks of an attempt.
struct QuizMarks: Sendable, Equatable {
  /// By question, from 0 (wrong) to 1 (right); nil when it was not answered.
  let shares: [Double?]
  /// A whole percentage of all points, rounded down so that nobody passes who did not.
  let score: Int

  /// A wrong answer costs `negative` percent of its points; the score is never below 0.
  init(_ questions: [QuizQuestion], _ answers: [QuizAnswer?], negative: Int) {
    let marked = zip(questions, answers).map { question, answer in
      (points: question.points, share: answer.map { question.share(of: $0) })
    }
    shares = marked.map(\.share)
    let all = marked.reduce(0.0) { $0 + $1.points }
    let got = marked.reduce(0.0) { sum, one in
      guard let share = one.share else { return sum }
      return sum + one.points * (share == 0 ? -Double(negative) / 100 : share)
    }
    // What is lost by counting with binary fractions is far below a hundredth of a percent.
    score = all > 0 ? Int((max(0, got) / all * 100 + 1e-6).rounded(.down)) : 0
  }
}

extension QuizQuestion {
  /// How far an answer is right, from 0 to 1.
  func share(of answer: QuizAnswer) -> Double {
    switch (right, answer) {
    case (.index(let right), .index(let given)): right == given ? 1 : 0
    case (.truth(let right), .truth(let given)): right == given ? 1 : 0
    case (.texts(let accepted), .text(let given)):
      accepted.contains { Self.folded($0) == Self.folded(given) } ? 1 : 0
    case (.number(let value, let tolerance), .number(let given)):
      abs(value - given) <= tolerance + 1e-9 * max(1, abs(value)) ? 1 : 0
    case (.indexes(let right), .indexes(let given)) where kind == .multiple: Self.share(right, given)
    case (.indexes(let right), .indexes(let given)):
      right.isEmpty ? 0 : Double(zip(right, given).count { $0 == $1 }) / Double(right.count)
    default: 0
    }
  }

  /// Each wrong option that was chosen takes away a right one.
  private static func share(_ right: [Int], _ given: [Int]) -> Double {
    let hits = Set(given).intersection(right).count
    let misses = Set(given).count - hits
    return right.isEmpty ? 0 : Double(max(0, hits - misses)) / Double(right.count)
  }

  /// Without regard to case and white space; accents count.
  static func folded(_ text: String) -> String {
    text.lowercased().composed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
