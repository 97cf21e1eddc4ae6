import HTTP
import Testing

@testable import Appliance

@Suite struct QuizQuestionTests {
  private static func refused(_ question: JSONValue) -> [String] {
    do {
      _ = try QuizQuestion.list([question])
      return []
    } catch { return error.errors.map(\.field) }
  }

  @Test func `what is wrong with a question is told beside its field`() {
    let options: JSONValue = ["a", "b"]
    #expect(Self.refused(7) == ["questions[0]"])
    #expect(Self.refused(["type": "essay", "text": "?"]) == ["questions[0].type"])
    let rows: [(JSONValue, [String])] = [
      (["type": "single", "options": options, "correctAnswer": 0], ["text"]),
      (["type": "single", "text": "?", "options": ["a"], "correctAnswer": 0], ["options"]),
      (["type": "single", "text": "?", "options": ["a", "a"], "correctAnswer": 0], ["options[1]"]),
      (["type": "single", "text": "?", "options": ["a", 7], "correctAnswer": 0], ["options[1]"]),
      (["type": "single", "text": "?", "options": options, "correctAnswer": 2], ["correctAnswer"]),
      (["type": "single", "text": "?", "options": options], ["correctAnswer"]),
      (["type": "multiple", "text": "?", "options": options, "correctAnswer": []], ["correctAnswer"]),
      (["type": "multiple", "text": "?", "options": options, "correctAnswer": [0, -1]], ["correctAnswer"]),
      (["type": "boolean", "text": "?", "correctAnswer": "true"], ["correctAnswer"]),
      (["type": "text", "text": "?", "correctAnswer": ["", "a"]], ["correctAnswer"]),
      (["type": "number", "text": "?", "correctAnswer": ["value": 1, "tolerance": -1]], ["correctAnswer"]),
      (["type": "order", "text": "?", "options": options, "correctAnswer": [0, 0]], ["correctAnswer"]),
      (["type": "match", "text": "?", "options": options, "correctAnswer": ["x"]], ["correctAnswer"]),
      (["type": "match", "text": "?", "options": options, "correctAnswer": ["x", "x"]], ["correctAnswer"]),
      (["type": "boolean", "text": "?", "correctAnswer": true, "points": 0], ["points"]),
      (["type": "boolean", "text": "?", "correctAnswer": true, "imageUrl": "javascript:1"], ["imageUrl"]),
    ]
    for (question, fields) in rows {
      #expect(Self.refused(question) == fields.map { "questions[0].\($0)" })
    }
    let many = JSONValue.array(Array(repeating: .null, count: QuizQuestion.most + 1))
    #expect(throws: Failure.self) { _ = try QuizQuestion.list(many) }
    #expect(throws: Failure.self) { _ = try QuizQuestion.list("[]") }
  }

  @Test func `ids are the server's, and kept by the questions that name theirs`() throws {
    func body(_ text: String, _ id: JSONValue = .null) -> JSONValue {
      ["type": "boolean", "text": .string(text), "correctAnswer": true, "id": id]
    }
    let first = QuizQuestion.numbered(try QuizQuestion.list([body("a"), body("b", 9), body("c")]))
    #expect(first.map(\.id) == [1, 2, 3])
    let second = QuizQuestion.numbered(
      try QuizQuestion.list([body("new"), body("c", "3"), body("a", 1), body("again", 1), body("no", "77")]),
      after: first)
    #expect(second.map(\.id) == [4, 3, 1, 5, 6])
  }

  @Test func `a question is read back from the database as it was`() throws {
    let questions = try QuizQuestion.list(.array(QuizSamples.bodies))
    #expect(questions.map(\.kind) == QuizQuestion.Kind.allCases)
    #expect(QuizQuestion.stored(QuizQuestion.stored(questions)) == questions)
  }

  @Test func `the order kept is never the right one, and the same when a question is saved again`() throws {
    // Of two, half are in their right order by chance.
    for (count, word) in (2...12).map({ ($0, "item") }) + (1...20).map({ (2, "word \($0)") }) {
      let options = (1...count).map { JSONValue.string("\(word) \($0)") }
      let body: JSONValue = ["type": "order", "text": "?", "options": .array(options)]
      let question = try #require(try QuizQuestion.list([body]).first)
      #expect(question.options.map(JSONValue.string) != options)
      guard case .indexes(let right) = question.right else { return #expect(Bool(false)) }
      #expect(right.map { JSONValue.string(question.options[$0]) } == options)
      var written = JSONWriter()
      question.write(to: &written, withAnswer: true)
      let again = try QuizQuestion.list([try #require(JSONValue(parsing: written.bytes))])
      #expect(again == [question])
    }
    // Sent in another order, the same order is right, and kept in the same one.
    let one = try QuizQuestion.list([["type": "order", "text": "?", "options": ["a", "b", "c"]]])
    let other = try QuizQuestion.list([
      ["type": "order", "text": "?", "options": ["c", "a", "b"], "correctAnswer": [1, 2, 0]]
    ])
    #expect(one == other)
  }

  @Test func `a match keeps its choices in another order than its options`() throws {
    let questions = try QuizQuestion.list([
      [
        "type": "match", "text": "?", "options": ["SSH", "HTTP", "DNS"], "correctAnswer": ["22", "80", "53"],
        "choices": ["443", "22", "80", "53"],
      ]
    ])
    let question = try #require(questions.first)
    guard case .indexes(let right) = question.right else { return #expect(Bool(false)) }
    #expect(right != [0, 1, 2])
    #expect(right.map { question.choices[$0] } == ["22", "80", "53"] && question.choices.count == 4)
    var written = JSONWriter()
    question.write(to: &written, withAnswer: true)
    let json = try #require(JSONValue(parsing: written.bytes))
    #expect(try QuizQuestion.list([json]) == questions)
  }

  @Test func `what a learner is sent has neither the answer nor the explanation`() throws {
    for question in try QuizQuestion.list(.array(QuizSamples.bodies)) {
      var json = JSONWriter()
      question.write(to: &json, withAnswer: false)
      let written = try #require(JSONValue(parsing: json.bytes))
      #expect(written["correctAnswer"] == nil && written["explanation"] == nil)
      #expect(written["text"]?.string?.isEmpty == false)
    }
  }
}

/// A question of every kind, with answers to it.
enum QuizSamples {
  static let bodies: [JSONValue] = [
    [
      "type": "single", "text": "Which port has SSH?", "options": ["22", "80", "443"], "correctAnswer": 0,
      "explanation": "RFC 4253.",
    ],
    [
      "type": "multiple", "text": "Which are private?",
      "options": ["10.0.0.1", "8.8.8.8", "192.168.0.1", "1.1.1.1"],
      "correctAnswer": [0, 2], "points": 2, "explanation": "RFC 1918.",
    ],
    ["type": "boolean", "text": "Is Debian free?", "correctAnswer": true, "explanation": "As in freedom."],
    [
      "type": "text", "text": "The capital of France?", "correctAnswer": ["Paris", "Lutèce"],
      "explanation": "Since 987.",
    ],
    [
      "type": "number", "text": "Pi?", "correctAnswer": ["value": 3.14, "tolerance": 0.01],
      "explanation": "About.",
    ],
    [
      "type": "order", "text": "From small to large?", "options": ["bit", "byte", "kilobyte", "megabyte"],
      "explanation": "Eight bits are a byte.",
    ],
    [
      "type": "match", "text": "Which belongs to which?", "options": ["SSH", "HTTP", "DNS"],
      "correctAnswer": ["22", "80", "53"], "explanation": "Ports.",
    ],
  ]

  /// The right answers to the questions as stored.
  static func right(_ questions: [QuizQuestion]) -> [JSONValue] {
    questions.map { question in
      switch question.right {
      case .texts(let texts): .string(texts[0])
      case .number(let value, _): .number(value)
      default: question.rightJSON
      }
    }
  }
}
