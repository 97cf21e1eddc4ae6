import Store

/// The search text of `?q=`: matches anywhere in a column, ignoring case and accents.
struct SearchPattern: Sendable {
  private static let longest = 100

  /// The folded text.
  let needle: String

  /// Nil when the text is missing or blank.
  init?(_ text: String?) {
    needle = Folding.fold((text ?? "").clipped(to: Self.longest)).trimmed()
    if needle.isEmpty { return nil }
  }

  /// An SQL condition on the columns, with one `?`.
  static func condition(_ columns: [String]) -> String {
    "holds(?, \(columns.joined(separator: ", ")))"
  }
}
