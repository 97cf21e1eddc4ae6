import GIFT
import HTTP

/// A row of the table of a quiz, by column.
struct QuizCSVRow {
  let cells: [String: String]

  /// As the API takes a question. What is wrong with it is found when that is read.
  var body: JSONValue {
    var body: [String: JSONValue] = [:]
    let kind = cell("type").lowercased()
    for name in ["text", "explanation", "imageUrl"] where !cell(name).isEmpty {
      body[name] = .string(cell(name))
    }
    body["type"] = .string(kind)
    if !cell("points").isEmpty {
      body["points"] = Number.value(of: cell("points")).map { .number($0) } ?? .string(cell("points"))
    }
    if kind == "match" {
      let items = Self.items(cell("options"), isPairs: true)
      // Without an arrow it is a left that lacks its match.
      let pairs = items.map { (left: $0.left ?? $0.text, right: $0.left == nil ? "" : $0.text) }
      body["options"] = .array(pairs.filter { !$0.left.isEmpty }.map { .string($0.left) })
      body["correctAnswer"] = .array(pairs.filter { !$0.left.isEmpty }.map { .string($0.right) })
      if pairs.contains(where: { $0.left.isEmpty }) {
        body["choices"] = .array(Set(pairs.map(\.right)).sorted().map(JSONValue.string))
      }
      return .object(body)
    }
    let options = Self.items(cell("options"))
    if !options.isEmpty { body["options"] = .array(options.map { .string($0.text) }) }
    if kind != "order" { body["correctAnswer"] = right(kind, options.map(\.text)) }
    return .object(body)
  }

  private func cell(_ name: String) -> String { cells[name] ?? "" }

  private func right(_ kind: String, _ options: [String]) -> JSONValue {
    let given = cell("correctAnswer")
    switch kind {
    case "single": return index(given, options)
    case "multiple": return .array(Self.items(given).map { index($0.text, options) })
    case "boolean":
      let words: [String: Bool] = [
        "true": true, "vrai": true, "1": true, "false": false, "faux": false, "0": false,
      ]
      return words[given.lowercased()].map(JSONValue.bool) ?? .null
    case "text": return .array(Self.items(given).map { .string($0.text) })
    case "number":
      let parts = given.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "±" || $0 == ":" }
      let numbers = parts.map { Number.value(of: String($0)).map(JSONValue.number) ?? .string("") }
      return ["value": numbers.first ?? .null, "tolerance": numbers.count > 1 ? numbers[1] : 0]
    default: return .null
    }
  }

  /// The index of an option by its text, or by its number.
  private func index(_ given: String, _ options: [String]) -> JSONValue {
    let text = Self.items(given).first?.text ?? given
    if let index = options.firstIndex(of: text) { return .integer(Int64(index)) }
    guard let number = Int64(text), (1...30).contains(number) else { return .null }
    return .integer(number - 1)
  }

  /// One of several in a cell. A pair has what stands before its `->`.
  private struct Item {
    var text = ""
    var left: String?
  }

  private static func items(_ cell: String, isPairs: Bool = false) -> [Item] {
    if cell.isEmpty { return [] }
    var items: [Item] = []
    var item = Item()
    var isEscaped = false
    for character in cell {
      switch character {
      case "\\" where !isEscaped:
        isEscaped = true
        continue
      case "|" where !isEscaped:
        items.append(item)
        item = Item()
      case ">" where !isEscaped && isPairs && item.left == nil && item.text.last == "-":
        item = Item(left: String(item.text.dropLast()).trimmed())
      default:
        if isEscaped, !"|\\>".contains(character) { item.text.append("\\") }
        item.text.append(character)
      }
      isEscaped = false
    }
    if isEscaped { item.text.append("\\") }
    return (items + [item]).map { Item(text: $0.text.trimmed(), left: $0.left) }
  }
}

extension QuizCSVRow {
  /// The cells of a question's options and right answer.
  static func cells(of question: QuizQuestion) -> (options: String, right: String) {
    func option(_ index: Int) -> String {
      question.options.indices.contains(index) ? escaped(question.options[index]) : ""
    }
    let options = question.options.map(escaped).joined(separator: "|")
    switch question.right {
    case .index(let index): return (options, option(index))
    case .truth(let truth): return ("", truth ? "true" : "false")
    case .texts(let texts): return ("", texts.map(escaped).joined(separator: "|"))
    case .number(let value, let tolerance):
      return ("", tolerance == 0 ? text(value) : "\(text(value)) ± \(text(tolerance))")
    case .indexes(let indexes) where question.kind == .match: return (pairs(question, indexes), "")
    case .indexes(let indexes) where question.kind == .order:
      return (indexes.map(option).joined(separator: "|"), "")
    case .indexes(let indexes): return (options, indexes.map(option).joined(separator: "|"))
    }
  }

  private static func pairs(_ question: QuizQuestion, _ indexes: [Int]) -> String {
    let pairs = zip(question.options, indexes).map { option, index in
      let choice = question.choices.indices.contains(index) ? question.choices[index] : ""
      return "\(escaped(option)) -> \(escaped(choice))"
    }
    let further = question.choices.indices.filter { !indexes.contains($0) }
    return (pairs + further.map { "-> \(escaped(question.choices[$0]))" }).joined(separator: "|")
  }

  static func text(_ number: Double) -> String {
    Int64(exactly: number).map { String($0) } ?? "\(number)"
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { text, character in
      if "|\\>".contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}
