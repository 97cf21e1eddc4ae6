import HTTP
import Store

/// Deletes all messages of a channel, each as an admin would delete it, but many per transaction; every
/// client is told.
struct ClearedChat {
  private static let batch = 100

  static let nextSQL = """
    SELECT id FROM chat_messages WHERE channel_id = ? AND id < ? AND deleted_at IS NULL
    ORDER BY id DESC LIMIT ?
    """

  let database: Database
  let sessions: Sessions
  let chat: Chat

  /// Throws 403 unless the account is an admin. `address` is the client's address, for the audit log.
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

  /// Deletes the newest messages below an id; returns where to continue, or nil at the end.
  private func clear(_ channel: Int64, before: Int64, _ account: Account) async throws -> Int64? {
    // Checked for each batch: an admin who loses the right stops here.
    guard sessions.account(account.id)?.role == .admin else { throw Failure.forbidden }
    return try await database.write { [chat] tx in
      let ids = try tx.query(Self.nextSQL, channel, before, Self.batch) { $0.int64(0) }
      for id in ids { try chat.delete(id, by: account, in: tx) }
      return ids.count == Self.batch ? ids.last : nil
    }
  }
}
