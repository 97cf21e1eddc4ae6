import HTTP

/// Which questions an attempt asks, in which order, and how their options are arranged.
struct QuizLayout: Sendable, Equatable {
  struct Item: Sendable, Equatable {
    let question: Int64
    /// The index of the option in each place; empty for their own order.
    var options: [Int] = []
    var choices: [Int] = []
  }

  let items: [Item]

  /// All questions as their author wrote them.
  init(plain questions: [QuizQuestion]) {
    items = questions.map { Item(question: $0.id) }
  }

  /// `pool` questions drawn at random, if not all; in another order for everybody, if it shuffles.
  init(
    _ questions: [QuizQuestion], pool: Int?, shuffles: Bool, using random: inout some RandomNumberGenerator
  ) {
    var places = Array(questions.indices)
    if let pool, pool < places.count {
      places = Array(places.shuffled(using: &random).prefix(max(1, pool)))
      if !shuffles { places.sort() }
    } else if shuffles {
      places.shuffle(using: &random)
    }
    items = places.map { place in
      var item = Item(question: questions[place].id)
      if shuffles { item.shuffle(questions[place], using: &random) }
      return item
    }
  }

  /// The questions asked, in their order. Those that are not among `questions` are left out; in the version of the
  /// attempt, none is.
  func asked(of questions: [QuizQuestion]) -> [(item: Item, question: QuizQuestion)] {
    let byID = Dictionary(questions.map { ($0.id, $0) }) { first, _ in first }
    return items.compactMap { item in byID[item.question].map { (item, $0) } }
  }
}

extension QuizLayout.Item {
  fileprivate mutating func shuffle(
    _ question: QuizQuestion, using random: inout some RandomNumberGenerator
  ) {
    options = question.options.indices.shuffled(using: &random)
    choices = question.choices.indices.shuffled(using: &random)
    // An order that is right as it is shown would need no answer.
    if question.kind == .order, question.right == .indexes(options), let last = options.popLast() {
      options.insert(last, at: 0)
    }
  }

  /// The texts as they are shown.
  func shown(_ question: QuizQuestion) -> (options: [String], choices: [String]) {
    (Self.arranged(question.options, options), Self.arranged(question.choices, choices))
  }

  private static func arranged(_ texts: [String], _ places: [Int]) -> [String] {
    places.count == texts.count && places.allSatisfy(texts.indices.contains)
      ? places.map { texts[$0] } : texts
  }
}
