/// Writes questions as a GIFT file, which `File` reads back as the same questions.
public enum Writer {
  public static func text(of questions: [Question]) -> String {
    var text = ""
    var category = ""
    for question in questions {
      if question.category != category {
        category = question.category
        text += "$CATEGORY: \(escaped(category))\n\n"
      }
      if let points = question.points { text += "// points: \(number(points))\n" }
      if !question.title.isEmpty { text += "::\(escaped(question.title))::" }
      text +=
        "\(question.isHTML ? "[html]" : marker(question.text))\(escaped(question.text)) {\(answers(question.task))"
      text += question.feedback.isEmpty ? "}\n\n" : "\n####\(escaped(question.feedback))}\n\n"
    }
    return text
  }

  private static func answers(_ task: Question.Task) -> String {
    switch task {
    case .choice(let choices, let isMultiple):
      // A single choice is known by a `=`.
      let best = isMultiple ? .infinity : choices.map(\.weight).max() ?? 100
      return choices.map {
        lines($0, sign: $0.weight == best ? "=" : "~", usual: $0.weight == best ? 100 : 0)
      }.joined()
    case .text(let texts): return texts.map { lines($0, sign: "=", usual: 100) }.joined()
    case .truth(let isTrue, let ifWrong, let ifRight):
      return (isTrue ? "TRUE" : "FALSE") + (ifWrong.isEmpty && ifRight.isEmpty ? "" : "#\(escaped(ifWrong))")
        + (ifRight.isEmpty ? "" : "#\(escaped(ifRight))")
    case .number(let ranges): return "#" + ranges.map(line).joined()
    case .match(let pairs):
      return pairs.map { "\n\t=\(escaped($0.left, ">")) -> \(escaped($0.right, ">"))" }.joined()
    case .order(let items): return ">ALL" + items.map { "\n" + escaped($0, "/") }.joined()
    case .essay: return ""
    }
  }

  private static func lines(_ choice: Question.Choice, sign: String, usual: Double) -> String {
    // A text that begins like a share is preceded by its own.
    "\n\t\(sign)"
      + (choice.weight == usual && choice.text.unicodeScalars.first != "%"
        ? "" : "%\(number(choice.weight))%") + escaped(choice.text)
      + (choice.feedback.isEmpty ? "" : " #\(escaped(choice.feedback))")
  }

  private static func line(_ range: Question.Range) -> String {
    "\n\t=" + (range.weight == 100 ? "" : "%\(number(range.weight))%")
      + "\(number(range.value)):\(number(range.tolerance))"
      + (range.feedback.isEmpty ? "" : " #\(escaped(range.feedback))")
  }

  /// Keeps a text from being read as a comment or as one with a marker of its own.
  private static func marker(_ text: String) -> String {
    ["//", "["].contains { text.unicodeScalars.starts(with: $0.unicodeScalars) } ? "[moodle]" : ""
  }

  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  /// With a backslash before what would delimit, and line breaks as `\n`. White space at the ends is not kept.
  private static func escaped(_ text: String, _ further: Unicode.Scalar? = nil) -> String {
    var written = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "~", "=", "#", "{", "}", ":", "\\":
        written.append("\\")
        written.append(scalar)
      case "\n": written.append(contentsOf: "\\n".unicodeScalars)
      case "\r": continue
      default:
        if scalar == further { written.append("\\") }
        written.append(scalar)
      }
    }
    return String(written)
  }
}
