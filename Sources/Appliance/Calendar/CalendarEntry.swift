import HTTP
import ICalendar
import Store

/// Something of another module that takes place at a time, in the calendar of those who take part in it.
struct CalendarEntry: Sendable {
  /// The module's word for it: `training`.
  let kind: String
  let id: Int64
  let title: String
  let description: String
  let location: String
  /// Milliseconds since 1970.
  let start: Int64
  let end: Int64?
  /// On the waiting list.
  let isWaiting: Bool
  /// A path of the web page.
  let link: String
  let updatedAt: Int64

  static let schema = Schema.members([
    "id": .described("of all entries: the kind and the id of its row", .string), "kind": .string,
    "title": .string, "location": .string, "start": .time, "end": .optional(.time), "isWaiting": .boolean,
    "link": .string,
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("id", "\(kind)-\(id)")
      json.field("kind", kind)
      json.field("title", title)
      json.field("location", location)
      json.time("start", start)
      json.time("end", end)
      json.field("isWaiting", isWaiting)
      json.field("link", link)
    }
  }

  /// For an `.ics` file.
  func event(_ site: Site) -> CalendarWriter.Event {
    var event = CalendarWriter.Event(
      uid: EventFile.uid(kind, id, site), title: title, start: start, zone: .utc, changedAt: updatedAt)
    event.end = end
    event.description = description
    event.location = location
    event.url = site.publicURL + link
    event.category = kind
    return event
  }
}

/// Entries of another module for people's calendars.
struct CalendarSource: Sendable {
  /// Entries in one answer or file, at most.
  static let most = 2000

  let isOn: @Sendable () -> Bool
  /// What a person takes part in within a range of time, earliest first, at most `most`.
  let find: @Sendable (_ person: Int64, _ range: Range<Int64>, Connection) throws -> [CalendarEntry]

  static func entries(
    of sources: [CalendarSource], for person: Int64, within range: Range<Int64>, in connection: Connection
  ) throws -> [CalendarEntry] {
    try sources.filter { $0.isOn() }.flatMap { try $0.find(person, range, connection) }
  }
}
