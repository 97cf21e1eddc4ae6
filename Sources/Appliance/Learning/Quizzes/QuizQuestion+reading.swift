import HTTP

extension QuizQuestion {
  private static let mostErrors = 50

  /// The questions in a body, with the ids that they name; 0 for none. Throws 400 with all that is wrong, beside its
  /// field: `questions[3].correctAnswer`.
  static func list(_ json: JSONValue) throws(Failure) -> [QuizQuestion] {
    guard let elements = json.array, elements.count <= most else { throw Failure.invalid([noList]) }
    var questions: [QuizQuestion] = []
    var errors: [FieldError] = []
    for (index, element) in elements.enumerated() {
      var reader = QuizQuestionReader(json: element, path: "questions[\(index)]")
      let question = reader.question()
      errors += reader.errors
      guard var question else { continue }
      question.id = element["id"]?.int64 ?? element["id"]?.string.flatMap { Int64(digits: $0) } ?? 0
      questions.append(question)
    }
    guard errors.isEmpty else { throw Failure.invalid(Array(errors.prefix(mostErrors))) }
    return questions
  }

  /// Those that name a question of `old` are that question, edited; the others get ids of their own.
  static func numbered(_ questions: [QuizQuestion], after old: [QuizQuestion] = []) -> [QuizQuestion] {
    let known = Set(old.map(\.id))
    var last = known.max() ?? 0
    var taken: Set<Int64> = []
    return questions.map { question in
      var question = question
      if known.contains(question.id), taken.insert(question.id).inserted { return question }
      last += 1
      question.id = last
      return question
    }
  }

  private static let noList = FieldError(
    "questions", "NOT_A_LIST",
    Sentence(fr: "Une liste de \(most) questions au plus.", en: "A list of at most \(most) questions."))

  /// A question as `json` writes it for the database; nil for anything else.
  init?(stored json: JSONValue) {
    guard let id = json["id"]?.int64, let kind = json["type"]?.string.flatMap(Kind.init),
      let text = json["text"]?.string, let right = Right(stored: json["correctAnswer"] ?? .null, kind)
    else { return nil }
    self.init(id: id, kind: kind, text: text, right: right)
    imageURL = json["imageUrl"]?.string ?? ""
    options = json["options"]?.array?.compactMap(\.string) ?? []
    choices = json["choices"]?.array?.compactMap(\.string) ?? []
    points = json["points"]?.double ?? 1
    explanation = json["explanation"]?.string ?? ""
  }

  static func stored(_ text: String) -> [QuizQuestion] {
    (JSONValue(parsing: text)?.array ?? []).compactMap { QuizQuestion(stored: $0) }
  }
}

extension QuizQuestion.Right {
  fileprivate init?(stored json: JSONValue, _ kind: QuizQuestion.Kind) {
    switch kind {
    case .single:
      guard let index = json.int else { return nil }
      self = .index(index)
    case .multiple, .order, .match:
      guard let indexes = json.array?.compactMap(\.int) else { return nil }
      self = .indexes(indexes)
    case .boolean:
      guard let truth = json.bool else { return nil }
      self = .truth(truth)
    case .text:
      guard let texts = json.array?.compactMap(\.string) else { return nil }
      self = .texts(texts)
    case .number:
      guard let value = json["value"]?.double, let tolerance = json["tolerance"]?.double else { return nil }
      self = .number(value, tolerance: tolerance)
    }
  }
}
