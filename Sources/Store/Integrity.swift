/// What is known about damage to a database file.
public enum Integrity: Sendable, Equatable {
  /// The last stop was clean, so nothing was checked.
  case trusted
  case checking
  case sound
  /// Damaged, with SQLite's first findings.
  case damaged([String])
  /// The check was interrupted; the next start runs it again.
  case unfinished

  /// Whether the next start may skip the check.
  var isClean: Bool { self == .trusted || self == .sound }
}
