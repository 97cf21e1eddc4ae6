import HTTP
import ICalendar
import Store

/// Imports the events of a file, visible to everyone. The `UID` of each is stored, so that it is imported once.
struct EventImport {
  let actor: Account
  let tx: Transaction

  /// Returns how many events were added.
  func add(_ events: [CalendarFile.Event]) throws -> Int {
    var count = 0
    var series: [String: Int64] = [:]
    for event in events where event.replaces == nil && !event.isCancelled {
      guard let id = try add(event, as: event.uid) else { continue }
      if !event.uid.isEmpty { series[event.uid] = id }
      count += 1
    }
    for event in events where event.replaces != nil {
      guard let start = event.replaces else { continue }
      if let id = try series[event.uid] ?? origin(of: event.uid) {
        try except(start, from: id)
        try EventSpan.write(id, in: tx)
      }
      guard !event.isCancelled, try add(event, as: "\(event.uid)/\(start)") != nil else { continue }
      count += 1
    }
    return count
  }

  /// The event with this UID that was imported before.
  private func origin(of uid: String) throws -> Int64? {
    try tx.scalar("SELECT event_id FROM event_origins WHERE uid = ?", uid.prefix(utf8: 500))
  }

  /// Nil if the event was imported before, or its time is outside the range of the calendar.
  private func add(_ event: CalendarFile.Event, as uid: String) throws -> Int64? {
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
    try EventSpan.write(id, in: tx)
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
