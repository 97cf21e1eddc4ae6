extension Migration {
  /// A category's name of accents alone has an empty key, which is what every row has until its trigger ran: no other
  /// category could be made. Such a name gets its id behind it, and so a key.
  static let namelessKeys = Migration(36, "nameless_keys") { tx in
    try tx.executeScript(
      "UPDATE employee_categories SET name = name || ' (' || id || ')' WHERE name_key = '';")
  }
}
