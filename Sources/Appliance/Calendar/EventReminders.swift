import Store

/// Reminds participants and the organiser before an event starts.
struct EventReminders: JobKind {
  static let dueSQL =
    "SELECT event_id, remind_of FROM event_spans WHERE remind_at <= ? ORDER BY remind_at LIMIT ?"
  /// Events that are not over.
  static let waitingSQL = """
    SELECT DISTINCT p.event_id FROM event_participants AS p INDEXED BY event_participants_waiting
    CROSS JOIN event_spans AS s ON s.event_id = p.event_id AND s.ends_at > ? WHERE p.answer = 'waiting'
    """
  private static let batch = 200

  let database: Database
  let settings: SystemSettings
  let notifications: Notifications

  let name = "events.remind"
  let period: Int64? = 60_000

  func run(_ context: JobContext) async throws {
    // Who opens the link would find nothing.
    guard settings.isOn(.events) else { return }
    while try await remind() {}
    // The deletion or deactivation of an account may have freed a place.
    _ = try await database.write { tx in
      for event in try tx.query(Self.waitingSQL, tx.now, map: { $0.int64(0) }) {
        try EventParticipants.fillPlaces(of: event, notifications, in: tx)
      }
    }
  }

  /// Returns whether more may be due.
  private func remind() async throws -> Bool {
    try await database.write { tx in
      let due = try tx.query(Self.dueSQL, tx.now, Self.batch) { ($0.int64(0), $0.int64(1)) }
      for (id, start) in due {
        if start > tx.now { try remind(of: id, at: start, in: tx) }
        try next(id, after: start, in: tx)
      }
      return due.count == Self.batch
    }
  }

  private func remind(of id: Int64, at start: Int64, in tx: Transaction) throws {
    guard let event = try Event.find(id, in: tx) else { return }
    let notice = Notice(
      kind: .eventReminder, subject: "event:\(id)", link: "/calendar?event=\(id)",
      details: [
        "name": try EventsFeature.title(of: id, in: tx), "when": event.zone.wallClock(at: start).text,
      ])
    try notifications.notify(EventParticipants.reminded(of: id, in: tx), of: notice, in: tx)
  }

  private func next(_ id: Int64, after start: Int64, in tx: Transaction) throws {
    let next = try Event.find(id, in: tx).flatMap {
      EventSpan.nextReminder(of: $0, after: max(start, tx.now))
    }
    try tx.execute(
      "UPDATE event_spans SET remind_at = ?, remind_of = ? WHERE event_id = ?", next?.at, next?.start, id)
  }
}
