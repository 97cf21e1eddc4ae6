import HTTP
import ICalendar
import Store

/// The times and the recurrence of an event.
struct Event: Sendable {
  /// The times that are accepted: 1970 to 2199, in milliseconds.
  static let times: Range<Int64> = 0..<7_258_118_400_000
  /// The longest duration of one occurrence: 400 days, in milliseconds.
  static let longest: Int64 = 400 * 24 * 3_600_000
  static let forever = Int64.max

  let id: Int64
  /// Milliseconds since 1970.
  let start: Int64
  let end: Int64?
  let isAllDay: Bool
  let zone: Zone
  let rule: RecurrenceRule?
  let exceptions: Set<Int64>
  /// Minutes before each start.
  let reminder: Int64?
  /// The end of the last occurrence, if it was computed and there is one.
  var lastEnd: Int64?

  static let columns = """
    events.id, events.date, events.end_date, events.all_day, events.time_zone, events.recurrence, events.reminder,
    (SELECT group_concat(starts_at) FROM event_exceptions WHERE event_id = events.id) AS exceptions,
    (SELECT ends_at FROM event_spans WHERE event_id = events.id) AS last_end
    """

  init(_ row: Row) {
    id = row.int64("id")
    start = row.int64("date")
    end = row.optionalInt64("end_date")
    isAllDay = row.bool("all_day")
    zone = Zone(row.text("time_zone")) ?? .utc
    rule = RecurrenceRule(row.text("recurrence"))
    exceptions = Set(row.text("exceptions").split(byte: ",").compactMap { Int64(digits: $0) })
    reminder = row.optionalInt64("reminder")
    lastEnd = row.optionalInt64("last_end").flatMap { $0 == Self.forever ? nil : $0 }
  }

  /// An event from a row that is not written yet.
  init(_ record: Record) {
    id = record.id
    start = record.int64(Events.date) ?? 0
    end = record.int64(Events.endDate)
    isAllDay = record.bool(Events.allDay)
    zone = Zone(record.text(Events.timeZone)) ?? .utc
    rule = RecurrenceRule(record.text(Events.recurrence))
    exceptions = []
    reminder = record.int64(Events.reminder)
  }

  static func find(_ id: Int64, in connection: Connection) throws -> Event? {
    try connection.first("SELECT \(columns) FROM events WHERE id = ?", id, map: Event.init)
  }

  /// The end of the occurrence that starts at `start`; for an all-day event, the end of its last day.
  func end(of start: Int64) -> Int64 {
    guard isAllDay else { return start + max(0, (end ?? self.start) - self.start) }
    return zone.moment(of: WallClock(seconds: (days(of: start).last + 1) * WallClock.day))
  }

  /// The first and last day of an occurrence, in days since 1970, in the zone of the event.
  func days(of start: Int64) -> (first: Int64, last: Int64) {
    let first = zone.wallClock(at: start).dayNumber
    guard isAllDay else { return (first, max(first, zone.wallClock(at: end(of: start)).dayNumber)) }
    let own = zone.wallClock(at: self.start).dayNumber
    let last = zone.wallClock(at: max(self.start, end ?? self.start)).dayNumber
    return (first, first + last - own)
  }

  /// The start of the last day of an all-day occurrence, in the zone of the event.
  func lastDay(of start: Int64) -> Int64 {
    let own = zone.wallClock(at: self.start)
    let time = own.seconds - own.dayNumber * WallClock.day
    return zone.moment(of: WallClock(seconds: days(of: start).last * WallClock.day + time))
  }

  /// The starts of occurrences that overlap a range, in order.
  func starts(within range: Range<Int64>, most: Int = 1000) -> [Int64] {
    // All-day events are an hour longer or shorter at daylight-saving changes.
    let earliest = range.lowerBound - (end(of: start) - start) - 2 * 3_600_000
    func touches(_ start: Int64) -> Bool {
      let end = end(of: start)
      return start < range.upperBound && (end > range.lowerBound || end == start && start == range.lowerBound)
    }
    guard rule != nil else { return touches(start) ? [start] : [] }
    guard earliest < range.upperBound else { return [] }
    let found = recurrences(within: earliest..<range.upperBound, most: most + exceptions.count + 2)
    return Array(found.filter { !exceptions.contains($0) && touches($0) }.prefix(most))
  }

  /// The starts that the rule yields within a range, cancelled ones included, in order.
  func recurrences(within range: Range<Int64>, most: Int) -> [Int64] {
    guard let rule else { return range.contains(start) ? [start] : [] }
    // Occurrences are at least a day apart. Half a day more, because the clock of the zone may have been redefined since
    // the end was computed.
    let last = lastEnd.map { $0 + 12 * 3_600_000 }
    let found = rule.starts(first: start, in: zone, within: range, most: most, last: last)
    // Later starts than the last one may lie before its end.
    guard rule.count != nil, let last else { return found }
    return found.filter { end(of: $0) <= last }
  }

  /// Whether an occurrence starts at a moment, cancelled or not.
  func begins(at moment: Int64) -> Bool {
    recurrences(within: moment..<moment + 1, most: 1).first == moment
  }

  /// The end of the last occurrence; `forever` for a rule without end.
  var over: Int64 {
    guard let rule else { return end(of: start) }
    guard rule.ends else { return Self.forever }
    return end(of: rule.lastStart(first: start, in: zone, before: Self.times.upperBound) ?? start)
  }
}
