import HTTP

/// The questions of a file, as bodies that `QuizQuestion.list` reads, and what is wrong with it.
struct QuizImport: Sendable {
  static let mostBytes = 1 << 20

  private(set) var bodies: [JSONValue] = []
  /// Each with its line as the field: `line 12`.
  private(set) var errors: [FieldError] = []

  /// A question at a line of the file, 1 for the first.
  mutating func add(_ body: JSONValue, line: Int) {
    var reader = QuizQuestionReader(json: body, path: "line \(line)")
    if reader.question() == nil {
      errors += reader.errors.map { FieldError("line \(line)", $0.code, $0.sentence) }
    } else {
      bodies.append(body)
    }
  }

  mutating func refuse(_ code: String, line: Int, fr: String, en: String) {
    errors.append(FieldError("line \(line)", code, Sentence(fr: fr, en: en)))
  }

  /// The bodies of all questions. Throws 400 with every line that has none.
  func questions() throws(Failure) -> [JSONValue] {
    if let first = errors.first {
      let line = first.field.utf8.drop { !(0x30...0x39).contains($0) }
      let number = String(Substring(line))
      throw Failure(
        400, "VALIDATION_FAILED",
        Sentence(
          fr: "Rien n’a été importé. Ligne \(number) : \(first.sentence(.fr))",
          en: "Nothing was imported. Line \(number): \(first.sentence(.en))"),
        errors: Array(errors.prefix(100)))
    }
    guard !bodies.isEmpty else {
      throw Failure(
        400, "NO_QUESTIONS_FOUND",
        Sentence(
          fr: "Ce fichier ne contient aucune question au format GIFT ou CSV.",
          en: "This file has no questions in GIFT or CSV format."))
    }
    return bodies
  }
}
