import HTTP
import Store

/// How the questions of a quiz are answered, for its authors. Attempts at an older version count for the questions that
/// asked the same.
struct QuizStatistics: Sendable {
  /// The newest attempts are counted.
  static let mostAttempts = 2_000
  private static let mostAnswers = 12

  fileprivate struct Item: Sendable {
    let question: QuizQuestion
    var asked = 0
    var answered = 0
    var right = 0
    var shares = 0.0
    var answers: [String: Int] = [:]
  }

  private var attempts = 0
  private var passed = 0
  private var scores = 0
  private var items: [Item]

  static let attemptsSQL = """
    SELECT version, layout, answers, shares, score, passed FROM quiz_attempts
    WHERE quiz_id = ? AND submitted_at IS NOT NULL ORDER BY id DESC LIMIT ?
    """

  init(_ quiz: Quiz, in connection: Connection) throws {
    let current = try QuizVersion.questions(of: quiz.id, quiz.version, in: connection)
    items = current.map { Item(question: $0) }
    var same: [Int64: [Int64: Int]] = [:]
    let versions = try connection.query(
      "SELECT version, questions FROM quiz_versions WHERE quiz_id = ?", quiz.id
    ) { (number: $0.int64(0), questions: QuizQuestion.stored($0.text(1))) }
    for version in versions {
      for question in version.questions {
        if let index = current.firstIndex(where: { $0.asksTheSame(as: question) }) {
          same[version.number, default: [:]][question.id] = index
        }
      }
    }
    try connection.forEach(Self.attemptsSQL, quiz.id, Self.mostAttempts) { row in
      attempts += 1
      scores += row.int(4)
      passed += row.bool(5) ? 1 : 0
      let layout = QuizLayout(stored: row.text(1))
      let answers = JSONValue(parsing: row.text(2))?.array ?? []
      let shares = JSONValue(parsing: row.text(3))?.array ?? []
      let places = same[row.int64(0)] ?? [:]
      for (index, item) in layout.items.enumerated() {
        guard let place = places[item.question] else { continue }
        let answer = answers.indices.contains(index) ? answers[index] : .null
        items[place].count(answer, shares.indices.contains(index) ? shares[index].double : nil)
      }
    }
  }

  static let schema = Schema.named(
    "QuizStatistics",
    .members([
      "attempts": .integer, "passed": .integer, "averageScore": .described("percent", .optional(.integer)),
      "questions": .array(
        .members([
          "id": .id, "type": .words(QuizQuestion.Kind.self), "text": .string, "asked": .integer,
          "answered": .integer, "right": .integer,
          "averageShare": .described(
            "percent of its points, also of those who did not answer", .optional(.integer)),
          "answers": .described(
            "most frequent first",
            .array(.members(["text": .string, "count": .integer, "isRight": .boolean]))),
        ])),
    ]))

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("attempts", attempts)
      json.field("passed", passed)
      json.field("averageScore", attempts > 0 ? scores / attempts : nil)
      json.array("questions") { json in for item in items { item.write(Self.mostAnswers, to: &json) } }
    }
  }
}

extension QuizStatistics.Item {
  fileprivate mutating func count(_ json: JSONValue, _ share: Double?) {
    asked += 1
    guard let answer = try? question.answer(json, named: "") else { return }
    answered += 1
    shares += share ?? 0
    if share == 1 { right += 1 }
    for text in question.texts(of: answer) { answers[text, default: 0] += 1 }
  }

  fileprivate func write(_ most: Int, to json: inout JSONWriter) {
    let isRight = question.rightTexts
    let sorted = answers.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    json.object { json in
      json.id("id", question.id)
      json.field("type", question.kind.rawValue)
      json.field("text", question.text)
      json.field("asked", asked)
      json.field("answered", answered)
      json.field("right", right)
      json.field("averageShare", asked > 0 ? Int(shares / Double(asked) * 100) : nil)
      json.array("answers") { json in
        for (text, count) in sorted.prefix(most) {
          json.object { json in
            json.field("text", text)
            json.field("count", count)
            json.field("isRight", isRight(text))
          }
        }
      }
    }
  }
}

extension QuizQuestion {
  private func option(_ index: Int) -> String { options.indices.contains(index) ? options[index] : "" }
  private func choice(_ index: Int) -> String { choices.indices.contains(index) ? choices[index] : "–" }

  /// What an answer says, in parts that are counted each by itself.
  fileprivate func texts(of answer: QuizAnswer) -> [String] {
    switch answer {
    case .index(let index): [option(index)]
    case .truth(let truth): [truth ? "true" : "false"]
    case .text(let text): [Self.folded(text)]
    case .number(let number): [QuizCSVRow.text(number)]
    case .indexes(let indexes) where kind == .order: [indexes.map(option).joined(separator: " → ")]
    case .indexes(let indexes) where kind == .match:
      zip(options, indexes).map { "\($0) → \(choice($1))" }
    case .indexes(let indexes): indexes.map(option)
    }
  }

  /// Whether such a part is right.
  fileprivate var rightTexts: (String) -> Bool {
    switch right {
    case .index(let index): return { $0 == option(index) }
    case .truth(let truth): return { $0 == (truth ? "true" : "false") }
    case .texts(let texts):
      let folded = Set(texts.map(Self.folded))
      return { folded.contains($0) }
    case .number: return { Double($0).map { share(of: .number($0)) == 1 } ?? false }
    case .indexes(let indexes):
      let right = Set(texts(of: .indexes(indexes)))
      return { right.contains($0) }
    }
  }
}
