import HTTP
import Store

/// Mails people what is new in the categories and topics that they follow, as often as they have chosen. Nothing is sent
/// while nothing is new for them.
struct ForumMails: JobKind {
  enum Period: String, Sendable, CaseIterable {
    case off, daily, weekly

    /// In milliseconds.
    var length: Int64 { (self == .weekly ? 7 : 1) * 24 * 3600 * 1000 }
  }

  /// The most people in one transaction, topics in a mail, and topics of each kind that are looked at.
  static let batch = 5
  static let mostListed = 20
  static let mostRead = 200

  let site: Site
  let database: Database
  let settings: SystemSettings
  let outbox: Outbox

  let name = "forum.mails"
  let period: Int64? = 15 * 60 * 1000

  static let dueSQL = """
    SELECT user_id, period, number, due_at FROM forum_mails WHERE due_at <= ? ORDER BY due_at LIMIT \(batch)
    """

  static let resetSQL = "UPDATE forum_mails SET due_at = ? WHERE due_at > ?"

  func run(_ context: JobContext) async throws {
    guard settings.isOn(.forum) else { return }
    try await database.write { tx in
      // Times of a clock that has been set back since.
      try tx.execute(Self.resetSQL, tx.now, tx.now + Period.weekly.length)
    }
    while try await database.write({ try writeSome(in: $0) }) { try await context.checkCancelled() }
  }

  /// Handles the next people; whether there were any. Their mails and the notes that they were written are one
  /// transaction.
  private func writeSome(in tx: Transaction) throws -> Bool {
    let due = try tx.query(Self.dueSQL, tx.now) { row in
      (
        person: row.int64(0), period: Period(rawValue: row.text(1)) ?? .daily, number: row.int64(2),
        at: row.int64(3)
      )
    }
    for one in due {
      // At the same hour as before, in the future.
      let periods = (tx.now - one.at) / one.period.length + 1
      let next = one.at + periods * one.period.length
      let isReached = try write(to: one.person, since: one.number, in: tx)
      try tx.execute(
        """
        UPDATE forum_mails SET due_at = ?, number = CASE WHEN ? THEN (SELECT last FROM forum_numbers WHERE id = 1)
          ELSE number END WHERE user_id = ?
        """, next, isReached, one.person)
    }
    return !due.isEmpty
  }

  /// False for somebody who gets no mail now; what is new waits for them.
  private func write(to person: Int64, since number: Int64, in tx: Transaction) throws -> Bool {
    guard let account = try Account.find(person, in: tx), account.isActive, account.isVerified,
      account.isApproved, account.email != nil
    else { return false }
    let news = try ForumNews(for: account, since: number, in: tx)
    guard let digest = news.digest(at: site.publicURL) else { return true }
    try outbox.enqueue(.digest(name: account.name, digest), to: account, in: tx)
    return true
  }
}
