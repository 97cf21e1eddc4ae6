import Store

/// `?q=` as it is looked for in columns: anywhere, without case and accents.
struct SearchPattern: Sendable {
  private static let longest = 100

  /// Folded.
  let needle: String

  /// Nil where there is nothing to look for.
  init?(_ text: String?) {
    needle = Folding.fold((text ?? "").clipped(to: Self.longest)).trimmed()
    if needle.isEmpty { return nil }
  }

  /// A condition on columns, with one `?`.
  static func condition(_ columns: [String]) -> String {
    "holds(?, \(columns.joined(separator: ", ")))"
  }
}
