import HTTP

/// The options of a question and which are right, by its kind.
extension QuizQuestionReader {
  typealias Answers = (options: [String], choices: [String], right: QuizQuestion.Right)

  private var given: JSONValue { json["correctAnswer"] ?? .null }

  mutating func answers(_ kind: QuizQuestion.Kind) -> Answers? {
    switch kind {
    case .single: return single()
    case .multiple: return multiple()
    case .boolean:
      guard let truth = given.bool else {
        refuseAnswer("NOT_A_FLAG", fr: "Vrai ou faux ?", en: "True or false?")
        return nil
      }
      return ([], [], .truth(truth))
    case .text: return acceptedTexts().map { ([], [], .texts($0)) }
    case .number: return number().map { ([], [], $0) }
    case .order: return order()
    case .match: return match()
    }
  }

  private mutating func single() -> Answers? {
    guard let options = texts("options") else { return nil }
    guard let index = given.int, options.indices.contains(index) else {
      refuseAnswer("NO_RIGHT_ANSWER", fr: "Indiquez la bonne réponse.", en: "Mark the right answer.")
      return nil
    }
    return (options, [], .index(index))
  }

  private mutating func multiple() -> Answers? {
    guard let options = texts("options") else { return nil }
    let indexes = Set(given.array?.compactMap(\.int) ?? [])
    guard !indexes.isEmpty, indexes.count == given.array?.count, indexes.allSatisfy(options.indices.contains)
    else {
      refuseAnswer("NO_RIGHT_ANSWER", fr: "Indiquez les bonnes réponses.", en: "Mark the right answers.")
      return nil
    }
    return (options, [], .indexes(indexes.sorted()))
  }

  private mutating func acceptedTexts() -> [String]? {
    let list = given.string.map { [JSONValue.string($0)] } ?? given.array ?? []
    let texts = list.compactMap { $0.string?.trimmed().composed }
    guard QuizQuestion.optionCount.upperBound >= texts.count, texts.count == list.count, !texts.isEmpty,
      texts.allSatisfy({ !$0.isInvisible && $0.fits(QuizQuestion.longestAnswer) && !$0.contains("\n") })
    else {
      refuseAnswer(
        "NO_RIGHT_ANSWER", fr: "Indiquez une ou plusieurs réponses acceptées, 30 au plus.",
        en: "Enter one or more accepted answers, at most 30.")
      return nil
    }
    return texts
  }

  private mutating func number() -> QuizQuestion.Right? {
    let value = given.double ?? given["value"]?.double
    let tolerance = given["tolerance"].map { $0.isNull ? 0 : $0.double } ?? 0
    guard let value, let tolerance, tolerance >= 0 else {
      refuseAnswer(
        "NOT_A_NUMBER", fr: "Un nombre, et une tolérance de 0 ou plus.",
        en: "A number, and a tolerance of 0 or more.")
      return nil
    }
    return .number(value, tolerance: tolerance)
  }

  /// Without `correctAnswer`, the options are in their right order. They are kept in another one.
  private mutating func order() -> Answers? {
    guard let given = texts("options") else { return nil }
    var options = given
    if !self.given.isNull {
      guard let indexes = self.given.array?.compactMap(\.int), indexes.sorted() == Array(given.indices) else {
        refuseAnswer(
          "NO_RIGHT_ANSWER", fr: "Donnez à chaque réponse sa place dans l’ordre.",
          en: "Give each answer its place in the order.")
        return nil
      }
      options = indexes.map { given[$0] }
    }
    let places = QuizQuestion.scrambled(options)
    // The option that comes n-th is kept where its index is found.
    let right = options.indices.compactMap { places.firstIndex(of: $0) }
    return (places.map { options[$0] }, [], .indexes(right))
  }

  /// `correctAnswer` has for each option its choice, as an index or as the text. Choices that no option has make it
  /// harder. They are kept in an order that says nothing.
  private mutating func match() -> Answers? {
    guard let options = texts("options") else { return nil }
    var choices: [String] = []
    if json["choices"].map({ !$0.isNull && $0 != [] }) ?? false {
      guard let listed = texts("choices") else { return nil }
      choices = listed
    }
    guard let list = given.array, list.count == options.count else { return refusePairs() }
    var matched: [String] = []
    for element in list {
      if let index = element.int, choices.indices.contains(index) {
        matched.append(choices[index])
      } else if let text = element.string?.trimmed().composed, !text.isInvisible,
        text.fits(QuizQuestion.longestOption), !text.contains("\n")
      {
        matched.append(text)
      } else {
        return refusePairs()
      }
    }
    for text in matched where !choices.contains(text) { choices.append(text) }
    guard QuizQuestion.optionCount.contains(choices.count) else { return refusePairs() }
    // Those of the options first: what is hidden is their order.
    let ordered = matched.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let all = ordered + choices.filter { !ordered.contains($0) }.sorted()
    let kept = QuizQuestion.scrambled(all).map { all[$0] }
    return (options, kept, .indexes(matched.compactMap { kept.firstIndex(of: $0) }))
  }

  private mutating func refusePairs() -> Answers? {
    refuseAnswer(
      "NO_RIGHT_ANSWER", fr: "Associez une réponse à chaque élément ; il en faut au moins deux différentes.",
      en: "Give each item its match; there must be at least two different ones.")
    return nil
  }

  private mutating func refuseAnswer(_ code: String, fr: String, en: String) {
    refuse("correctAnswer", code, fr: fr, en: en)
  }
}
