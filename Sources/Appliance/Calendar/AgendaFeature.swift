import HTTP
import ICalendar
import Store

/// `/api/agenda/events`: each person's own calendar, in the format of the Workspace client.
struct AgendaFeature: Feature {
  static let mostPerPerson = 5_000
  /// Bytes of text in one answer: the earliest entries that fit.
  static let mostBytes = 4 << 20
  private static let mostAnswered = 5000
  static let frame = "AGENDA_CHANGED"

  let database: Database
  let hub: Hub

  private var table: PersonalTable {
    PersonalTable(
      name: "agenda_events", most: Self.mostPerPerson, frame: Self.frame, database: database, hub: hub)
  }

  private static let one = Schema.object([
    ("success", .boolean, required: true), ("data", AgendaEvent.schema, required: true),
  ])

  var routes: [Route] {
    let path = "/api/agenda/events"
    return [
      .get(
        path, .signedIn, "List your own calendar, earliest first",
        response: .object([
          ("success", .boolean, required: true), ("data", .array(AgendaEvent.schema), required: true),
        ]), list
      ).reading(
        QueryParameter("start", .string, "from this day on: `2026-11-20`"),
        QueryParameter("end", .string, "until the end of this day")),
      .post(
        path, .signedIn, "Add to your own calendar", request: AgendaEvent.body(isNew: true),
        response: Self.one, create
      ).checkingKinds(),
      .put(
        path + "/:id", .signedIn, "Change an entry of your own calendar",
        request: AgendaEvent.body(isNew: false),
        response: Self.one, change
      ).checkingKinds(),
      .delete(
        path + "/:id", .signedIn, "Delete an entry of your own calendar", response: .done,
        table.delete),
    ]
  }

  static let listSQL = """
    SELECT \(AgendaEvent.columns) FROM agenda_events WHERE user_id = ? AND end_at >= ? AND start_at < ?
    ORDER BY start_at, id LIMIT ?
    """

  private func list(_ request: Request) async throws -> Response {
    let account = try request.account()
    let from = try Self.day("start", request)?.seconds ?? .min
    let to = try Self.day("end", request).map { $0.seconds + WallClock.day } ?? .max
    let events = try await database.read { connection in
      var events: [AgendaEvent] = []
      var bytes = 0
      try connection.forEach(Self.listSQL, arguments: [account.id, from, to, Self.mostAnswered]) {
        (row: Row) -> Bool in
        events.append(AgendaEvent(row))
        bytes += row.weight
        return bytes < Self.mostBytes
      }
      return events
    }
    return .json { json in
      json.object { json in
        json.field("success", true)
        json.array("data") { json in for event in events { event.write(to: &json) } }
      }
    }
  }

  /// The day at the start of a query parameter; nil without one. Throws 400.
  private static func day(_ name: String, _ request: Request) throws(Failure) -> WallClock? {
    guard let text = request.query[name], !text.isEmpty else { return nil }
    guard let day = WallClock(String(text.prefix(10))) else {
      throw PersonalRecords.wrong(
        name, "NOT_A_DAY", fr: "Un jour comme 2026-11-20.", en: "A day such as 2026-11-20.")
    }
    return day
  }

  private func create(_ request: Request) async throws -> Response {
    let account = try request.account()
    var event = AgendaEvent()
    try event.take(try request.json())
    event.id = try await table.add(of: account.id) { [event] tx in
      try tx.execute(
        """
        INSERT INTO agenda_events (user_id, title, start_text, end_text, start_at, end_at, color, description, all_day,
          created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, account.id, event.title, event.start, event.end, event.seconds.start, event.seconds.end,
        event.color, event.description, event.isAllDay, tx.now, tx.now)
    }
    return answer(event, 201)
  }

  private func change(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let body = try request.json()
    let changed = try await table.change(of: account.id) { tx -> AgendaEvent? in
      let found = try tx.first(
        "SELECT \(AgendaEvent.columns) FROM agenda_events WHERE id = ? AND user_id = ?", id, account.id,
        map: AgendaEvent.init)
      guard var event = found else { return nil }
      try event.take(body)
      try tx.execute(
        """
        UPDATE agenda_events SET title = ?, start_text = ?, end_text = ?, start_at = ?, end_at = ?, color = ?,
          description = ?, all_day = ?, updated_at = ? WHERE id = ?
        """, event.title, event.start, event.end, event.seconds.start, event.seconds.end, event.color,
        event.description, event.isAllDay, tx.now, id)
      return event
    }
    return answer(changed, 200)
  }

  private func answer(_ event: AgendaEvent, _ status: Int) -> Response {
    .json(status) { json in
      json.object { json in
        json.field("success", true)
        json.key("data")
        event.write(to: &json)
      }
    }
  }
}
