import Store

/// Marking notifications as read, and deleting them.
extension Notifications {
  /// Marks a notification as read; false when it is not this person's. Idempotent.
  func read(_ id: Int64, by person: Int64, in tx: Transaction) throws -> Bool {
    let changed = try tx.execute(
      "UPDATE notifications SET read_at = ? WHERE id = ? AND user_id = ? AND on_page = 1 AND read_at IS NULL",
      tx.now, id, person)
    if changed > 0 {
      try publishUnread([person], in: tx)
      return true
    }
    return try tx.scalar(
      "SELECT 1 FROM notifications WHERE id = ? AND user_id = ? AND on_page = 1", id, person) != nil
  }

  /// Marks all of a person's notifications as read, except those that are not shown on the page and wait for
  /// their mail.
  func readAll(by person: Int64, in tx: Transaction) throws {
    let changed = try tx.execute(
      "UPDATE notifications SET read_at = ? WHERE user_id = ? AND read_at IS NULL AND on_page = 1", tx.now,
      person)
    if changed > 0 { try publishUnread([person], in: tx) }
  }

  /// Deletes a notification; false when it is not this person's.
  func delete(_ id: Int64, of person: Int64, in tx: Transaction) throws -> Bool {
    let changed = try tx.execute(
      "DELETE FROM notifications WHERE id = ? AND user_id = ? AND on_page = 1", id, person)
    if changed > 0 { try publishUnread([person], in: tx) }
    return changed > 0
  }
}
