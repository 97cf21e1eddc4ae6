import HTTP
import Store

/// A table in which each row belongs to one person: it has `id` and `user_id`. Rows of others answer 404. A change is
/// sent to the person's open pages as a frame.
struct PersonalTable: Sendable {
  let name: String
  /// Rows per person; more are refused.
  let most: Int
  /// The type of the frame.
  let frame: String
  let database: Database
  let hub: Hub

  /// Runs the INSERT of `insert` and returns the id of the row. Throws 409 when the person has too many.
  func add(
    of person: Int64, _ insert: @escaping @Sendable (Transaction) throws -> Void
  ) async throws -> Int64 {
    try await database.write { tx in
      try tx.claimSpace()
      let count = try tx.scalar("SELECT count(*) FROM \(name) WHERE user_id = ?", person) ?? 0
      guard count < most else { throw Self.tooMany }
      try insert(tx)
      let id = tx.lastInsertedID
      tell(person, in: tx)
      return id
    }
  }

  /// Throws 404 when `body` returns nil, as it does when the person has no such row.
  @discardableResult
  func change<Row: Sendable>(
    of person: Int64, _ body: @escaping @Sendable (Transaction) throws -> Row?
  ) async throws -> Row {
    try await database.write { tx in
      guard let row = try body(tx) else { throw Failure.notFound }
      tell(person, in: tx)
      return row
    }
  }

  /// Handles a DELETE of the row in the path.
  func delete(_ request: Request) async throws -> Response {
    let person = try request.account().id
    let id = try request.id()
    try await change(of: person) { tx in
      try tx.execute("DELETE FROM \(name) WHERE id = ? AND user_id = ?", id, person) > 0 ? id : nil
    }
    return .done(Sentence(fr: "Supprimé.", en: "Deleted."), for: request)
  }

  private func tell(_ person: Int64, in tx: Transaction) {
    let text = Frames.encode(frame) { json in json.object { _ in } }
    tx.afterCommit { [hub] in hub.send(Frame(text: text), to: [person]) }
  }

  private static let tooMany = Failure(
    409, "TOO_MANY",
    Sentence(fr: "Il y en a trop. Supprimez-en d’abord.", en: "There are too many. Delete some first."))
}
