import HTTP
import Store

/// `/api/shortcuts`: each person's own links and their categories, in the format of the Workspace client.
struct ShortcutsFeature: Feature {
  static let mostCategories = 100
  static let mostShortcuts = 1000
  static let frame = "SHORTCUTS_CHANGED"
  private static let longestName = 100

  let database: Database
  let hub: Hub

  var table: PersonalTable { table("shortcuts", most: Self.mostShortcuts) }
  private var categoryTable: PersonalTable { table("shortcut_categories", most: Self.mostCategories) }

  private func table(_ name: String, most: Int) -> PersonalTable {
    PersonalTable(name: name, most: most, frame: Self.frame, database: database, hub: hub)
  }

  private static let category = Schema.object([
    ("id", .integer, required: true), ("name", .string, required: true),
  ])
  private static let madeCategory = Schema.object([
    ("success", .boolean, required: true), ("id", .integer, required: true),
    ("name", .string, required: true),
  ])
  private static let name = Schema.object([("name", .text(1...longestName), required: true)])

  var routes: [Route] { categoryRoutes + shortcutRoutes }

  private var categoryRoutes: [Route] {
    let path = "/api/shortcuts/categories"
    return [
      .get(
        path, .signedIn, "List the categories of your own links", response: .array(Self.category), categories),
      .post(
        path, .signedIn, "Add a category of your own links", request: Self.name, response: Self.madeCategory,
        createCategory),
      .put(
        path + "/:id", .signedIn, "Rename a category of your own links", request: Self.name,
        response: Self.madeCategory, renameCategory),
      .delete(
        path + "/:id", .signedIn, "Delete a category of your own links, with its links", response: .done,
        categoryTable.delete),
    ]
  }

  static let categoriesSQL = "SELECT id, name FROM shortcut_categories WHERE user_id = ? ORDER BY id LIMIT ?"

  private func categories(_ request: Request) async throws -> Response {
    let account = try request.account()
    let rows = try await database.read { connection in
      try connection.query(Self.categoriesSQL, account.id, Self.mostCategories) { ($0.int64(0), $0.text(1)) }
    }
    return .json { json in
      json.array { json in
        for (id, name) in rows {
          json.object { json in
            json.field("id", id)
            json.field("name", name)
          }
        }
      }
    }
  }

  private func createCategory(_ request: Request) async throws -> Response {
    let account = try request.account()
    let name = try Self.name(of: try request.json())
    let id = try await categoryTable.add(of: account.id) { tx in
      try tx.execute(
        "INSERT INTO shortcut_categories (user_id, name, created_at) VALUES (?, ?, ?)", account.id, name,
        tx.now)
    }
    return category(id, name, 201)
  }

  private func renameCategory(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let name = try Self.name(of: try request.json())
    try await categoryTable.change(of: account.id) { tx in
      try tx.execute(
        "UPDATE shortcut_categories SET name = ? WHERE id = ? AND user_id = ?", name, id, account.id) > 0
        ? id : nil
    }
    return category(id, name, 200)
  }

  private static func name(of body: JSONValue) throws(Failure) -> String {
    guard let name = try PersonalRecords.name("name", of: body, most: longestName) else {
      throw PersonalRecords.required("name")
    }
    return name
  }

  private func category(_ id: Int64, _ name: String, _ status: Int) -> Response {
    .json(status) { json in
      json.object { json in
        json.field("success", true)
        json.field("id", id)
        json.field("name", name)
      }
    }
  }
}
