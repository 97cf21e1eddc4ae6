/// The text of lessons as HTML.
enum LessonText {
  static func html(of text: String) async -> String {
    var html = "<pre>"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      default: html.unicodeScalars.append(scalar)
      }
    }
    return html + "</pre>"
  }
}
