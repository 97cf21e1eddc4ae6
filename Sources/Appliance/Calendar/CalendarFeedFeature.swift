import HTTP
import ICalendar
import Store

/// A person's calendar for other programs, at a secret URL that needs no sign-in, until its owner renews or
/// revokes it.
struct CalendarFeedFeature: Feature {
  let database: Database
  let clock: Clock
  let settings: SystemSettings
  let site: Site
  /// What other modules have in people's calendars.
  let sources: [CalendarSource]

  private static let path = "/api/calendar/feed"
  private static let state = Schema.object([
    ("active", .boolean, required: true), ("createdAt", .optional(.time), required: true),
    ("readAt", .described("when a calendar last asked", .optional(.time)), required: true),
  ])

  var routes: [Route] {
    let all: [Route] = [
      .get(
        "/api/calendar/entries", .signedIn, "List what you take part in besides events, such as trainings",
        response: .array(CalendarEntry.schema), entries
      ).reading(
        QueryParameter("from", .time, "from this time on", required: true),
        QueryParameter("to", .time, "until this time, at most 400 days later", required: true)),
      .get(Self.path, .signedIn, "Get whether your calendar has a secret address", response: Self.state, get),
      .post(
        Self.path, .signedIn,
        "Make the secret address of your calendar, or a new one in its place; shown once",
        response: .object([("url", .string, required: true)]), make),
      .delete(Self.path, .signedIn, "End the secret address of your calendar", response: .done, end),
      .get("/api/calendar.ics", .everyone, "Get a person's calendar by its secret address", read).reading(
        QueryParameter("key", .string, "the secret", required: true)
      ).producing("text/calendar"),
    ]
    return all.map { $0.belonging(to: .events, settings) }
  }

  private func entries(_ request: Request) async throws -> Response {
    let account = try request.account()
    let range = try EventsFeature.range(request)
    let found = try await database.read { [sources] connection in
      try CalendarSource.entries(of: sources, for: account.id, within: range, in: connection)
    }
    return .json { json in json.array { json in for entry in found { entry.write(to: &json) } } }
  }

  private func get(_ request: Request) async throws -> Response {
    let account = try request.account()
    let feed = try await database.read { connection in
      try connection.first("SELECT created_at, read_at FROM calendar_feeds WHERE user_id = ?", account.id) {
        (created: $0.int64(0), read: $0.optionalInt64(1))
      }
    }
    return .json { json in
      json.object { json in
        json.field("active", feed != nil)
        json.time("createdAt", feed?.created)
        json.time("readAt", feed?.read)
      }
    }
  }

  private func make(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    let token = Token(for: .calendar)
    try await database.write { tx in
      try tx.execute(
        "INSERT OR REPLACE INTO calendar_feeds (user_id, hash, created_at) VALUES (?, ?, ?)", account.id,
        token.hash,
        tx.now)
      try Audit.record(
        .tokenCreated, actor: account, subject: account, request: request, details: "calendar", in: tx)
    }
    let url = "\(site.publicURL)/api/calendar.ics?key=\(token.text)"
    return .json(201) { json in json.object { $0.field("url", url) } }
  }

  private func end(_ request: Request) async throws -> Response {
    let account = try request.interactive().account
    try await database.write { tx in
      guard try tx.execute("DELETE FROM calendar_feeds WHERE user_id = ?", account.id) > 0 else { return }
      try Audit.record(
        .tokenDeleted, actor: account, subject: account, request: request, details: "calendar", in: tx)
    }
    return .done(Sentence(fr: "Adresse supprimée.", en: "Address deleted."), for: request)
  }

  private func read(_ request: Request) async throws -> Response {
    guard let hash = request.query["key"].flatMap({ Token.hash($0, for: .calendar) }) else {
      throw Failure.notFound
    }
    let now = clock.now()
    let (person, isNoted, bytes) = try await database.read { [site, sources] connection in
      let feed = try connection.first("SELECT user_id, read_at FROM calendar_feeds WHERE hash = ?", hash) {
        (person: $0.int64(0), readAt: $0.optionalInt64(1) ?? 0)
      }
      guard let feed, let account = try Account.find(feed.person, in: connection), account.isActive,
        account.isApproved
      else { throw Failure.notFound }
      var writer = CalendarWriter(name: EventFile.name(account.language))
      let since = now - EventFile.kept
      try EventFile.write(Events.concern(account), since: since, site, in: connection, to: &writer)
      try EventFile.writeAgenda(of: account.id, since: since, site, in: connection, to: &writer)
      try EventFile.write(sources, of: account.id, since: since, site, in: connection, to: &writer)
      writer.end()
      return (account.id, now - feed.readAt < 3_600_000, writer.bytes)
    }
    if !isNoted {
      try await database.write { tx in
        try tx.execute("UPDATE calendar_feeds SET read_at = ? WHERE user_id = ?", tx.now, person)
      }
    }
    return EventsFeature.file(bytes, "calendar.ics")
  }
}
