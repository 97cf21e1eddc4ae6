import HTTP
import Store

/// The routes of the links.
extension ShortcutsFeature {
  private static let change = Schema.object([
    ("name", .text(1...Shortcut.longestTitle), required: false),
    ("title", .text(1...Shortcut.longestTitle), required: false),
    ("url", .text(1...Shortcut.longestURL), required: false),
    ("category_id", .reference, required: false),
  ])

  var shortcutRoutes: [Route] {
    let path = "/api/shortcuts"
    return [
      .get(path, .signedIn, "List your own links, in your order", response: .array(Shortcut.schema), list),
      .post(
        path, .signedIn, "Add a link of your own",
        request: .object([
          ("category_id", .reference, required: true),
          ("title", .text(1...Shortcut.longestTitle), required: true),
          ("url", .text(1...Shortcut.longestURL), required: true),
        ]), response: Shortcut.answerSchema, create
      ).checkingKinds(),
      .put(
        path + "/reorder", .signedIn,
        "Put the links of a category in your order, also those that come from another",
        request: .object([
          ("category_id", .reference, required: true), ("shortcut_ids", .array(.reference), required: true),
        ]), response: .done, reorder
      ).checkingKinds(),
      .put(
        path + "/:id", .signedIn, "Change a link of your own", request: Self.change,
        response: Shortcut.answerSchema, edit
      ).checkingKinds(),
      .delete(path + "/:id", .signedIn, "Delete a link of your own", response: .done, table.delete),
    ]
  }

  static let listSQL =
    "SELECT \(Shortcut.columns) FROM shortcuts WHERE user_id = ? ORDER BY position, id LIMIT ?"

  private func list(_ request: Request) async throws -> Response {
    let account = try request.account()
    let rows = try await database.read { connection in
      try connection.query(Self.listSQL, account.id, Self.mostShortcuts, map: Shortcut.init)
    }
    return .json { json in
      json.array { json in
        for shortcut in rows { json.object { shortcut.writeFields(to: &$0) } }
      }
    }
  }

  private func create(_ request: Request) async throws -> Response {
    let account = try request.account()
    var shortcut = Shortcut()
    try shortcut.take(try request.json())
    shortcut.id = try await table.add(of: account.id) { [shortcut] tx in
      try Self.check(shortcut.category, of: account.id, in: tx)
      try tx.execute(
        """
        INSERT INTO shortcuts (user_id, category_id, title, url, position, created_at)
        VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(position), 0) + 1 FROM shortcuts WHERE user_id = ?1), ?5)
        """, account.id, shortcut.category, shortcut.title, shortcut.url, tx.now)
    }
    return answer(shortcut, 201)
  }

  private func edit(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let body = try request.json()
    let changed = try await table.change(of: account.id) { tx -> Shortcut? in
      let found = try tx.first(
        "SELECT \(Shortcut.columns) FROM shortcuts WHERE id = ? AND user_id = ?", id, account.id,
        map: Shortcut.init)
      guard var shortcut = found else { return nil }
      try shortcut.take(body)
      try Self.check(shortcut.category, of: account.id, in: tx)
      try tx.execute(
        "UPDATE shortcuts SET title = ?, url = ?, category_id = ? WHERE id = ?", shortcut.title, shortcut.url,
        shortcut.category, id)
      return shortcut
    }
    return answer(changed, 200)
  }

  /// Saves all positions, or none if one of the links does not exist.
  private func reorder(_ request: Request) async throws -> Response {
    let account = try request.account()
    let body = try request.json()
    guard let category = try Reference("category_id", of: body).id else {
      throw PersonalRecords.required("category_id")
    }
    guard let list = body["shortcut_ids"]?.array, list.count <= Self.mostShortcuts else { throw Self.noList }
    let ids = list.compactMap { $0.int64 ?? $0.string.flatMap { Int64(digits: $0) } }
    guard ids.count == list.count else { throw Self.noList }
    try await table.change(of: account.id) { tx in
      try Self.check(category, of: account.id, in: tx)
      for (place, id) in ids.enumerated() {
        let changed = try tx.execute(
          "UPDATE shortcuts SET position = ?, category_id = ? WHERE id = ? AND user_id = ?", place + 1,
          category, id,
          account.id)
        guard changed > 0 else { throw Failure.notFound }
      }
      return true
    }
    return .done(Sentence(fr: "Ordre enregistré.", en: "Order saved."), for: request)
  }

  private static func check(_ category: Int64, of person: Int64, in tx: Transaction) throws {
    let found = try tx.scalar(
      "SELECT 1 FROM shortcut_categories WHERE id = ? AND user_id = ?", category, person)
    guard found != nil else {
      throw PersonalRecords.wrong(
        "category_id", "UNKNOWN_REFERENCE", fr: "Cet élément n’existe pas.", en: "There is no such item.")
    }
  }

  private static let noList = PersonalRecords.wrong(
    "shortcut_ids", "NOT_A_LIST", fr: "Une liste est attendue.", en: "A list is expected.")

  private func answer(_ shortcut: Shortcut, _ status: Int) -> Response {
    .json(status) { json in
      json.object { json in
        json.field("success", true)
        shortcut.writeFields(to: &json)
      }
    }
  }
}
