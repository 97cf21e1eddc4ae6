import HTTP
import Store

/// Reads one question of a body, and collects what is wrong with it.
struct QuizQuestionReader {
  let json: JSONValue
  /// Begins the names of its fields in errors.
  let path: String
  private(set) var errors: [FieldError] = []

  init(json: JSONValue, path: String) {
    self.json = json
    self.path = path
  }

  /// Nil when anything is wrong.
  mutating func question() -> QuizQuestion? {
    guard json.object != nil else {
      refuse("", "NOT_AN_OBJECT", fr: "Une question est attendue.", en: "A question is expected.")
      return nil
    }
    guard let kind = json["type"]?.string.flatMap(QuizQuestion.Kind.init) else {
      let words = QuizQuestion.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      refuse("type", "UNKNOWN_CHOICE", fr: "Choisissez parmi : \(words).", en: "Choose one of: \(words).")
      return nil
    }
    let text = text("text", 1...2_000)
    let image = file()
    let points = points()
    let explanation = json["explanation"] == nil ? "" : self.text("explanation", 0...2_000)
    guard let answers = answers(kind), errors.isEmpty else { return nil }
    return QuizQuestion(
      id: 0, kind: kind, text: text, imageURL: image, options: answers.options, choices: answers.choices,
      right: answers.right, points: points, explanation: explanation)
  }

  private mutating func text(_ name: String, _ length: ClosedRange<Int>) -> String {
    read(Column("\(path).\(name)", .text(length, lines: true), fr: "", en: ""), json[name])
  }

  private mutating func file() -> String {
    guard let json = json["imageUrl"] else { return "" }
    return read(Column("\(path).imageUrl", .file, fr: "", en: ""), json)
  }

  /// A text as a column of that kind reads it, with its errors.
  private mutating func read(_ column: Column, _ json: JSONValue?) -> String {
    do throws(FieldError) {
      guard let json else { throw column.required }
      if case .text(let text) = try column.value(of: json) { return text }
    } catch {
      errors.append(error)
    }
    return ""
  }

  private mutating func points() -> Double {
    guard let json = json["points"], !json.isNull else { return 1 }
    guard let points = json.double, points > 0, points <= QuizQuestion.mostPoints else {
      let most = Int(QuizQuestion.mostPoints)
      refuse(
        "points", "NOT_IN_RANGE", fr: "Un nombre supérieur à 0, \(most) au plus.",
        en: "A number above 0, at most \(most).")
      return 1
    }
    return points
  }

  /// 2 to 30 texts, each another one.
  mutating func texts(_ name: String, _ count: ClosedRange<Int> = QuizQuestion.optionCount) -> [String]? {
    guard let list = json[name]?.array, count.contains(list.count) else {
      refuse(
        name, "WRONG_COUNT", fr: "De \(count.lowerBound) à \(count.upperBound) réponses.",
        en: "\(count.lowerBound) to \(count.upperBound) answers.")
      return nil
    }
    let before = errors.count
    var texts: [String] = []
    for (index, element) in list.enumerated() {
      let place = "\(path).\(name)[\(index)]"
      let text = read(Column(place, .text(1...QuizQuestion.longestOption), fr: "", en: ""), element).composed
      if !text.isEmpty, texts.contains(text) {
        errors.append(
          FieldError(
            place, "TWICE",
            Sentence(
              fr: "Cette réponse y est déjà. Modifiez-la ou supprimez-la.",
              en: "This answer is there already. Change or delete it.")))
      }
      texts.append(text)
    }
    return errors.count == before ? texts : nil
  }

  mutating func refuse(_ name: String, _ code: String, fr: String, en: String) {
    let field = name.isEmpty ? path : "\(path).\(name)"
    errors.append(FieldError(field, code, Sentence(fr: fr, en: en)))
  }
}
