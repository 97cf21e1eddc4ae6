import HTTP
import Store

/// Categories of people. What changes in one applies to its people's open sessions at once.
struct CategoriesFeature: Feature {
  let database: Database
  let sessions: Sessions

  private static let right = Permission.manageEmployeeCategories.rawValue

  var routes: [Route] {
    let path = "/api/employee-categories"
    let access = Access.right(Self.right)
    let schema = EmployeeCategoryFields.schema
    return [
      .get(path, .signedIn, "List user categories", list),
      .get(path + "/:id", .signedIn, "Get a user category", get),
      .post(path, access, "Create a user category", request: schema, create),
      .patch(path + "/:id", access, "Edit a user category", request: schema, change),
      .put(path + "/:id", access, "Edit a user category", request: schema, change),
      .delete(path + "/:id", access, "Delete a user category; its users are kept", delete),
    ]
  }

  private func list(_ request: Request) async throws -> Response {
    let page = try Paging(request)
    let found = try await database.read { connection in
      try connection.page(
        "SELECT \(EmployeeCategory.columns) FROM employee_categories WHERE id < ? ORDER BY id DESC LIMIT ?",
        [page.before], limit: page.limit, map: EmployeeCategory.init)
    }
    var response = Response.json { json in
      json.beginArray()
      for category in found.rows { category.write(to: &json) }
      json.endArray()
    }
    response.add(nextBefore: found.next)
    return response
  }

  private func get(_ request: Request) async throws -> Response {
    let id = try request.id()
    guard let category = try await database.read({ try EmployeeCategory.find(id, in: $0) }) else {
      throw Failure.notFound
    }
    return .json { category.write(to: &$0) }
  }

  private func create(_ request: Request) async throws -> Response {
    let fields = try EmployeeCategoryFields(try request.json(), isNew: true)
    let made = try await database.change(.categoryChanged, on: nil, by: request) { tx in
      let actor = try Standing.actor(request, right: Self.right, in: tx)
      let words = (fields.permissions ?? []).map(\.rawValue)
      try Standing.check(actor, gives: Set(words))
      let name = fields.name ?? ""
      try Self.checkIsFree(name, for: 0, in: tx)
      try tx.execute(
        """
        INSERT INTO employee_categories (name, description, color, permissions, is_active, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, name, fields.description ?? "", fields.color ?? "#10B981", Self.json(words),
        fields.isActive ?? true, tx.now, tx.now)
      guard let made = try EmployeeCategory.find(tx.lastInsertedID, in: tx) else { throw Failure.notFound }
      try Self.record("created", made, actor, request, in: tx)
      return made
    }
    return .json(201) { made.write(to: &$0) }
  }

  private func change(_ request: Request) async throws -> Response {
    let id = try request.id()
    let fields = try EmployeeCategoryFields(try request.json(), isNew: false)
    let changed = try await database.change(.categoryChanged, on: nil, by: request) { [self] tx in
      guard let old = try EmployeeCategory.find(id, in: tx) else { throw Failure.notFound }
      let actor = try Standing.actor(request, right: Self.right, in: tx)
      let permissions = fields.permissions ?? old.permissions
      try Standing.check(actor, gives: Set((old.permissions + permissions).map(\.rawValue)))
      let name = fields.name ?? old.name
      try Self.checkIsFree(name, for: id, in: tx)
      try tx.execute(
        """
        UPDATE employee_categories SET name = ?, description = ?, color = ?, permissions = ?, is_active = ?,
          updated_at = ? WHERE id = ?
        """, name, fields.description ?? old.description, fields.color ?? old.color,
        Self.json(permissions.map(\.rawValue)), fields.isActive ?? old.isActive, tx.now, id)
      for person in try old.people(in: tx) { try sessions.refresh(person, in: tx) }
      guard let new = try EmployeeCategory.find(id, in: tx) else { throw Failure.notFound }
      try Self.record("changed", new, actor, request, in: tx)
      return new
    }
    return .json { changed.write(to: &$0) }
  }

  private func delete(_ request: Request) async throws -> Response {
    let id = try request.id()
    try await database.change(.categoryChanged, on: nil, by: request) { [self] tx in
      guard let old = try EmployeeCategory.find(id, in: tx) else { throw Failure.notFound }
      let actor = try Standing.actor(request, right: Self.right, in: tx)
      try Standing.check(actor, gives: Set(old.permissions.map(\.rawValue)))
      let people = try old.people(in: tx)
      try tx.execute("DELETE FROM employee_categories WHERE id = ?", id)
      for person in people { try sessions.refresh(person, in: tx) }
      try Self.record("deleted", old, actor, request, in: tx)
    }
    return .done(
      Sentence(fr: "Catégorie supprimée.", en: "Category deleted."), for: request)
  }

  private static func record(
    _ verb: String, _ category: EmployeeCategory, _ actor: Account, _ request: Request, in tx: Transaction
  ) throws {
    let words = category.permissions.map(\.rawValue).joined(separator: " ")
    try Audit.record(
      .categoryChanged, actor: actor,
      on: Audit.Subject(type: "category", id: category.id, name: category.name), request: request,
      details: "\(verb), \(category.isActive ? "active" : "inactive"): \(words)", in: tx)
  }

  private static func json(_ words: [String]) -> String {
    var json = JSONWriter()
    json.value(.array(words.map(JSONValue.string)))
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private static func checkIsFree(_ name: String, for id: Int64, in tx: Transaction) throws {
    let other = try tx.scalar(
      "SELECT 1 FROM employee_categories WHERE name_key = fold(?) AND id <> ?", name, id)
    guard other == nil else {
      let sentence = Sentence(
        fr: "Une catégorie porte déjà ce nom. Choisissez-en un autre.",
        en: "A category with this name already exists. Choose another name.")
      throw Failure(409, "NAME_TAKEN", sentence, errors: [FieldError("name", "NAME_TAKEN", sentence)])
    }
  }
}
