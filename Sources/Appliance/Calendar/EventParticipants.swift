import HTTP
import Store

/// Participants of an event and their answers. There is one writer at a time, so no more than the available
/// places are given.
enum EventParticipants {
  enum Answer: String, Sendable, CaseIterable {
    /// Invited, and has not answered.
    case none
    case yes, no, maybe
    /// Accepted while all places are taken: on the waiting list.
    case waiting
  }

  /// The answers that people can give.
  static let answers: [Answer] = [.yes, .no, .maybe]

  static let comingSQL = """
    SELECT user_id FROM event_participants WHERE event_id = ? AND answer IN ('none', 'yes', 'maybe', 'waiting')
    UNION SELECT organizer_id FROM events WHERE id = ? AND organizer_id IS NOT NULL
    """
  static let remindedSQL = """
    SELECT user_id FROM event_participants WHERE event_id = ? AND answer IN ('yes', 'maybe')
    UNION SELECT organizer_id FROM events WHERE id = ? AND organizer_id IS NOT NULL
    """

  /// The people to notify of a change: participants who have not declined, and the organiser.
  static func coming(to event: Int64, in connection: Connection) throws -> [Int64] {
    try connection.query(comingSQL, event, event) { $0.int64(0) }
  }

  static func reminded(of event: Int64, in connection: Connection) throws -> [Int64] {
    try connection.query(remindedSQL, event, event) { $0.int64(0) }
  }

  static func answer(of person: Int64, to event: Int64, in connection: Connection) throws -> Answer? {
    try connection.first(
      "SELECT answer FROM event_participants WHERE event_id = ? AND user_id = ?", event, person,
      map: { Answer(rawValue: $0.text(0)) }) ?? nil
  }

  static func places(of event: Int64, in connection: Connection) throws -> Int64? {
    try connection.scalar("SELECT places FROM events WHERE id = ?", event)
  }

  static func taken(of event: Int64, in connection: Connection) throws -> Int64 {
    try connection.scalar(
      """
      SELECT count(*) FROM event_participants AS p JOIN users AS u ON u.id = p.user_id AND u.is_active = 1
      WHERE p.event_id = ? AND p.answer = 'yes'
      """, event) ?? 0
  }

  /// Stores an answer; "yes" becomes "waiting" while all places are taken. Returns what was stored.
  static func take(
    _ answer: Answer, of person: Int64, to event: Int64, _ notifications: Notifications, in tx: Transaction
  ) throws -> Answer {
    let before = try self.answer(of: person, to: event, in: tx)
    // A repeated answer keeps the place, or the position on the waiting list.
    if answer == .yes, let before, before == .yes || before == .waiting { return before }
    var answer = answer
    if answer == .yes, let places = try places(of: event, in: tx), try taken(of: event, in: tx) >= places {
      answer = .waiting
    }
    try tx.execute(
      """
      INSERT INTO event_participants (event_id, user_id, answer, is_invited, answered_at, created_at)
      VALUES (?, ?, ?, 0, ?, ?)
      ON CONFLICT (event_id, user_id) DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at
      """, event, person, answer.rawValue, tx.now, tx.now)
    if before == .yes { try fillPlaces(of: event, notifications, in: tx) }
    return answer
  }

  /// Invites people who are not participants yet; returns their ids.
  static func invite(_ people: some Sequence<Int64>, to event: Int64, in tx: Transaction) throws -> [Int64] {
    try people.filter { person in
      try tx.execute(
        """
        INSERT INTO event_participants (event_id, user_id, answer, is_invited, created_at)
        SELECT ?, id, 'none', 1, ? FROM users WHERE id = ? AND is_active = 1 AND is_approved = 1
        ON CONFLICT (event_id, user_id) DO NOTHING
        """, event, tx.now, person) > 0
    }
  }

  /// Removes participants who were not invited and are no longer in the audience: they would be notified of an event
  /// that they cannot see. Administrators see it.
  static func dropOthers(_ audience: String, of event: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      DELETE FROM event_participants WHERE event_id = ? AND is_invited = 0 AND EXISTS (
        SELECT 1 FROM users WHERE users.id = event_participants.user_id AND users.role <> 'admin'
          AND NOT \(Readership.includesSQL("?2", "users")))
      """, event, audience)
  }

  /// Copies the participants of one event to another, with their answers; the last to accept wait if the other one has
  /// fewer places.
  static func copy(from event: Int64, to other: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT INTO event_participants (event_id, user_id, answer, is_invited, answered_at, created_at)
      SELECT ?, user_id, answer, is_invited, answered_at, created_at FROM event_participants WHERE event_id = ?
      ORDER BY id
      """, other, event)
    guard let places = try places(of: other, in: tx) else { return }
    try tx.execute(
      """
      UPDATE event_participants SET answer = 'waiting' WHERE id IN (
        SELECT id FROM event_participants WHERE event_id = ? AND answer = 'yes' ORDER BY answered_at, id
        LIMIT -1 OFFSET ?)
      """, other, places)
  }

  static let firstWaitingSQL = """
    SELECT p.id, p.user_id FROM event_participants AS p JOIN users AS u ON u.id = p.user_id AND u.is_active = 1
    WHERE p.event_id = ? AND p.answer = 'waiting' ORDER BY p.answered_at, p.id LIMIT 1
    """

  static func isOver(_ event: Int64, in tx: Transaction) throws -> Bool {
    try tx.scalar("SELECT 1 FROM event_spans WHERE event_id = ? AND ends_at > ?", event, tx.now) == nil
  }

  /// Gives free places to the people on the waiting list, in its order, and notifies them; until the event is over.
  static func fillPlaces(of event: Int64, _ notifications: Notifications, in tx: Transaction) throws {
    guard try !isOver(event, in: tx) else { return }
    let places = try places(of: event, in: tx)
    var given: [Int64] = []
    while try places.map({ try taken(of: event, in: tx) < $0 }) ?? true,
      let next = try tx.first(firstWaitingSQL, event, map: { (id: $0.int64(0), person: $0.int64(1)) })
    {
      try tx.execute("UPDATE event_participants SET answer = 'yes' WHERE id = ?", next.id)
      given.append(next.person)
    }
    guard !given.isEmpty,
      let title = try tx.first("SELECT title FROM events WHERE id = ?", event, map: { $0.text(0) })
    else { return }
    let notice = Notice(
      kind: .eventChanged, subject: Events.subject(event), link: "/calendar?event=\(event)",
      details: ["name": title, "task": "place"])
    try notifications.notify(given, of: notice, in: tx)
  }
}
