import HTTP
import Store

/// Finds people who take part in another event at the same time.
extension EventsFeature {
  private static let mostAsked = 200

  static let busySQL = """
    SELECT \(Event.columns), p.user_id, coalesce(nullif(u.name, ''), u.username) AS name
    FROM json_each(?) AS asked JOIN event_participants AS p ON p.user_id = asked.value AND p.answer = 'yes'
    JOIN event_spans ON event_spans.event_id = p.event_id AND event_spans.ends_at > ? AND event_spans.starts_at < ?
    JOIN events ON events.id = p.event_id JOIN users AS u ON u.id = p.user_id
    WHERE events.id <> ? LIMIT ?
    """

  /// Returns when people are busy, but not with which event.
  func conflicts(_ request: Request) async throws -> Response {
    let range = try Self.range(request)
    let people = request.query["users"].flatMap { JSONValue(parsing: $0)?.array }?.prefix(Self.mostAsked)
      .compactMap { $0.string.flatMap { Int64(digits: $0) } ?? $0.int64 }
    guard let people else { throw Self.noPeople }
    let except = request.query["except"].flatMap { Int64(digits: $0) } ?? 0
    let bytes = try await database.read { connection in
      var json = JSONWriter()
      try json.array { json in
        try connection.forEach(
          Self.busySQL,
          arguments: [
            Notifications.list(people), range.lowerBound, range.upperBound, except, Occurrences.most,
          ]
        ) { (row: Row) -> Void in
          let event = Event(row)
          guard let start = event.starts(within: range, most: 1).first else { return }
          json.object { json in
            json.id("userId", row.int64("user_id"))
            json.field("name", row.text("name"))
            json.time("start", start)
            json.time("end", event.end(of: start))
          }
        }
      }
      return json.bytes
    }
    return .json(200, bytes: bytes)
  }

  private static let noPeople = Failure.invalid([
    FieldError("users", "NOT_A_LIST", Sentence(fr: "Une liste est attendue.", en: "A list is expected."))
  ])
}
