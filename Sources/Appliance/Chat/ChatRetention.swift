import Store

/// Deletes messages beyond their channel's retention, messages of deleted channels, and channels without
/// members.
struct ChatRetention: JobKind {
  static let kind = "chat.retention"
  static let mostDays: Int64 = 3650
  private static let day: Int64 = 24 * 3600 * 1000
  /// Maximum number of messages deleted in one transaction.
  private static let batch = 500

  static let limitedSQL = "SELECT id, retention_days FROM channels WHERE retention_days > 0"
  static let oldSQL = """
    SELECT id, text, created_at, pinned_at IS NOT NULL FROM chat_messages
    WHERE channel_id = ? AND id > ? ORDER BY id LIMIT ?
    """
  static let emptySQL = """
    SELECT id FROM channels WHERE kind = 'private'
      AND NOT EXISTS (SELECT 1 FROM channel_members WHERE channel_id = channels.id) LIMIT ?
    """
  static let leaderlessSQL = """
    SELECT id FROM channels WHERE kind = 'private'
      AND NOT EXISTS (SELECT 1 FROM channel_members WHERE channel_id = channels.id AND role = 'admin')
      AND EXISTS (SELECT 1 FROM channel_members WHERE channel_id = channels.id) LIMIT ?
    """

  let clock: Clock
  let database: Database
  let notifications: Notifications
  let chat: Chat

  let name = ChatRetention.kind
  let period: Int64? = 3600 * 1000

  func run(_ context: JobContext) async throws {
    try await database.write { [directory = chat.directory] tx in
      try Self.settle(directory, in: tx)
    }
    let (limited, discarded) = try await database.read { connection in
      (
        try connection.query(Self.limitedSQL) { (channel: $0.int64(0), days: $0.int64(1)) },
        try connection.query("SELECT channel_id FROM chat_discarded") { $0.int64(0) }
      )
    }
    for channel in discarded {
      try await sweep(channel, before: .max, sparesPinned: false, context)
      try await database.write { tx in
        _ = try tx.execute("DELETE FROM chat_discarded WHERE channel_id = ?", channel)
      }
    }
    let now = clock.now()
    for (channel, days) in limited {
      try await sweep(channel, before: now - days * Self.day, sparesPinned: true, context)
    }
  }

  /// Deletes a channel in this transaction and schedules the deletion of its messages, which may be many.
  static func discard(_ channel: Int64, _ jobs: JobQueue, in tx: Transaction) throws {
    try remove(channel, in: tx)
    try jobs.enqueue(kind, priority: .low, in: tx)
  }

  private static func remove(_ channel: Int64, in tx: Transaction) throws {
    try tx.execute("DELETE FROM channels WHERE id = ?", channel)
    try tx.execute("INSERT OR IGNORE INTO chat_discarded (channel_id) VALUES (?)", channel)
  }

  private func sweep(
    _ channel: Int64, before: Int64, sparesPinned: Bool, _ context: JobContext
  ) async throws {
    var position: Int64? = 0
    while let start = position {
      try await context.checkCancelled()
      position = try await database.write { [notifications] tx in
        try Self.sweep(
          channel, after: start, before: before, sparesPinned: sparesPinned, notifications, in: tx)
      }
    }
  }

  /// Deletes the outdated among the next messages of a channel; returns where to continue, or nil at the end.
  private static func sweep(
    _ channel: Int64, after start: Int64, before: Int64, sparesPinned: Bool, _ notifications: Notifications,
    in tx: Transaction
  ) throws -> Int64? {
    let found = try tx.query(oldSQL, channel, start, batch) { row in
      (id: row.int64(0), text: row.text(1), isOld: row.int64(2) < before, isPinned: row.bool(3))
    }
    let old = found.filter { $0.isOld && !(sparesPinned && $0.isPinned) }
    try notifications.takeBack(old.map(\.id), of: Channel.subject(channel), in: tx)
    for message in old {
      try ChatSearch.forget(message.id, message.text, in: tx)
      try tx.execute("DELETE FROM chat_messages WHERE id = ?", message.id)
    }
    guard let last = found.last, found.count == batch, last.isOld else { return nil }
    return last.id
  }

  /// After people were deleted: deletes channels without members, and promotes the longest-standing member of
  /// channels without an admin.
  private static func settle(_ directory: ChannelDirectory, in tx: Transaction) throws {
    for channel in try tx.query(emptySQL, batch, map: { $0.int64(0) }) {
      try remove(channel, in: tx)
      try directory.refresh(channel, in: tx)
    }
    for channel in try tx.query(leaderlessSQL, batch, map: { $0.int64(0) }) {
      try tx.execute(
        """
        UPDATE channel_members SET role = 'admin' WHERE channel_id = ?1 AND user_id = (
          SELECT user_id FROM channel_members WHERE channel_id = ?1 ORDER BY joined_at, user_id LIMIT 1)
        """, channel)
      try directory.refresh(channel, in: tx)
    }
  }
}
