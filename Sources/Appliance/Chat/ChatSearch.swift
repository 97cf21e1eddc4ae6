import Store

/// The full-text index of what was written: kept behind the posts, and complete before it answers.
///
/// A message is in the index, with the text that its row has, as long as its id is not beyond
/// `chat_indexed.last_id`. Index, position and rows change in the same transactions, so that none is ahead.
enum ChatSearch {
  /// Messages that one transaction indexes at most.
  static let batch = 500

  static let positionSQL = "SELECT last_id FROM chat_indexed WHERE id = 1"
  static let nextSQL = "SELECT id, text FROM chat_messages WHERE id > ? ORDER BY id LIMIT ?"
  static let newestSQL = "SELECT max(id) FROM chat_messages"

  /// Replaces what a changed message is found by.
  static func put(_ id: Int64, was old: String, is new: String, in tx: Transaction) throws {
    guard try isIndexed(id, in: tx) else { return }
    try remove(id, old, in: tx)
    try tx.execute("INSERT INTO chat_search (rowid, text) VALUES (?, ?)", id, new)
  }

  /// Makes a message that is being deleted, and keeps its mark, unfindable; `old` is its text until now.
  static func forget(_ id: Int64, was old: String, in tx: Transaction) throws {
    try put(id, was: old, is: "", in: tx)
  }

  /// Takes a message out whose row goes; `text` is what that has.
  static func drop(_ id: Int64, _ text: String, in tx: Transaction) throws {
    if try isIndexed(id, in: tx) { try remove(id, text, in: tx) }
  }

  /// Whether messages up to `id` can all be found.
  static func isComplete(upTo id: Int64, in connection: Connection) throws -> Bool {
    try connection.scalar(positionSQL) ?? 0 >= id
  }

  /// Indexes the next messages; true where something is left.
  static func advance(by most: Int = batch, in tx: Transaction) throws -> Bool {
    let position = try tx.scalar(positionSQL) ?? 0
    let found = try tx.query(
      nextSQL, position, most
    ) { row in (id: row.int64(0), text: row.text(1)) }
    guard let last = found.last else { return false }
    for message in found {
      try tx.execute("INSERT INTO chat_search (rowid, text) VALUES (?, ?)", message.id, message.text)
    }
    try tx.execute("UPDATE chat_indexed SET last_id = ? WHERE id = 1", last.id)
    return found.count == most
  }

  private static func isIndexed(_ id: Int64, in tx: Transaction) throws -> Bool {
    try isComplete(upTo: id, in: tx)
  }

  /// The index keeps no text of its own: it has to be told what it was.
  private static func remove(_ id: Int64, _ text: String, in tx: Transaction) throws {
    try tx.execute("INSERT INTO chat_search (chat_search, rowid, text) VALUES ('delete', ?, ?)", id, text)
  }
}
