extension QueryPlans {
  /// Steps that read no more than was asked for.
  static let boundedSteps = [
    "USING INDEX jobs_unfinished", "VIRTUAL TABLE INDEX", "(subquery", "CONSTANT ROW",
  ]

  /// Tables that stay small, and why.
  static let boundedTables: [String: String] = [
    "schema_migrations": "a row for each migration",
  ]

  /// Statements that read a whole table, and why they may.
  static let allowed: [(part: String, reason: String)] = []
}
