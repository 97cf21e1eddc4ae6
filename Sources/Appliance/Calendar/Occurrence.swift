import HTTP
import ICalendar
import Store

/// One occurrence of an event, as a calendar shows it.
struct Occurrence: Sendable {
  let event: Event
  let start: Int64
  let details: Details

  struct Details: Sendable {
    let title: String
    let description: String
    let location: String
    let type: String
    let organizer: Int64?
    let organizerName: String?
    let places: Int64?
    let participants: Int64
    let waiting: Int64
    let answer: String?
    let updatedAt: Int64
    let movedFrom: Int64?

    init(_ row: Row) {
      title = row.text("title")
      description = row.text("description")
      location = row.text("location")
      type = row.text("type")
      organizer = row.optionalInt64("organizer_id")
      organizerName = row.optionalText("organizer_name")
      places = row.optionalInt64("places")
      participants = row.int64("participants")
      waiting = row.int64("waiting")
      answer = row.optionalText("answer")
      updatedAt = row.int64("updated_at")
      movedFrom = row.optionalInt64("moved_from")
    }
  }

  static let schema = Schema.object([
    ("id", .described("of this occurrence: the event and its beginning", .string), required: true),
    ("eventId", .string, required: true), ("title", .string, required: true),
    ("description", .string, required: true), ("start", .time, required: true),
    ("end", .optional(.time), required: true),
    ("startDay", .described("on the clock of its time zone", .string), required: true),
    ("endDay", .string, required: true), ("allDay", .boolean, required: true),
    ("timeZone", .string, required: true), ("recurrence", .string, required: true),
    (
      "movedFrom",
      .described(
        "for an occurrence of a series that was changed by itself: when it would have begun", .optional(.time)
      ),
      required: true
    ),
    ("location", .string, required: true),
    ("type", .enumeration(["meeting", "training", "social", "other"]), required: true),
    ("organizerId", .optional(.string), required: true),
    ("organizerName", .optional(.string), required: true),
    ("places", .optional(.integer), required: true), ("participantCount", .integer, required: true),
    ("waitingCount", .integer, required: true),
    (
      "answer",
      .described(
        "yours; `none` where you are invited and have not answered",
        .optional(.enumeration(EventParticipants.Answer.allCases.map(\.rawValue)))),
      required: true
    ),
  ])

  func write(to json: inout JSONWriter) {
    let days = event.days(of: start)
    json.object { json in
      json.field("id", "\(event.id)@\(start)")
      json.id("eventId", event.id)
      json.field("title", details.title)
      json.field("description", details.description)
      json.time("start", start)
      json.time("end", event.end == nil && !event.isAllDay ? nil : event.end(of: start))
      json.field("startDay", WallClock(seconds: days.first * WallClock.day).dayText)
      json.field("endDay", WallClock(seconds: days.last * WallClock.day).dayText)
      json.field("allDay", event.isAllDay)
      json.field("timeZone", event.zone.name)
      json.field("recurrence", event.rule?.text ?? "")
      json.time("movedFrom", details.movedFrom)
      json.field("location", details.location)
      json.field("type", details.type)
      json.reference("organizerId", details.organizer)
      json.field("organizerName", details.organizerName)
      json.key("places")
      if let places = details.places { json.value(places) } else { json.null() }
      json.field("participantCount", details.participants)
      json.field("waitingCount", details.waiting)
      json.field("answer", details.answer)
    }
  }
}

/// The occurrences of events within a range of time.
struct Occurrences: Sendable {
  /// 400 days, in milliseconds.
  static let longestRange: Int64 = 400 * 24 * 3_600_000
  /// Limits of one request: events read, and occurrences in the answer.
  static let most = 2000

  let account: Account
  let range: Range<Int64>
  /// Only events that the account attends, was invited to or organises.
  var isMine = false
  var event: Int64?

  static func sql(_ scope: String, isMine: Bool, isOne: Bool) -> String {
    let mine = "AND (p.answer IN ('none', 'yes', 'maybe', 'waiting') OR events.organizer_id = ?)"
    return """
      SELECT \(Event.columns), events.title, events.description, events.location, events.type, events.organizer_id,
        events.places, events.updated_at, p.answer,
        (SELECT coalesce(nullif(name, ''), username) FROM users WHERE id = events.organizer_id) AS organizer_name,
        (SELECT starts_at FROM event_exceptions WHERE moved_to = events.id) AS moved_from,
        (SELECT count(*) FROM event_participants WHERE event_id = events.id AND answer = 'yes') AS participants,
        (SELECT count(*) FROM event_participants WHERE event_id = events.id AND answer = 'waiting') AS waiting
      FROM event_spans JOIN events ON events.id = event_spans.event_id
      LEFT JOIN event_participants AS p ON p.event_id = events.id AND p.user_id = ?
      WHERE event_spans.ends_at >= ? AND event_spans.starts_at < ? \(isOne ? "AND events.id = ?" : "")
        \(isMine ? mine : "") AND (\(scope))
      LIMIT ?
      """
  }

  /// Ordered by start.
  func find(in connection: Connection) throws -> [Occurrence] {
    let (scope, arguments) = Events.scope(account)
    let given: [(any Bindable)?] =
      [account.id, range.lowerBound, range.upperBound] + (event.map { [$0] } ?? [])
      + (isMine ? [account.id] : []) + arguments + [Self.most]
    var found: [Occurrence] = []
    try connection.forEach(Self.sql(scope, isMine: isMine, isOne: event != nil), arguments: given) {
      (row: Row) -> Void in
      let event = Event(row)
      let details = Occurrence.Details(row)
      for start in event.starts(within: range, most: Self.most) {
        found.append(Occurrence(event: event, start: start, details: details))
      }
    }
    found.sort { ($0.start, $0.event.id) < ($1.start, $1.event.id) }
    return Array(found.prefix(Self.most))
  }
}
