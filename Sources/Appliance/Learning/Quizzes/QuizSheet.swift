import HTTP
import Store

/// An attempt as its learner sees it: the questions in its layout with the answers given, and the marks afterwards.
struct QuizSheet: Sendable {
  let attempt: QuizAttempt
  let quiz: Quiz
  private let questions: [QuizQuestion]
  private let attemptsLeft: Int64
  /// The right answers are told when they can no longer help.
  private let tellsRight: Bool
  private let now: Int64

  init(_ attempt: QuizAttempt, of quiz: Quiz, for reader: Account, at now: Int64, in connection: Connection)
    throws
  {
    self.attempt = attempt
    self.quiz = quiz
    self.now = now
    questions = try QuizVersion.questions(of: attempt.quiz, attempt.version, in: connection)
    let count = try QuizAttempt.count(quiz.id, of: attempt.person, in: connection)
    let hasPassed = try QuizAttempt.hasPassed(quiz.id, attempt.person, in: connection)
    let most = try quiz.mostAttempts(of: attempt.person, in: connection)
    let left = hasPassed ? 0 : max(0, most - count)
    attemptsLeft = left
    let isOpen = try QuizAttempt.open(quiz.id, of: attempt.person, in: connection) != nil
    let isLast = left == 0 && !isOpen
    tellsRight = attempt.submittedAt != nil && (isLast || reader.has(right: Courses.right))
  }

  private static let question = Schema.members(
    [
      "id": .id, "type": .words(QuizQuestion.Kind.self), "text": .string, "imageUrl": .string,
      "options": .array(.string), "choices": .array(.string), "points": .number, "answer": QuizAnswer.schema,
    ],
    optional: [
      "share": .described("from 0 to 1; null when it was not answered", .optional(.number)),
      "explanation": .string,
      "correctAnswer": .described("when passed, or no attempt is left", QuizQuestion.rightSchema),
    ])

  static let schema = Schema.named(
    "QuizSheet",
    QuizAttempt.members
      + .members([
        "quizTitle": .string, "courseId": .id, "passingScore": .described("percent", .integer),
        "attemptsLeft": .integer,
        "wasCut": .described("the time was over before it was handed in", .boolean),
        "secondsLeft": .described("while it is open and has an end", .optional(.integer)),
        "questions": .array(question),
      ]))

  func write(to json: inout JSONWriter) {
    json.object { json in
      attempt.writeMembers(to: &json)
      json.field("quizTitle", quiz.title)
      json.id("courseId", quiz.course)
      json.field("passingScore", quiz.passingScore)
      json.field("attemptsLeft", attemptsLeft)
      json.field("wasCut", attempt.wasCut)
      let left = attempt.submittedAt == nil ? attempt.endsAt.map { max(0, $0 - now) / 1000 } : nil
      json.key("secondsLeft")
      if let left { json.value(left) } else { json.null() }
      json.array("questions") { json in
        for (index, asked) in attempt.layout.asked(of: questions).enumerated() {
          write(asked.question, asked.item, index, to: &json)
        }
      }
    }
  }

  private func write(
    _ question: QuizQuestion, _ item: QuizLayout.Item, _ index: Int, to json: inout JSONWriter
  ) {
    let shown = item.shown(question)
    let given = attempt.answers.indices.contains(index) ? attempt.answers[index] : .null
    let answer = try? question.answer(given, named: "")
    json.object { json in
      json.id("id", question.id)
      json.field("type", question.kind.rawValue)
      json.field("text", question.text)
      json.field("imageUrl", question.imageURL)
      json.field("options", .array(shown.options.map(JSONValue.string)))
      json.field("choices", .array(shown.choices.map(JSONValue.string)))
      json.field("points", question.points)
      json.field("answer", answer.map { item.shown($0, to: question) } ?? .null)
      guard attempt.submittedAt != nil else { return }
      json.field("share", attempt.shares.indices.contains(index) ? attempt.shares[index] : nil)
      json.field("explanation", question.explanation)
      if tellsRight { json.field("correctAnswer", item.shownRight(question)) }
    }
  }
}
