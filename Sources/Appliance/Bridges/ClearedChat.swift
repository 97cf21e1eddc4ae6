import HTTP
import Store

/// Deletes all that was said in a channel so far: one message after the other as an admin would, many in a
/// transaction, so that every client hears of it.
struct ClearedChat {
  private static let batch = 100

  static let nextSQL = """
    SELECT id FROM chat_messages WHERE channel_id = ? AND id < ? AND deleted_at IS NULL
    ORDER BY id DESC LIMIT ?
    """

  let database: Database
  let sessions: Sessions
  let chat: Chat

  /// Throws 403 where the account is no admin's. `address` is where it was asked from, for the audit log.
  func clear(_ channel: Int64, by account: Account, from address: String) async throws {
    try await database.write { [directory = chat.directory] tx in
      let name = try directory.find(channel, in: tx)?.name ?? ""
      try Audit.record(
        .channelChanged, actor: account, on: Audit.Subject(type: "channel", id: channel, name: name),
        from: address, details: "cleared", in: tx)
    }
    var before = Int64.max
    while let next = try await clear(channel, before: before, account) { before = next }
  }

  /// Deletes the newest below an id; answers where to go on, or nil at the end.
  private func clear(_ channel: Int64, before: Int64, _ account: Account) async throws -> Int64? {
    // Who loses the right halfway stops there.
    guard sessions.account(account.id)?.role == .admin else { throw Failure.forbidden }
    return try await database.write { [chat] tx in
      let ids = try tx.query(Self.nextSQL, channel, before, Self.batch) { $0.int64(0) }
      for id in ids { try chat.delete(id, by: account, in: tx) }
      return ids.count == Self.batch ? ids.last : nil
    }
  }
}
