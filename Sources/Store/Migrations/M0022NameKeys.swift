extension Migration {
  /// Names of public channels and of categories become unique after folding: ignoring case, accents and
  /// invisible characters, in every script. `name_key` is the folded name, kept by triggers.
  ///
  /// Among existing names that are equal once folded, the oldest keeps its name (the general channel first of
  /// all); later ones get ` (2)`, ` (3)` … appended. Nothing is merged or deleted.
  static let nameKeys = Migration(22, "name_keys") { tx in
    try tx.executeScript(
      """
      ALTER TABLE channels ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
      ALTER TABLE employee_categories ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
      DROP INDEX channels_by_name;
      """)
    let channels = "SELECT id, name FROM channels WHERE kind = 'public' ORDER BY is_general DESC, id"
    try tellApart(channels, "UPDATE channels SET name = ? WHERE id = ?", in: tx)
    let categories = "SELECT id, name FROM employee_categories ORDER BY id"
    try tellApart(categories, "UPDATE employee_categories SET name = ? WHERE id = ?", in: tx)
    try tx.executeScript(keys)
  }

  private static func tellApart(_ select: String, _ rename: String, in tx: Transaction) throws {
    let rows = try tx.query(select, arguments: []) { (id: $0.int64(0), name: $0.text(1)) }
    var taken: Set<String> = []
    for row in rows where !taken.insert(Folding.fold(row.name)).inserted {
      var number = 2
      while !taken.insert(Folding.fold("\(row.name) (\(number))")).inserted { number += 1 }
      try tx.execute(rename, arguments: ["\(row.name) (\(number))", row.id])
    }
  }

  private static let keys = """
    UPDATE channels SET name_key = fold(name);
    UPDATE employee_categories SET name_key = fold(name);
    CREATE UNIQUE INDEX channels_by_key ON channels (name_key) WHERE kind = 'public';
    CREATE UNIQUE INDEX categories_by_key ON employee_categories (name_key);
    CREATE TRIGGER channels_get_their_key AFTER INSERT ON channels BEGIN
      UPDATE channels SET name_key = fold(NEW.name) WHERE id = NEW.id;
    END;
    CREATE TRIGGER channels_change_their_key AFTER UPDATE OF name ON channels BEGIN
      UPDATE channels SET name_key = fold(NEW.name) WHERE id = NEW.id;
    END;
    CREATE TRIGGER categories_get_their_key AFTER INSERT ON employee_categories BEGIN
      UPDATE employee_categories SET name_key = fold(NEW.name) WHERE id = NEW.id;
    END;
    CREATE TRIGGER categories_change_their_key AFTER UPDATE OF name ON employee_categories BEGIN
      UPDATE employee_categories SET name_key = fold(NEW.name) WHERE id = NEW.id;
    END;
    """
}
