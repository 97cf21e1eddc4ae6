import Store

/// Deletes old notifications in batches: read ones after 30 days, all after 180.
struct TidyNotifications: JobKind {
  static let keptRead: Int64 = 30 * 24 * 3600 * 1000
  static let kept: Int64 = 180 * 24 * 3600 * 1000
  static let batch = 500

  let database: Database
  let notifications: Notifications

  let name = "notifications.tidy"
  let period: Int64? = 24 * 3600 * 1000

  /// Scans from the oldest up to the first that is too young: ids increase with time, so no index on the time
  /// is needed.
  static let windowSQL = """
    SELECT max(id), max(created_at) FROM (
      SELECT id, created_at FROM notifications WHERE id > ? ORDER BY id LIMIT \(batch))
    """
  static let deleteSQL = """
    DELETE FROM notifications WHERE id > ? AND id <= ?
      AND (created_at < ? OR created_at < ? AND read_at IS NOT NULL)
    RETURNING user_id, read_at IS NULL AND on_page = 1
    """

  func run(_ context: JobContext) async throws {
    var last: Int64? = 0
    while let from = last {
      try await context.checkCancelled()
      last = try await database.write { [notifications] tx in
        try Self.tidy(after: from, notifications, in: tx)
      }
    }
  }

  /// Tidies one batch; returns its last id, or nil when the rest is too young.
  private static func tidy(
    after id: Int64, _ notifications: Notifications, in tx: Transaction
  ) throws -> Int64? {
    let window = try tx.first(windowSQL, id) { row in
      row.optionalInt64(0).map { (last: $0, youngest: row.int64(1)) }
    }
    guard let window = window ?? nil else { return nil }
    let gone = try tx.query(deleteSQL, id, window.last, tx.now - kept, tx.now - keptRead) { row in
      (person: row.int64(0), wasCounted: row.bool(1))
    }
    try notifications.publishUnread(gone.filter(\.wasCounted).map(\.person), in: tx)
    return window.youngest < tx.now - keptRead ? window.last : nil
  }
}
