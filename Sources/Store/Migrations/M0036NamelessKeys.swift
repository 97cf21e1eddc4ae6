extension Migration {
  /// A category whose name consists of accents only had an empty key. Rows start with an empty key until
  /// their trigger runs, so no further category could be created. Such names get their id appended, and so a
  /// key.
  static let namelessKeys = Migration(36, "nameless_keys") { tx in
    try tx.executeScript(
      "UPDATE employee_categories SET name = name || ' (' || id || ')' WHERE name_key = '';")
  }
}
