import HTTP
import Store

/// Withdraws notifications of messages that were deleted or no longer mention the person.
extension Notifications {
  /// An unread notification from which messages are removed.
  private struct Called {
    let id: Int64
    let person: Int64
    let kind: Notice.Kind?
    var count: Int
    var mailedCount: Int
    /// Oldest first.
    var messages: [Int64]
  }

  /// Arguments: a subject, message ids.
  static let calledSQL = """
    SELECT id, user_id, kind, count, mailed_count, messages FROM notifications
    WHERE subject = ?1 AND read_at IS NULL
      AND EXISTS (SELECT 1 FROM json_each(messages) WHERE value IN (SELECT value FROM json_each(?2)))
    """
  /// Arguments: id, count, mailed count, the remaining messages, the newest of them. The notification then
  /// shows and links to the newest; if all remaining ones were mailed before, no mail is due.
  static let lessSQL = """
    UPDATE notifications SET count = ?2, mailed_count = ?3, messages = ?4,
      mail_due_at = CASE WHEN ?2 > ?3 THEN mail_due_at END,
      details = json_set(details, '$.message', CAST(?5 AS TEXT)),
      link = coalesce('/chat/' || (SELECT channel_id FROM chat_messages WHERE id = ?5) || '?message=' || ?5, link),
      actor_id = (SELECT author_id FROM chat_messages WHERE id = ?5)
    WHERE id = ?1
    """

  /// Removes messages from the unread notifications of all people for whom `isMeant` returns true.
  ///
  /// Returns those people; their pages get the new unread count.
  @discardableResult
  func takeBack(
    _ messages: [Int64], of subject: String, from isMeant: (Notice.Kind?, Int64) -> Bool = { _, _ in true },
    in tx: Transaction
  ) throws -> [Int64] {
    let gone = Set(messages)
    let called = try tx.query(Self.calledSQL, subject, Self.list(messages)) { row in
      Called(
        id: row.int64(0), person: row.int64(1), kind: Notice.Kind(rawValue: row.text(2)), count: row.int(3),
        mailedCount: row.int(4), messages: JSONValue(parsing: row.text(5))?.array?.compactMap(\.int64) ?? [])
    }
    let meant = called.filter { isMeant($0.kind, $0.person) }
    for one in meant { try take(gone, outOf: one, in: tx) }
    let people = Set(meant.map(\.person)).sorted()
    try publishUnread(people, isChanged: true, in: tx)
    return people
  }

  private func take(_ gone: Set<Int64>, outOf called: Called, in tx: Transaction) throws {
    var left = called
    // The newest messages have not been mailed yet.
    let unmailed = called.messages.suffix(max(0, called.count - called.mailedCount))
    left.messages.removeAll(where: gone.contains)
    left.count -= called.messages.count - left.messages.count
    left.mailedCount = left.count - unmailed.count { !gone.contains($0) }
    guard let newest = left.messages.last, left.count > 0 else {
      try tx.execute("DELETE FROM notifications WHERE id = ?", called.id)
      return
    }
    try tx.execute(
      Self.lessSQL, called.id, left.count, min(left.count, max(0, left.mailedCount)),
      Self.list(left.messages),
      newest)
  }
}
