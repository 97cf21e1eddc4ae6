/// What is known of the whole of a database file.
public enum Integrity: Sendable, Equatable {
  /// The last stop was clean: there was no reason to look.
  case trusted
  case checking
  case sound
  /// Damaged, with SQLite's first findings.
  case damaged([String])
  /// The check did not come to its end; the next start looks again.
  case unfinished

  /// Whether the next start may do without a check.
  var isClean: Bool { self == .trusted || self == .sound }
}
