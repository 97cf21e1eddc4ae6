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
    let lines = Self.lines(bytes)
    let count = try Self.countedEvents(lines)
    guard count <= Self.mostEvents else { throw .tooManyEvents }
    let text = String(decoding: Array(lines.joined(separator: [13, 10])), as: UTF8.self)
    (events, unread) = Library.locked {
      guard let root = icalparser_parse_string(text) else { return ([], count) }
      defer { icalcomponent_free(root) }
      let read = Self.components(root).map { ComponentReader($0, zone: zone).event() }
      let events = read.compactMap(\.self)
      return (events, read.count - events.count)
    }
  }

  /// The unfolded lines of the file, each without leading blanks. libical gets these lines instead of the file's own, so
  /// that it has none left to unfold and finds the components that `countedEvents` has counted.
  private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for line in bytes.filter({ $0 != 0 }).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      if let first = line.first, isBlank(first), let last = lines.indices.last {
        // Appended in place: a line may be continued very often.
        lines[last].append(contentsOf: lines[last].isEmpty ? line.drop(while: isBlank) : line.dropFirst())
      } else {
        lines.append(Array(line.drop(while: isBlank)))
      }
    }
    return lines
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

  /// The number of events, counted before parsing because libical recurses into nested components.
  private static func countedEvents(_ lines: [[UInt8]]) throws(Refusal) -> Int {
    var depth = 0
    var components = 0
    var events = 0
    var isCalendar = false
    for line in lines {
      // libical opens a component for a BEGIN with parameters, too.
      let name = word(line.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") })
      if name == "BEGIN" {
        depth += 1
        components += 1
        let component = word(line.drop { $0 != UInt8(ascii: ":") }.dropFirst())
        if component == "VCALENDAR" { isCalendar = true }
        if component == "VEVENT" { events += 1 }
      } else if word(line.prefix(4)) == "END:" {
        depth = max(0, depth - 1)
      }
      guard depth <= mostDepth else { throw .notACalendar }
      guard components <= mostComponents else { throw .tooManyEvents }
    }
    guard isCalendar else { throw .notACalendar }
    return events
  }

  /// At most 24 bytes in upper case, without blanks at the end.
  private static func word(_ bytes: ArraySlice<UInt8>) -> String {
    let text = bytes.prefix(24).reversed().drop(while: isBlank).reversed()
    return String(decoding: text, as: UTF8.self).uppercased()
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
