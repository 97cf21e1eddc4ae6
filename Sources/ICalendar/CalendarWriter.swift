/// Writes an `.ics` file (RFC 5545) that other calendars read.
public struct CalendarWriter: Sendable {
  public struct Event: Sendable {
    public var uid: String
    public var title: String
    public var description = ""
    public var location = ""
    /// The URL of a page that shows it.
    public var url = ""
    /// Milliseconds since 1970.
    public var start: Int64
    public var end: Int64?
    public var isAllDay = false
    /// Its times have no time zone ("floating" in RFC 5545); `zone` is then UTC.
    public var isFloating = false
    public var zone: Zone
    public var rule = ""
    public var exceptions: [Int64] = []
    public var changedAt: Int64
    public var category = ""

    public init(uid: String, title: String, start: Int64, zone: Zone, changedAt: Int64) {
      self.uid = uid
      self.title = title
      self.start = start
      self.zone = zone
      self.changedAt = changedAt
    }
  }

  private static let longestLine = 73

  public private(set) var bytes: [UInt8] = []
  private var zones: Set<Zone> = []

  /// `name` is the display name of the calendar.
  public init(name: String) {
    line("BEGIN", "VCALENDAR")
    line("VERSION", "2.0")
    line("PRODID", "-//OBox//Calendar//EN")
    line("CALSCALE", "GREGORIAN")
    line("METHOD", "PUBLISH")
    line("X-WR-CALNAME", Self.escaped(name))
  }

  public mutating func end() { line("END", "VCALENDAR") }

  public mutating func add(_ event: Event) {
    // A single event is written in UTC; a series needs its own time zone.
    let zone = event.rule.isEmpty ? Zone.utc : event.zone
    let isFloating = event.isFloating
    if !event.rule.isEmpty, !event.isAllDay { define(zone) }
    line("BEGIN", "VEVENT")
    line("UID", event.uid)
    line("DTSTAMP", Self.utc(event.changedAt))
    line("LAST-MODIFIED", Self.utc(event.changedAt))
    line("SUMMARY", Self.escaped(event.title))
    if !event.description.isEmpty { line("DESCRIPTION", Self.escaped(event.description)) }
    if !event.location.isEmpty { line("LOCATION", Self.escaped(event.location)) }
    if !event.category.isEmpty { line("CATEGORIES", Self.escaped(event.category)) }
    if !event.url.isEmpty { line("URL", event.url) }
    if event.isAllDay {
      addDays(event)
    } else {
      time("DTSTART", event.start, zone, isFloating)
      if let end = event.end, end > event.start { time("DTEND", end, zone, isFloating) }
      for exception in event.exceptions where !event.rule.isEmpty { time("EXDATE", exception, zone) }
    }
    if !event.rule.isEmpty { line("RRULE", event.rule) }
    line("END", "VEVENT")
  }

  private mutating func addDays(_ event: Event) {
    func day(_ moment: Int64, plus days: Int64 = 0) -> String {
      let clock = event.zone.wallClock(at: moment)
      return WallClock(seconds: clock.seconds + days * WallClock.day).fileDay
    }
    line("DTSTART;VALUE=DATE", day(event.start))
    // DTEND of an all-day event is exclusive: the day after its last.
    line("DTEND;VALUE=DATE", day(max(event.start, event.end ?? event.start), plus: 1))
    for exception in event.exceptions where !event.rule.isEmpty { line("EXDATE;VALUE=DATE", day(exception)) }
  }

  private mutating func define(_ zone: Zone) {
    guard zones.insert(zone).inserted, let definition = zone.definition() else { return }
    bytes += definition.utf8
  }

  private mutating func time(_ name: String, _ moment: Int64, _ zone: Zone, _ isFloating: Bool = false) {
    if isFloating { return line(name, zone.wallClock(at: moment).fileTime) }
    if zone == .utc { return line(name, Self.utc(moment)) }
    line("\(name);TZID=\(zone.name)", zone.wallClock(at: moment).fileTime)
  }

  private static func utc(_ moment: Int64) -> String { Zone.utc.wallClock(at: moment).fileTime + "Z" }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      default: if scalar.value >= 32 || scalar == "\t" { escaped.unicodeScalars.append(scalar) }
      }
    }
    return escaped
  }

  /// Folds after 73 bytes, between characters.
  private mutating func line(_ name: String, _ value: String) {
    var length = 0
    for scalar in "\(name):\(value)".unicodeScalars {
      let width = UTF8.width(scalar)
      if length + width > Self.longestLine {
        bytes += "\r\n ".utf8
        length = 1
      }
      bytes += String(scalar).utf8
      length += width
    }
    bytes += "\r\n".utf8
  }
}
