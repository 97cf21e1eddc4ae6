import HTTP
import Store

/// Mails people who are offline their unread notifications: one mail for all, at most one per hour.
struct NotificationDigest: JobKind {
  /// Minimum time between two mails to the same person: an hour, in milliseconds.
  static let pause: Int64 = 3600 * 1000
  /// Maximum number of notifications listed in a mail.
  static let mostListed = 20
  /// Number of people handled in one transaction.
  static let batch = 20

  let site: Site
  let database: Database
  let hub: Hub
  let outbox: Outbox

  let name = "notifications.digest"
  let period: Int64? = 5 * 60 * 1000

  /// The ids of people with a due notification and without a recent mail.
  static let dueSQL = """
    SELECT n.user_id FROM notifications AS n
    WHERE n.user_id > ? AND n.mail_due_at <= ? AND n.mail_due_at IS NOT NULL AND n.read_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM notification_digests AS d WHERE d.user_id = n.user_id AND d.written_at > ?
        AND d.written_at <= ?2)
    GROUP BY n.user_id ORDER BY n.user_id LIMIT \(batch)
    """
  static let waitingSQL = """
    \(NotificationItem.select) WHERE n.user_id = ? AND n.mail_due_at IS NOT NULL AND n.read_at IS NULL
    ORDER BY n.id DESC LIMIT \(mostListed)
    """
  static let sumsSQL = """
    SELECT kind, sum(count - mailed_count), count(*) FROM notifications
    WHERE user_id = ? AND mail_due_at IS NOT NULL AND read_at IS NULL GROUP BY kind
    """
  /// Notifications that are not on the page are marked as read once they are mailed.
  static let mailedSQL = """
    UPDATE notifications SET mailed_at = ?1, mailed_count = count, mail_due_at = NULL,
      read_at = CASE WHEN on_page THEN NULL ELSE ?1 END
    WHERE user_id = ?2 AND mail_due_at IS NOT NULL AND read_at IS NULL
    """

  func run(_ context: JobContext) async throws {
    try await followClock()
    var last: Int64? = 0
    while let from = last {
      try await context.checkCancelled()
      last = try await database.write { try writeSome(after: from, in: $0) }
    }
  }

  /// Makes notifications due that were postponed too far by a clock that was ahead.
  private func followClock() async throws {
    try await database.write { tx in
      try tx.execute(
        """
        UPDATE notifications SET mail_due_at = ?1
        WHERE mail_due_at > ?2 AND mail_due_at IS NOT NULL AND read_at IS NULL
        """, tx.now, tx.now + Self.pause)
    }
  }

  /// Handles the next people; returns the last id, or nil when there were none.
  private func writeSome(after person: Int64, in tx: Transaction) throws -> Int64? {
    let people = try tx.query(Self.dueSQL, person, tx.now, tx.now - Self.pause) { $0.int64(0) }
    for person in people where !hub.isPresent(person) { try write(to: person, in: tx) }
    return people.last
  }

  /// Mail and marks are written in one transaction, so a crash leaves both or neither.
  private func write(to person: Int64, in tx: Transaction) throws {
    let items = try tx.query(Self.waitingSQL, person, map: NotificationItem.init)
    let sums = try tx.query(Self.sumsSQL, person) { row in
      (kind: Notice.Kind(rawValue: row.text(0)), count: row.int(1), rows: row.int(2))
    }
    try tx.execute(Self.mailedSQL, tx.now, person)
    guard let account = try Account.find(person, in: tx), account.isActive, account.isVerified,
      account.isApproved, account.email != nil
    else { return }
    let counted = Notice.Kind.allCases.compactMap { kind in
      sums.first { $0.kind == kind }.map { kind.counted($0.count) }
    }
    guard !counted.isEmpty else { return }
    let url = site.publicURL
    let digest = MailTemplate.Digest(
      counted: counted,
      items: items.compactMap { $0 }.map { item in
        .init(
          title: item.words.title, note: item.kind.isMailedWithMessage ? item.words.message : nil,
          link: url + item.link)
      },
      more: sums.reduce(0) { $0 + $1.rows } - items.count, pageLink: url + "/notifications",
      preferencesLink: url + "/notifications/preferences")
    try outbox.enqueue(.digest(name: account.name, digest), to: account, in: tx)
    try tx.execute(
      """
      INSERT INTO notification_digests (user_id, written_at) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET written_at = excluded.written_at
      """, person, tx.now)
  }
}
