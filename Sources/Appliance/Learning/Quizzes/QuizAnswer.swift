import GIFT
import HTTP

/// A learner's answer to a question, in the indexes of the question as its author wrote it.
enum QuizAnswer: Sendable, Equatable {
  case index(Int)
  /// Of a `match`, the choice of each option; -1 for none.
  case indexes([Int])
  case truth(Bool)
  case text(String)
  case number(Double)

  var json: JSONValue {
    switch self {
    case .index(let index): .integer(Int64(index))
    case .indexes(let indexes): .array(indexes.map { .integer(Int64($0)) })
    case .truth(let truth): .bool(truth)
    case .text(let text): .string(text)
    case .number(let number): .number(number)
    }
  }

  /// Of any kind, as clients send and get it.
  static let schema = Schema.described(
    "an index, a list of indexes, a truth, a text or a number; null for none",
    .optional(
      .either([.integer, .boolean, .string, .number, .array(.optional(.integer))])))

  static func stored(_ answers: [QuizAnswer?]) -> String {
    var json = JSONWriter()
    json.value(.array(answers.map { $0?.json ?? .null }))
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension QuizQuestion {
  /// An answer in the indexes of the question; nil for none. Throws when it is none that could be given.
  func answer(_ json: JSONValue, named field: String) throws(FieldError) -> QuizAnswer? {
    if json.isNull { return nil }
    switch kind {
    case .single:
      if let index = json.int, options.indices.contains(index) { return .index(index) }
    case .multiple:
      if let indexes = json.array?.compactMap(\.int), indexes.count == json.array?.count,
        indexes.allSatisfy(options.indices.contains)
      {
        return indexes.isEmpty ? nil : .indexes(Set(indexes).sorted())
      }
    case .boolean:
      if let truth = json.bool { return .truth(truth) }
    case .text:
      if let text = json.string, text.fits(Self.longestAnswer) {
        return text.isInvisible ? nil : .text(text.trimmed().composed)
      }
    case .number:
      if json.string?.isInvisible == true { return nil }
      if let number = json.double ?? json.string.flatMap(Number.value) { return .number(number) }
    case .order:
      if let indexes = json.array?.compactMap(\.int), indexes.sorted() == Array(options.indices) {
        return .indexes(indexes)
      }
    case .match:
      if let indexes = pairs(json) { return indexes.map(QuizAnswer.indexes) }
    }
    throw FieldError(
      field, "NOT_AN_ANSWER",
      Sentence(fr: "Cette réponse ne convient pas à la question.", en: "This is no answer to the question."))
  }

  /// The choice of each option; an inner nil for an answer without any.
  private func pairs(_ json: JSONValue) -> [Int]?? {
    guard let list = json.array, list.count == options.count else { return nil }
    let indexes = list.map { $0.isNull ? -1 : $0.int ?? -2 }
    guard indexes.allSatisfy({ $0 == -1 || choices.indices.contains($0) }) else { return nil }
    return .some(indexes.allSatisfy { $0 == -1 } ? nil : indexes)
  }
}
