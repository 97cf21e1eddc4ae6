import HTTP
import ICalendar
import Store

/// The routes of trainings besides those of their table: what is coming, participants, results, files.
struct TrainingsFeature: Feature {
  let database: Database
  let clock: Clock
  let hub: Hub
  let settings: SystemSettings
  let notifications: Notifications
  let site: Site

  var jobs: [any JobKind] {
    [TrainingReminders(database: database, settings: settings, notifications: notifications)]
  }

  var routes: [Route] {
    let all = listRoutes + participantRoutes + ownRoutes + complianceRoutes
    return all.map { $0.belonging(to: .training, settings) }
  }

  var resource: Resource { Trainings.resource(notifications) }

  private var listRoutes: [Route] {
    [
      .get(
        "/api/trainings/upcoming", .signedIn, "List the trainings that are not over, earliest first",
        response: .array(resource.answerSchema), upcoming
      ).reading(QueryParameter.paging),
      .get(
        "/api/training-recommendations", .signedIn, "List trainings for you, each with its reason",
        response: .array(TrainingRecommendation.schema(resource)), recommendations),
      .get("/api/trainings/:id/training.ics", .signedIn, "Get a training as an iCalendar file", file)
        .producing("text/calendar"),
    ]
  }

  static func upcomingSQL(_ resource: Resource, _ scope: String) -> String {
    """
    SELECT \(resource.selection), training_spans.starts_at FROM training_spans
    JOIN trainings ON trainings.id = training_spans.training_id
    WHERE (training_spans.starts_at, training_spans.training_id) > (?, ?) AND training_spans.ends_at > ?
      AND (\(scope)) ORDER BY training_spans.starts_at, training_spans.training_id LIMIT ?
    """
  }

  private func upcoming(_ request: Request) async throws -> Response {
    let account = try request.account()
    let limit = try Paging.limit(request)
    let now = clock.now()
    let cursor = try Self.cursor(request, now)
    let resource = self.resource
    let (bytes, next) = try await database.read { connection in
      let scope = Trainings.scope(account)
      var json = JSONWriter(reserve: 16 << 10)
      var (count, last) = (0, "")
      try json.array { json in
        try connection.forEach(
          Self.upcomingSQL(resource, scope.sql),
          arguments: resource.reader(account) + cursor + [now.value] + scope.arguments + [limit.value]
        ) { (row: Row) -> Void in
          resource.write(Record(row, of: resource.columns), to: &json)
          count += 1
          last = "\(row.int64("starts_at"))~\(row.int64(0))"
        }
      }
      return (json.bytes, count == limit ? last : nil)
    }
    return Response.json(200, bytes: bytes).withNext(next)
  }

  /// Start and id of the last training of the page before. The first page begins with the longest training that
  /// may still be going on.
  private static func cursor(_ request: Request, _ now: Int64) throws -> [Value] {
    guard let text = request.query["before"] else { return [(now - Event.longest - 1).value, 0.value] }
    let parts = text.split(byte: "~", maxSplits: 1)
    guard parts.count == 2, let start = Int64(digits: parts[0]), let id = Int64(digits: parts[1]) else {
      throw Failure.invalid([
        FieldError(
          "before", "INVALID_CURSOR",
          Sentence(fr: "Reprenez la valeur de X-Next-Before.", en: "Use the value of X-Next-Before."))
      ])
    }
    return [start.value, id.value]
  }

  private func recommendations(_ request: Request) async throws -> Response {
    let account = try request.account()
    let now = clock.now()
    let resource = self.resource
    let found = try await database.read {
      try TrainingRecommendation.all(for: account, resource, at: now, in: $0)
    }
    return .json { json in
      json.array { json in for one in found { one.write(resource, in: request.language, to: &json) } }
    }
  }

  private func file(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let bytes = try await database.read { [site] connection in
      _ = try Training.visible(id, to: account, in: connection)
      guard let entry = try CalendarEntry.training(id, in: connection) else { throw Failure.notFound }
      var writer = CalendarWriter(name: "OBox")
      writer.add(entry.event(site))
      writer.end()
      return writer.bytes
    }
    return EventsFeature.file(bytes, "training-\(id).ics")
  }

  /// Sends a frame about a changed training to the open pages of those who may see it.
  func tell(_ id: Int64, _ verb: String = "change", also person: Int64? = nil, in tx: Transaction) throws {
    var people = try resource.audience(of: id, hub, at: tx.now, in: tx)
    if let person { people.insert(person) }
    resource.tell(verb, id, to: people, hub, in: tx)
  }
}
