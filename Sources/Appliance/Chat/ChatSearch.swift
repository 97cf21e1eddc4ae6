import Store

/// The full-text index of what was written: kept behind the posts, and complete before it answers.
///
/// A message is in the index when its id is not beyond `chat_indexed.last_id` and it was not deleted by then.
/// Index and position change in one transaction, so that neither can be ahead of the other.
enum ChatSearch {
  /// Messages that one transaction indexes at most.
  static let batch = 500

  static let positionSQL = "SELECT last_id FROM chat_indexed WHERE id = 1"
  static let newestSQL = "SELECT max(id) FROM chat_messages"

  /// Replaces what a changed message is found by.
  static func put(_ id: Int64, was old: String, is new: String, in tx: Transaction) throws {
    guard try isIndexed(id, in: tx) else { return }
    try remove(id, old, in: tx)
    try tx.execute("INSERT INTO chat_search (rowid, text) VALUES (?, ?)", id, new)
  }

  /// Takes a message out that is being deleted; `old` is its text, and it was not deleted before.
  static func forget(_ id: Int64, was old: String, in tx: Transaction) throws {
    if try isIndexed(id, in: tx) { try remove(id, old, in: tx) }
  }

  /// Whether messages up to `id` can all be found.
  static func isComplete(upTo id: Int64, in connection: Connection) throws -> Bool {
    try connection.scalar(positionSQL) ?? 0 >= id
  }

  /// Indexes the next batch; true where something is left.
  static func advance(in tx: Transaction) throws -> Bool {
    let position = try tx.scalar(positionSQL) ?? 0
    let found = try tx.query(
      "SELECT id, text, deleted_at IS NULL FROM chat_messages WHERE id > ? ORDER BY id LIMIT ?", position,
      batch
    ) { row in (id: row.int64(0), text: row.text(1), isThere: row.bool(2)) }
    guard let last = found.last else { return false }
    for message in found where message.isThere {
      try tx.execute("INSERT INTO chat_search (rowid, text) VALUES (?, ?)", message.id, message.text)
    }
    try tx.execute("UPDATE chat_indexed SET last_id = ? WHERE id = 1", last.id)
    return found.count == batch
  }

  private static func isIndexed(_ id: Int64, in tx: Transaction) throws -> Bool {
    try isComplete(upTo: id, in: tx)
  }

  /// The index keeps no text of its own: it has to be told what it was.
  private static func remove(_ id: Int64, _ text: String, in tx: Transaction) throws {
    try tx.execute("INSERT INTO chat_search (chat_search, rowid, text) VALUES ('delete', ?, ?)", id, text)
  }
}
