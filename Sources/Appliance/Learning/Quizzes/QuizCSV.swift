import HTTP

/// Quizzes as tables: `type,text,options,correctAnswer,points,explanation,imageUrl`, one question a row.
///
/// Several options or answers in a cell are separated by `|`; a backslash before `|`, `\` or `>` keeps it as it is. A
/// right option is named by its text or its number from 1, an order is that of its options, and the options of a match
/// are pairs `left -> right`; one without a left is a choice that fits nothing. A number may have a tolerance: `3.14 ± 0.01`.
enum QuizCSV {
  static let columns = ["type", "text", "options", "correctAnswer", "points", "explanation", "imageUrl"]

  /// Whether a text begins with the head of such a table.
  static func isTable(_ text: String) -> Bool {
    let head = CSVTable(text.prefix { !$0.isNewline }.lowercased(), mostRows: 1)?.rows.first?.cells ?? []
    return head.contains("type") && head.contains("text")
  }

  static func read(_ text: String) -> QuizImport {
    var questions = QuizImport()
    guard let table = CSVTable(text, mostRows: QuizQuestion.most + 1), let head = table.rows.first else {
      questions.refuse(
        "NOT_A_TABLE", line: 1,
        fr: "Tableau illisible : un guillemet n’est pas fermé, ou il a plus de \(QuizQuestion.most) lignes.",
        en: "Unreadable table: a quote is not closed, or it has more than \(QuizQuestion.most) rows.")
      return questions
    }
    let names = head.cells.map { name in columns.first { $0.lowercased() == name.lowercased() } }
    guard names.contains("type"), names.contains("text") else {
      let list = columns.joined(separator: ", ")
      questions.refuse(
        "NO_HEAD", line: head.line, fr: "La première ligne doit nommer les colonnes : \(list).",
        en: "The first line must name the columns: \(list).")
      return questions
    }
    for row in table.rows.dropFirst() {
      var cells: [String: String] = [:]
      for (name, cell) in zip(names, row.cells) { if let name { cells[name] = CSVText.read(cell) } }
      questions.add(QuizCSVRow(cells: cells).body, line: row.line)
    }
    return questions
  }

  static func bytes(of questions: [QuizQuestion]) -> [UInt8] {
    var csv = CSVText()
    csv.row(columns)
    for question in questions {
      let (options, right) = QuizCSVRow.cells(of: question)
      csv.row([
        question.kind.rawValue, question.text, options, right, QuizCSVRow.text(question.points),
        question.explanation, question.imageURL,
      ])
    }
    return csv.bytes
  }
}
