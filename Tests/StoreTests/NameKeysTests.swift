import Store
import Testing

@Suite struct NameKeysTests {
  @Test func `a category named by accents only gets a key, and others can be created`() async throws {
    let folder = try Folder()
    let make = "INSERT INTO employee_categories (name, created_at, updated_at) VALUES (?, 1, 1)"
    let old = try folder.open(migrations: Migration.all.filter { $0.number < 36 })
    try await old.write { tx in _ = try tx.execute(make, "\u{301}") }
    await old.close()
    let new = try folder.open(migrations: Migration.all)
    try await new.write { tx in _ = try tx.execute(make, "Direction") }
    let keys = try await new.read {
      try $0.query("SELECT name_key FROM employee_categories ORDER BY id") { $0.text(0) }
    }
    #expect(keys.count == 2 && !keys.contains(""))
    await new.close()
  }

  @Test func `names that became equal get a number, and lose nothing`() async throws {
    let folder = try Folder()
    let before = Migration.all.filter { $0.number < 22 }
    let old = try folder.open(migrations: before)
    try await old.write { tx in
      for (kind, name) in [
        ("public", "Équipe"), ("public", "équipe"), ("public", "équipe (2)"), ("private", "équipe"),
        ("public", "GÉNÉRAL"),
      ] {
        try tx.execute(
          "INSERT INTO channels (kind, name, created_at, updated_at) VALUES (?, ?, 1, 1)", kind, name)
      }
      for name in ["Été", "été"] {
        try tx.execute(
          "INSERT INTO employee_categories (name, created_at, updated_at) VALUES (?, 1, 1)", name)
      }
    }
    await old.close()
    let new = try folder.open(migrations: Migration.all)
    let names = try await new.read { try $0.query("SELECT name FROM channels ORDER BY id") { $0.text(0) } }
    #expect(names == ["general", "Équipe", "équipe (2)", "équipe (2) (2)", "équipe", "GÉNÉRAL (2)"])
    let categories = try await new.read {
      try $0.query("SELECT name FROM employee_categories ORDER BY id") { $0.text(0) }
    }
    #expect(categories == ["Été", "été (2)"])
    await #expect(throws: StoreError.self) {
      try await new.write { try $0.execute("UPDATE channels SET name = 'EQUIPE' WHERE id = 3") }
    }
    await new.close()
  }
}
