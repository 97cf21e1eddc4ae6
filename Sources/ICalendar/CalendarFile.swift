import CIcal

/// The events of an `.ics` file (RFC 5545). Files are not trusted: size and depth are limited before libical
/// parses them.
public struct CalendarFile: Sendable {
  public static let mostBytes = 1 << 20
  public static let mostEvents = 1000
  private static let mostDepth = 8
  private static let mostComponents = 5000

  /// One event of the file.
  public struct Event: Sendable, Equatable {
    public var uid = ""
    public var title = ""
    public var description = ""
    public var location = ""
    /// Milliseconds since 1970.
    public var start: Int64 = 0
    public var end: Int64?
    public var isAllDay = false
    public var zone = Zone.utc
    public var rule: RecurrenceRule?
    /// Starts of cancelled occurrences.
    public var exceptions: [Int64] = []
    /// The start of the occurrence that it replaces in the series of its `uid` (RECURRENCE-ID).
    public var replaces: Int64?
    public var isCancelled = false
  }

  public enum Refusal: Error, Sendable, Equatable {
    case tooLarge, notACalendar, tooManyEvents
  }

  public let events: [Event]
  /// The number of events without a readable start, or with a rule that is not supported.
  public let unread: Int

  /// `zone` applies to times that name no known time zone.
  public init(_ bytes: [UInt8], zone: Zone) throws(Refusal) {
    guard bytes.count <= Self.mostBytes else { throw .tooLarge }
    let text = String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
    let count = try Self.countedEvents(text)
    guard count <= Self.mostEvents else { throw .tooManyEvents }
    (events, unread) = Library.locked {
      guard let root = icalparser_parse_string(text) else { return ([], count) }
      defer { icalcomponent_free(root) }
      let read = Self.components(root).map { ComponentReader($0, zone: zone).event() }
      let events = read.compactMap(\.self)
      return (events, read.count - events.count)
    }
  }

  /// The number of BEGIN:VEVENT in the text, counted before parsing because libical recurses into nested components.
  private static func countedEvents(_ text: String) throws(Refusal) -> Int {
    var depth = 0
    var components = 0
    var events = 0
    var isCalendar = false
    for line in text.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      let word = String(Substring(line.prefix(24))).uppercased()
      if word.hasPrefix("BEGIN:") {
        depth += 1
        components += 1
        if word == "BEGIN:VCALENDAR" { isCalendar = true }
        if word == "BEGIN:VEVENT" { events += 1 }
      } else if word.hasPrefix("END:") {
        depth = max(0, depth - 1)
      }
      guard depth <= mostDepth else { throw .notACalendar }
      guard components <= mostComponents else { throw .tooManyEvents }
    }
    guard isCalendar else { throw .notACalendar }
    return events
  }

  /// The events of a calendar, or of a root that contains several calendars.
  private static func components(_ root: OpaquePointer) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    for calendar in children(root, ICAL_VCALENDAR_COMPONENT) + [root] {
      found += children(calendar, ICAL_VEVENT_COMPONENT)
    }
    return found
  }

  private static func children(_ parent: OpaquePointer, _ kind: icalcomponent_kind) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    var next = icalcomponent_get_first_component(parent, kind)
    while let child = next {
      found.append(child)
      next = icalcomponent_get_next_component(parent, kind)
    }
    return found
  }
}
