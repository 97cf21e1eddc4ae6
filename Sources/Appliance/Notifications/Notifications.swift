import Store

/// Writes what people are to be told, in the transaction that causes it; tells their open pages afterwards.
final class Notifications: Sendable {
  let hub: Hub

  init(hub: Hub) {
    self.hub = hub
  }

  /// Tells people, each once. Nobody is told of what they did themselves.
  func notify(_ people: some Sequence<Int64>, of notice: Notice, in tx: Transaction) throws {
    for person in Set(people) where person != notice.actor {
      try tx.execute(
        """
        INSERT INTO notifications (user_id, kind, subject, actor_id, link, created_at) VALUES (?, ?, ?, ?, ?, ?)
        """, person, notice.kind.rawValue, notice.subject, notice.actor, notice.link, tx.now)
    }
  }

  /// Marks as read what somebody was told about a subject, because they have seen it: a channel that was read.
  func seen(_ subject: String, by person: Int64, in tx: Transaction) throws {
    try tx.execute(
      "UPDATE notifications SET read_at = ? WHERE user_id = ? AND subject = ? AND read_at IS NULL", tx.now,
      person, subject)
  }
}
