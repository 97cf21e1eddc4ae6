import Store

/// The full-text index of what was written: kept behind the posts, and made from the newest message to the oldest.
///
/// A message is in the index, with the words of the text that its row has, as long as its id is in `Indexed`. Index,
/// range and rows change in the same transactions, so that none is ahead.
enum ChatSearch {
  /// The ids from `first` to `last`; none where the one is beyond the other.
  struct Indexed: Sendable, Equatable {
    let first: Int64
    let last: Int64

    func contains(_ id: Int64) -> Bool { first <= id && id <= last }
  }

  /// Messages that one transaction indexes at most.
  static let batch = 500

  /// An index of other words than this program looks for counts for nothing.
  static let indexedSQL = """
    SELECT first_id, last_id FROM chat_indexed WHERE id = 1 AND version = \(SearchTokens.version)
    """
  static let nextSQL = "SELECT id, text FROM chat_messages WHERE id > ? ORDER BY id LIMIT ?"
  static let earlierSQL = "SELECT id, text FROM chat_messages WHERE id < ? ORDER BY id DESC LIMIT ?"
  static let newestSQL = "SELECT max(id) FROM chat_messages"

  static func indexed(in connection: Connection) throws -> Indexed {
    try connection.first(indexedSQL) { Indexed(first: $0.int64(0), last: $0.int64(1)) }
      ?? Indexed(first: .max, last: 0)
  }

  /// Replaces what a changed message is found by.
  static func put(_ id: Int64, was old: String, is new: String, in tx: Transaction) throws {
    guard try indexed(in: tx).contains(id) else { return }
    try remove(id, old, in: tx)
    try add(id, new, in: tx)
  }

  /// Makes a message unfindable that is being deleted, or whose row goes; `text` is what that has until now.
  static func forget(_ id: Int64, _ text: String, in tx: Transaction) throws {
    if try indexed(in: tx).contains(id) { try remove(id, text, in: tx) }
  }

  private static func add(_ id: Int64, _ text: String, in tx: Transaction) throws {
    let words = SearchTokens(text)
    guard !words.tokens.isEmpty else { return }
    try tx.execute("INSERT INTO chat_search (rowid, words) VALUES (?, ?)", id, words.document)
  }

  /// The index keeps no text of its own: it has to be told what it was.
  private static func remove(_ id: Int64, _ text: String, in tx: Transaction) throws {
    let words = SearchTokens(text)
    guard !words.tokens.isEmpty else { return }
    try tx.execute(
      "INSERT INTO chat_search (chat_search, rowid, words) VALUES ('delete', ?, ?)", id, words.document)
  }
}

/// How the index is made.
extension ChatSearch {
  /// Whether every message is in the index.
  static func isComplete(in connection: Connection) throws -> Bool {
    let indexed = try indexed(in: connection)
    return try connection.first(nextSQL, indexed.last, 1) { $0.int64(0) } == nil
      && connection.first(earlierSQL, indexed.first, 1) { $0.int64(0) } == nil
  }

  /// Indexes the next messages: what is new, then what is older; true where something may be left.
  static func advance(by most: Int = batch, in tx: Transaction) throws -> Bool {
    try renew(in: tx)
    let indexed = try indexed(in: tx)
    let new = try messages(nextSQL, indexed.last, most, in: tx)
    if let last = new.last {
      for message in new { try add(message.id, message.text, in: tx) }
      try tx.execute("UPDATE chat_indexed SET last_id = ? WHERE id = 1", last.id)
      return true
    }
    // The index wants growing ids within a transaction.
    let old = try messages(earlierSQL, indexed.first, most, in: tx).reversed()
    guard let first = old.first else { return false }
    for message in old { try add(message.id, message.text, in: tx) }
    try tx.execute("UPDATE chat_indexed SET first_id = ? WHERE id = 1", first.id)
    return true
  }

  /// Empties an index that was made of other words than this program looks for.
  private static func renew(in tx: Transaction) throws {
    guard try tx.first(indexedSQL, map: { _ in true }) == nil else { return }
    try tx.execute("INSERT INTO chat_search (chat_search) VALUES ('delete-all')")
    let newest = try tx.scalar(newestSQL) ?? 0
    try tx.execute(
      "INSERT OR REPLACE INTO chat_indexed (id, version, first_id, last_id) VALUES (1, ?, ?, ?)",
      SearchTokens.version, newest == .max ? newest : newest + 1, newest)
  }

  private static func messages(
    _ sql: String, _ position: Int64, _ most: Int, in tx: Transaction
  ) throws -> [(id: Int64, text: String)] {
    try tx.query(sql, position, most) { (id: $0.int64(0), text: $0.text(1)) }
  }
}
