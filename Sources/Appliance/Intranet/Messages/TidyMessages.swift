import Store

/// Deletes copies after 30 days in the trash, up to 500 in a transaction.
struct TidyMessages: JobKind {
  /// In milliseconds.
  static let life: Int64 = 30 * 24 * 3600 * 1000
  private static let batch = 500

  let database: Database

  let name = "messages.tidy"
  let period: Int64? = 24 * 3600 * 1000

  static let oldSQL = """
    SELECT user_id, message_id FROM message_copies WHERE folder = 'trash' AND moved_at < ? LIMIT ?
    """

  func run(_ context: JobContext) async throws {
    var isMore = true
    while isMore {
      try await context.checkCancelled()
      isMore = try await database.write { try Self.tidySome(in: $0) == Self.batch }
    }
  }

  /// Returns the number of deleted copies.
  static func tidySome(in tx: Transaction) throws -> Int {
    let old = try tx.query(oldSQL, tx.now - life, batch) { ($0.int64(0), $0.int64(1)) }
    for (person, message) in old {
      try tx.execute(
        "DELETE FROM message_copies WHERE user_id = ? AND folder = 'trash' AND message_id = ?", person,
        message)
    }
    return old.count
  }
}
