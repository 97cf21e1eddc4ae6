/// `?q=` as patterns for `LIKE … ESCAPE '\'`.
///
/// SQLite folds the case of ASCII only, so that `é` and `É` need a pattern each.
struct SearchPattern: Sendable {
  let lower: String
  let upper: String

  /// Nil where there is nothing to look for.
  init?(_ text: String?) {
    let text = (text ?? "").trimmed()
    guard !text.isEmpty else { return nil }
    let escaped = String(text.prefix(100)).reduce(into: "") { pattern, character in
      if "\\%_".contains(character) { pattern.append("\\") }
      pattern.append(character)
    }
    lower = "%\(escaped.lowercased())%"
    upper = "%\(escaped.uppercased())%"
  }

  /// A condition on columns, with two `?` for each.
  static func condition(_ columns: [String]) -> String {
    "(" + columns.map { "\($0) LIKE ? ESCAPE '\\' OR \($0) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")
      + ")"
  }

  /// The arguments of `condition`.
  func arguments(_ columns: [String]) -> [String] {
    columns.flatMap { _ in [lower, upper] }
  }
}
