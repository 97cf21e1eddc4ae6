import Store

/// The full-text index of messages, which follows the posts in the background and is built from the newest
/// message to the oldest.
///
/// A message whose id is within `Indexed` is in the index with the words of its current text. Index, range
/// and messages change in the same transactions, so that they are always consistent.
enum ChatSearch {
  /// The ids from `first` to `last`; empty when `first` is greater than `last`.
  struct Indexed: Sendable, Equatable {
    let first: Int64
    let last: Int64

    func contains(_ id: Int64) -> Bool { first <= id && id <= last }
  }

  /// Maximum number of messages indexed in one transaction.
  static let batch = 500

  /// An index built by another version of `SearchTokens` counts as empty.
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

  /// Replaces the words of a changed message.
  static func put(_ id: Int64, was old: String, is new: String, in tx: Transaction) throws {
    guard try indexed(in: tx).contains(id) else { return }
    try remove(id, old, in: tx)
    try add(id, new, in: tx)
  }

  /// Removes a message from the index before it is deleted; `text` is its current text.
  static func forget(_ id: Int64, _ text: String, in tx: Transaction) throws {
    if try indexed(in: tx).contains(id) { try remove(id, text, in: tx) }
  }

  private static func add(_ id: Int64, _ text: String, in tx: Transaction) throws {
    let words = SearchTokens(text)
    guard !words.tokens.isEmpty else { return }
    try tx.execute("INSERT INTO chat_search (rowid, words) VALUES (?, ?)", id, words.document)
  }

  /// The index does not store texts, so removing needs the text that was indexed.
  private static func remove(_ id: Int64, _ text: String, in tx: Transaction) throws {
    let words = SearchTokens(text)
    guard !words.tokens.isEmpty else { return }
    try tx.execute(
      "INSERT INTO chat_search (chat_search, rowid, words) VALUES ('delete', ?, ?)", id, words.document)
  }
}

/// Building the index.
extension ChatSearch {
  /// Whether every message is indexed.
  static func isComplete(in connection: Connection) throws -> Bool {
    let indexed = try indexed(in: connection)
    return try connection.first(nextSQL, indexed.last, 1) { $0.int64(0) } == nil
      && connection.first(earlierSQL, indexed.first, 1) { $0.int64(0) } == nil
  }

  /// Indexes the next messages: new ones first, then older ones. True when more may be left.
  static func advance(by most: Int = batch, in tx: Transaction) throws -> Bool {
    try renew(in: tx)
    let indexed = try indexed(in: tx)
    let new = try messages(nextSQL, indexed.last, most, in: tx)
    if let last = new.last {
      for message in new { try add(message.id, message.text, in: tx) }
      try tx.execute("UPDATE chat_indexed SET last_id = ? WHERE id = 1", last.id)
      return true
    }
    // The index is faster when ids increase within a transaction.
    let old = try messages(earlierSQL, indexed.first, most, in: tx).reversed()
    guard let first = old.first else { return false }
    for message in old { try add(message.id, message.text, in: tx) }
    try tx.execute("UPDATE chat_indexed SET first_id = ? WHERE id = 1", first.id)
    return true
  }

  /// Clears an index built by another version of `SearchTokens`.
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
