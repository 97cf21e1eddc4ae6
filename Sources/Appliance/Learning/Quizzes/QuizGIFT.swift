import GIFT
import HTTP

/// Quizzes as GIFT files, which Moodle reads and writes. The format has neither pictures nor, in a match, answers that
/// belong to nothing; points are comments that only OBox reads.
enum QuizGIFT {
  static func read(_ text: String) -> QuizImport {
    let file = GIFT.File(text)
    var questions = QuizImport()
    for problem in file.problems {
      let sentence = sentence(problem.kind)
      questions.refuse("NOT_A_QUESTION", line: problem.line, fr: sentence(.fr), en: sentence(.en))
    }
    for (question, line) in zip(file.questions, file.lines) {
      do throws(Unsupported) {
        questions.add(try body(of: question), line: line)
      } catch {
        questions.refuse(error.code, line: line, fr: error.sentence(.fr), en: error.sentence(.en))
      }
    }
    return questions
  }

  private struct Unsupported: Error {
    let code: String
    let sentence: Sentence

    init(_ code: String, fr: String, en: String) {
      self.code = code
      sentence = Sentence(fr: fr, en: en)
    }
  }

  private static func body(of question: GIFT.Question) throws(Unsupported) -> JSONValue {
    var body = try answers(question.task)
    body["text"] = .string(question.text)
    if let points = question.points { body["points"] = .number(points) }
    if !question.feedback.isEmpty { body["explanation"] = .string(question.feedback) }
    return question.isHTML ? plain(.object(body)) : .object(body)
  }

  /// With all texts without their markup.
  private static func plain(_ json: JSONValue) -> JSONValue {
    switch json {
    case .string(let text): .string(QuizMarkup.plain(text))
    case .array(let elements): .array(elements.map(plain))
    case .object(let members): .object(members.mapValues(plain))
    default: json
    }
  }

  /// Answers that give part of the points are wrong here, or right where several are to be chosen.
  private static func answers(_ task: GIFT.Question.Task) throws(Unsupported) -> [String: JSONValue] {
    switch task {
    case .choice(let choices, let isMultiple): return try choice(choices, isMultiple)
    case .truth(let truth, let ifWrong, let ifRight):
      let feedback = ifRight.isEmpty ? ifWrong : ifRight
      return ["type": "boolean", "correctAnswer": .bool(truth), "explanation": .string(feedback)]
    case .text(let texts):
      let accepted = texts.filter { $0.weight == 100 }
      return [
        "type": "text", "correctAnswer": .array(accepted.map { .string(line($0.text)) }),
        "explanation": .string(feedback(accepted)),
      ]
    case .number(let ranges):
      let right = ranges.filter { $0.weight == 100 }
      guard let range = right.first, right.count == 1 else { throw severalNumbers }
      return [
        "type": "number", "explanation": .string(range.feedback),
        "correctAnswer": ["value": .number(range.value), "tolerance": .number(range.tolerance)],
      ]
    case .match(let pairs):
      return [
        "type": "match", "options": .array(pairs.map { .string(line($0.left)) }),
        "correctAnswer": .array(pairs.map { .string(line($0.right)) }),
      ]
    case .order(let items): return ["type": "order", "options": .array(items.map { .string(line($0)) })]
    case .essay: throw essay
    }
  }

  private static func choice(
    _ choices: [GIFT.Question.Choice], _ isMultiple: Bool
  ) throws(Unsupported) -> [String: JSONValue] {
    let options = JSONValue.array(choices.map { .string(line($0.text)) })
    let right = choices.indices.filter { isMultiple ? choices[$0].weight > 0 : choices[$0].weight == 100 }
    let explanation = JSONValue.string(feedback(right.map { choices[$0] }))
    if isMultiple {
      return [
        "type": "multiple", "options": options, "explanation": explanation,
        "correctAnswer": .array(right.map { .integer(Int64($0)) }),
      ]
    }
    guard let index = right.first, right.count == 1 else { throw severalRight }
    return [
      "type": "single", "options": options, "explanation": explanation,
      "correctAnswer": .integer(Int64(index)),
    ]
  }

  private static func feedback(_ choices: [GIFT.Question.Choice]) -> String {
    choices.map(\.feedback).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static let essay = Unsupported(
    "ESSAY", fr: "Les questions à rédiger ne peuvent pas être notées automatiquement. Supprimez celle-ci.",
    en: "Essay questions cannot be marked automatically. Delete this one.")
  private static let severalRight = Unsupported(
    "SEVERAL_RIGHT",
    fr: "Il faut exactement une bonne réponse, marquée « = ». Pour plusieurs, utilisez ~%50%.",
    en: "There must be exactly one right answer, marked \"=\". For several, use ~%50%.")
  private static let severalNumbers = Unsupported(
    "SEVERAL_NUMBERS", fr: "Il faut exactement un nombre juste, avec sa tolérance.",
    en: "There must be exactly one right number, with its tolerance.")
}
