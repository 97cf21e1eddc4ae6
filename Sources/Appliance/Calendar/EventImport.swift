import HTTP
import ICalendar
import Store

/// Imports the events of a file, visible to everyone. The `UID` of each is stored, so that it is imported once.
struct EventImport {
  let actor: Account
  let tx: Transaction

  /// What an import has added.
  struct Added {
    var count = 0
    /// The events whose spans `EventSpan.write` has to compute.
    var pending: Set<Int64> = []
  }

  func add(_ events: [CalendarFile.Event]) throws -> Added {
    var added = Added()
    var series: [String: Int64] = [:]
    func add(_ event: CalendarFile.Event, as uid: String) throws -> Int64? {
      guard let id = try insert(event, as: uid) else { return nil }
      added.count += 1
      if event.rule != nil { added.pending.insert(id) }
      return id
    }
    for event in events where event.replaces == nil && !event.isCancelled {
      if let id = try add(event, as: event.uid), !event.uid.isEmpty { series[event.uid] = id }
    }
    for event in events where event.replaces != nil {
      guard let start = event.replaces else { continue }
      if let id = try series[event.uid] ?? origin(of: event.uid) {
        try except(start, from: id)
        added.pending.insert(id)
      }
      if !event.isCancelled { _ = try add(event, as: "\(event.uid)/\(start)") }
    }
    return added
  }

  /// The event with this UID that was imported before.
  private func origin(of uid: String) throws -> Int64? {
    try tx.scalar("SELECT event_id FROM event_origins WHERE uid = ?", uid.prefix(utf8: 500))
  }

  /// Nil if the event was imported before, or its time is outside the range of the calendar.
  private func insert(_ event: CalendarFile.Event, as uid: String) throws -> Int64? {
    let uid = String(uid.prefix(utf8: 500))
    guard Event.times.contains(event.start), event.end.map(Event.times.contains) ?? true,
      (event.end ?? event.start) - event.start <= Event.longest,
      try origin(of: uid) == nil
    else { return nil }
    let title = Self.line(event.title).clipped(to: 200)
    try tx.execute(
      """
      INSERT INTO events (title, description, date, end_date, location, type, organizer_id, all_day, time_zone,
        recurrence, audience, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, 'other', ?, ?, ?, ?, '[]', ?, ?)
      """, title.isInvisible ? "–" : title, Self.lines(event.description).clipped(to: 10_000), event.start,
      event.end,
      Self.line(event.location).clipped(to: 200), actor.id, event.isAllDay, event.zone.name,
      event.rule?.text ?? "", tx.now, tx.now)
    let id = tx.lastInsertedID
    if !uid.isEmpty { try tx.execute("INSERT INTO event_origins (uid, event_id) VALUES (?, ?)", uid, id) }
    for exception in event.exceptions { try except(exception, from: id) }
    if event.rule == nil {
      try EventSpan.write(id, in: tx)
    } else {
      try EventSpan.writeLater(id, start: event.start, in: tx)
    }
    return id
  }

  private func except(_ start: Int64, from id: Int64) throws {
    try tx.execute("INSERT OR IGNORE INTO event_exceptions (event_id, starts_at) VALUES (?, ?)", id, start)
  }

  private static func line(_ text: String) -> String {
    lines(text).filter { !$0.isNewline && $0 != "\t" }.trimmed()
  }

  private static func lines(_ text: String) -> String {
    var clean = ""
    for scalar in text.unicodeScalars where scalar.value >= 32 || scalar == "\n" || scalar == "\t" {
      clean.unicodeScalars.append(scalar)
    }
    return clean.trimmed()
  }

  static func failure(_ refusal: CalendarFile.Refusal) -> Failure {
    switch refusal {
    case .tooLarge: .tooLarge(CalendarFile.mostBytes)
    case .notACalendar:
      Failure(
        400, "NOT_A_CALENDAR",
        Sentence(fr: "Ce fichier n’est pas un calendrier (.ics).", en: "This file is not a calendar (.ics)."))
    case .tooManyEvents:
      Failure(
        400, "TOO_MANY_EVENTS",
        Sentence(
          fr: "Au plus \(CalendarFile.mostEvents) événements par fichier.",
          en: "At most \(CalendarFile.mostEvents) events per file."))
    }
  }
}
