import HTTP
import ICalendar
import Store

/// The routes of the calendar besides those of its table: occurrences, answers, invitations, files.
struct EventsFeature: Feature {
  let database: Database
  let clock: Clock
  let hub: Hub
  let settings: SystemSettings
  let notifications: Notifications
  let site: Site

  var jobs: [any JobKind] {
    [EventReminders(database: database, settings: settings, notifications: notifications)]
  }

  var routes: [Route] {
    let all = occurrenceRoutes + participantRoutes + fileRoutes
    return all.map { $0.belonging(to: .events, settings) }
  }

  private var occurrenceRoutes: [Route] {
    [
      .get(
        "/api/events/occurrences", .signedIn, "List when events take place, earliest first",
        response: .array(Occurrence.schema), occurrences
      ).reading(
        QueryParameter("from", .time, "from this time on", required: true),
        QueryParameter("to", .time, "until this time, at most 400 days later", required: true),
        QueryParameter.flag("mine", "1: only those that you come to, are invited to or organize"),
        QueryParameter("event", .string, "only those of this event"))
    ] + seriesRoutes
  }

  private func occurrences(_ request: Request) async throws -> Response {
    let account = try request.account()
    let question = Occurrences(
      account: account, range: try Self.range(request), isMine: try request.query.flag("mine"),
      event: request.query["event"].map { Int64(digits: $0) ?? 0 })
    let found = try await database.read { try question.find(in: $0) }
    return .json { json in
      json.array { json in for occurrence in found { occurrence.write(to: &json) } }
    }
  }

  static func range(_ request: Request) throws -> Range<Int64> {
    var times: [Int64] = []
    for name in ["from", "to"] {
      guard let time = request.query[name].flatMap(TimeText.milliseconds), Event.times.contains(time) else {
        throw Failure.invalid([
          FieldError(
            name, "NOT_A_TIME",
            Sentence(
              fr: "Indiquez une date au format 2026-11-20T09:54:12Z.",
              en: "Use a date such as 2026-11-20T09:54:12Z."))
        ])
      }
      times.append(time)
    }
    guard times[0] < times[1], times[1] - times[0] <= Occurrences.longestRange else {
      throw Failure.invalid([
        FieldError(
          "to", "OUT_OF_RANGE",
          Sentence(fr: "Au plus 400 jours après from.", en: "At most 400 days after from."))
      ])
    }
    return times[0]..<times[1]
  }

  static func title(of id: Int64, in connection: Connection) throws -> String {
    try connection.first("SELECT title FROM events WHERE id = ?", id, map: { $0.text(0) }) ?? ""
  }

  /// Reads an event. Throws 404 if the account may not see it.
  static func visible(_ id: Int64, to account: Account, in connection: Connection) throws -> Event {
    let (sql, arguments) = Events.scope(account)
    let found = try connection.first(
      "SELECT \(Event.columns) FROM events WHERE id = ? AND (\(sql))", arguments: [id] + arguments,
      map: Event.init)
    guard let found else { throw Failure.notFound }
    return found
  }

  /// Sends a frame about a changed event to the open pages of those who may see it.
  func tell(_ id: Int64, in tx: Transaction) throws {
    let resource = Events.resource(notifications)
    let people = try resource.audience(of: id, hub, at: tx.now, in: tx)
    resource.tell("change", id, to: people, hub, in: tx)
  }
}
