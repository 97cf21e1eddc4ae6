import HTTP
import TestSupport
import Testing

@testable import Appliance

@Suite struct QuizLayoutTests {
  private let questions = QuizQuestion.numbered(
    (try? QuizQuestion.list(.array(QuizSamples.bodies))) ?? [])

  @Test func `answers in any arrangement are the author's, and are shown again as they were given`() throws {
    var random = SeededRandom(seed: 11)
    for _ in 1...200 {
      let layout = QuizLayout(questions, pool: nil, shuffles: true, using: &random)
      #expect(QuizLayout(stored: layout.stored) == layout)
      for (item, question) in layout.asked(of: questions) {
        let shown = item.shown(question)
        #expect(shown.options.sorted() == question.options.sorted())
        #expect(shown.choices.sorted() == question.choices.sorted())
        let right = item.shownRight(question)
        let given: JSONValue = question.kind == .text ? "paris" : question.kind == .number ? 3.14 : right
        let answer = try #require(try item.answer(given, to: question, named: ""))
        #expect(question.share(of: answer) == 1)
        #expect(item.shown(answer, to: question) == given)
        if question.kind == .order {
          #expect(right != .array(question.options.indices.map { .integer(Int64($0)) }))
        }
      }
    }
  }

  @Test func `half a match comes back as it was given`() throws {
    var random = SeededRandom(seed: 3)
    let match = try #require(questions.last)
    for _ in 1...50 {
      let layout = QuizLayout([match], pool: nil, shuffles: true, using: &random)
      let item = try #require(layout.items.first)
      let given: JSONValue = [.null, 2, .null]
      let answer = try #require(try item.answer(given, to: match, named: ""))
      #expect(item.shown(answer, to: match) == given)
    }
  }

  @Test func `a pool draws that many questions, in their order unless it shuffles`() {
    var random = SeededRandom(seed: 5)
    var drawn: Set<[Int64]> = []
    for _ in 1...100 {
      let layout = QuizLayout(questions, pool: 3, shuffles: false, using: &random)
      let ids = layout.items.map(\.question)
      #expect(ids.count == 3 && ids == ids.sorted() && layout.items.allSatisfy { $0.options.isEmpty })
      drawn.insert(ids)
    }
    // Of 35 possible ones.
    #expect(drawn.count > 20)
    let all = QuizLayout(questions, pool: 50, shuffles: false, using: &random)
    #expect(all == QuizLayout(plain: questions))
    let shuffled = (1...20).map { _ in
      QuizLayout(questions, pool: 3, shuffles: true, using: &random).items.map(\.question)
    }
    #expect(shuffled.contains { $0 != $0.sorted() })
  }
}
