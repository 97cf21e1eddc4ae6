import HTTP
import Testing

@testable import Appliance

@Suite struct QuizMarksTests {
  private let questions = (try? QuizQuestion.list(.array(QuizSamples.bodies))) ?? []

  private func answer(_ json: JSONValue, _ kind: QuizQuestion.Kind) throws -> QuizAnswer? {
    try question(kind).answer(json, named: "answers[0]")
  }

  private func question(_ kind: QuizQuestion.Kind) throws -> QuizQuestion {
    try #require(questions.first { $0.kind == kind })
  }

  private func share(_ json: JSONValue, _ kind: QuizQuestion.Kind) throws -> Double? {
    try answer(json, kind).map { try question(kind).share(of: $0) }
  }

  @Test func `what cannot be an answer is refused`() throws {
    let rows: [(QuizQuestion.Kind, [JSONValue])] = [
      (.single, [3, -1, "0", true, [0], 0.5]), (.multiple, [0, [4], ["0"], [0, -1]]),
      (.boolean, ["true", 1]), (.text, [7, [:], .string(String(repeating: "x", count: 501))]),
      (.number, ["about 3", true, "1e999", "--1"]),
      (.order, [[0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 4], "abcd"]),
      (.match, [[0, 1], [0, 1, 3], [0, 1, -2], 0]),
    ]
    for (kind, values) in rows {
      for value in values {
        #expect(throws: FieldError.self, "\(kind) \(value)") { _ = try answer(value, kind) }
      }
    }
  }

  @Test func `nothing given is no answer`() throws {
    for kind in QuizQuestion.Kind.allCases { #expect(try answer(.null, kind) == nil) }
    #expect(try answer([], .multiple) == nil && answer("  ", .text) == nil && answer(" ", .number) == nil)
    #expect(try answer([.null, .null, .null], .match) == nil)
  }

  @Test func `each kind is marked as it should be`() throws {
    #expect(try share(0, .single) == 1 && share(1, .single) == 0)
    #expect(try share(true, .boolean) == 1 && share(false, .boolean) == 0)
    // Right ones less wrong ones, of two that are right.
    #expect(try share([2, 0], .multiple) == 1 && share([0], .multiple) == 0.5)
    #expect(try share([0, 1], .multiple) == 0 && share([0, 1, 2], .multiple) == 0.5)
    #expect(try share([0, 1, 2, 3], .multiple) == 0 && share([0, 0], .multiple) == 0.5)
    #expect(try share(" PARIS\t", .text) == 1 && share("lute\u{301}ce", .text) == 0)
    #expect(try share("Lute\u{300}ce", .text) == 1 && share("Lutece", .text) == 0)
    #expect(try share(3.15, .number) == 1 && share("3,13", .number) == 1 && share(3.1501, .number) == 0)
    #expect(try share("\u{2212}3.14", .number) == 0)
    let right = QuizSamples.right(questions)
    #expect(try share(right[5], .order) == 1 && share(right[6], .match) == 1)
    guard case .indexes(let order) = try question(.order).right,
      case .indexes(let match) = try question(.match).right
    else { return #expect(Bool(false)) }
    let swapped = [order[1], order[0], order[2], order[3]].map { JSONValue.integer(Int64($0)) }
    #expect(try share(.array(swapped), .order) == 0.5)
    #expect(try share([.integer(Int64(match[0])), .null, .null], .match) == 1 / 3)
  }

  @Test func `the score counts points, takes off for wrong answers, and is never below 0`() throws {
    let all = try zip(questions, QuizSamples.right(questions)).map { try $0.answer($1, named: "") }
    #expect(QuizMarks(questions, all, negative: 0).score == 100)
    let none = QuizMarks(questions, questions.map { _ in nil }, negative: 100)
    #expect(none.score == 0 && none.shares == questions.map { _ in nil })
    // 2 of 8 points.
    var some: [QuizAnswer?] = questions.map { _ in nil }
    some[1] = .indexes([0, 2])
    #expect(QuizMarks(questions, some, negative: 50).score == 25)
    // One wrong answer costs half a point: 1.5 of 8.
    some[0] = .index(1)
    #expect(QuizMarks(questions, some, negative: 50).score == 18)
    #expect(QuizMarks(questions, some, negative: 0).score == 25)
    #expect(QuizMarks(questions, some, negative: 50).shares[0] == 0)
    some[1] = nil
    #expect(QuizMarks(questions, some, negative: 100).score == 0)
    #expect(QuizMarks([], [], negative: 0).score == 0)
  }

  @Test func `a score just below a percentage is not rounded up to it`() throws {
    let three = try QuizQuestion.list(.array(Array(repeating: QuizSamples.bodies[2], count: 3)))
    #expect(QuizMarks(three, [.truth(true), .truth(true), nil], negative: 0).score == 66)
    let ten = try QuizQuestion.list(.array(Array(repeating: QuizSamples.bodies[2], count: 10)))
    let seven = (0..<10).map { QuizAnswer.truth($0 < 7) }
    #expect(QuizMarks(ten, seven, negative: 0).score == 70)
  }
}
