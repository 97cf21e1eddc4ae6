import HTTP
import ICalendar
import Store

/// Writes events as `.ics` files.
enum EventFile {
  /// How long past events stay in a file: 400 days, in milliseconds.
  static let kept: Int64 = 400 * 24 * 3_600_000
  private static let most = 5000
  /// Bytes of a file, about: the latest events that fit.
  private static let mostBytes = 4 << 20

  private static let columns = """
    \(Event.columns), events.title, events.description, events.location, events.type, events.updated_at
    """
  static let oneSQL = "SELECT \(columns) FROM events WHERE id = ?"

  static func listSQL(_ scope: String) -> String {
    """
    SELECT \(columns) FROM event_spans JOIN events ON events.id = event_spans.event_id
    WHERE event_spans.ends_at >= ? AND (\(scope)) ORDER BY event_spans.ends_at DESC LIMIT ?
    """
  }

  static let agendaSQL = """
    SELECT id, title, start_at, end_at, description, all_day, updated_at FROM agenda_events
    WHERE user_id = ? AND end_at >= ? ORDER BY end_at DESC LIMIT ?
    """

  static func name(_ language: Language) -> String {
    Sentence(fr: "Calendrier OBox", en: "OBox calendar")(language)
  }

  /// Writes the events that satisfy an SQL condition.
  static func write(
    _ scope: (sql: String, arguments: [Value]), since: Int64, _ site: Site, in connection: Connection,
    to writer: inout CalendarWriter
  ) throws {
    try connection.forEach(listSQL(scope.sql), arguments: [since] + scope.arguments + [most]) {
      (row: Row) -> Bool in
      writer.add(event(row, site))
      return writer.bytes.count < mostBytes
    }
  }

  /// Writes the person's own calendar.
  static func writeAgenda(
    of person: Int64, since: Int64, _ site: Site, in connection: Connection, to writer: inout CalendarWriter
  ) throws {
    try connection.forEach(agendaSQL, arguments: [person, since / 1000, most]) { (row: Row) -> Bool in
      var event = CalendarWriter.Event(
        uid: uid("agenda", row.int64("id"), site), title: row.text("title"),
        start: row.int64("start_at") * 1000,
        zone: .utc, changedAt: row.int64("updated_at"))
      event.end = row.int64("end_at") * 1000
      event.description = row.text("description")
      event.isAllDay = row.bool("all_day")
      event.isFloating = true
      writer.add(event)
      return writer.bytes.count < 2 * mostBytes
    }
  }

  /// Writes what a person takes part in of other modules.
  static func write(
    _ sources: [CalendarSource], of person: Int64, since: Int64, _ site: Site, in connection: Connection,
    to writer: inout CalendarWriter
  ) throws {
    let entries = try CalendarSource.entries(
      of: sources, for: person, within: since..<Event.times.upperBound, in: connection)
    for entry in entries where writer.bytes.count < 3 * mostBytes { writer.add(entry.event(site)) }
  }

  static func event(_ row: Row, _ site: Site) -> CalendarWriter.Event {
    let event = Event(row)
    var written = CalendarWriter.Event(
      uid: uid("event", event.id, site), title: row.text("title"), start: event.start, zone: event.zone,
      changedAt: row.int64("updated_at"))
    written.end = event.end
    written.description = row.text("description")
    written.location = row.text("location")
    written.isAllDay = event.isAllDay
    written.rule = event.rule?.text ?? ""
    written.exceptions = event.exceptions.sorted()
    written.url = "\(site.publicURL)/calendar?event=\(event.id)"
    written.category = row.text("type")
    return written
  }

  static func uid(_ kind: String, _ id: Int64, _ site: Site) -> String {
    var host = site.publicURL[...]
    if let scheme = host.firstRange(of: "://") { host = host[scheme.upperBound...] }
    return "\(kind)-\(id)@\(host.prefix { $0 != "/" && $0 != ":" })"
  }
}
