import HTTP
import ICalendar
import Store

/// `.ics` files: export of all events or one, and import.
extension EventsFeature {
  static let fileType = "text/calendar; charset=utf-8"
  private static let imported = Schema.object([
    ("imported", .integer, required: true),
    ("skipped", .described("there already, cancelled, or not understood", .integer), required: true),
  ])

  var fileRoutes: [Route] {
    [
      .get("/api/events.ics", .signedIn, "Get the events that you may see as an iCalendar file", all)
        .producing("text/calendar"),
      .get("/api/events/:id/event.ics", .signedIn, "Get an event as an iCalendar file", one)
        .producing("text/calendar"),
      .post(
        "/api/events/import", .right(Events.right), "Add the events of an iCalendar file, which is the body",
        response: Self.imported, bodyLimit: CalendarFile.mostBytes, importFile
      ).reading(QueryParameter("timeZone", .string, "of times that name none; yours")).consuming(
        "text/calendar", "*/*"),
    ]
  }

  private func all(_ request: Request) async throws -> Response {
    let account = try request.account()
    let now = clock.now()
    let name = EventFile.name(account.language)
    let bytes = try await database.read { [site] connection in
      var writer = CalendarWriter(name: name)
      try EventFile.write(
        Events.scope(account), since: now - EventFile.kept, site, in: connection, to: &writer)
      writer.end()
      return writer.bytes
    }
    return Self.file(bytes, "events.ics")
  }

  private func one(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try request.id()
    let bytes = try await database.read { [site] connection in
      _ = try Self.visible(id, to: account, in: connection)
      var writer = CalendarWriter(name: "OBox")
      try connection.forEach(EventFile.oneSQL, arguments: [id]) { writer.add(EventFile.event($0, site)) }
      writer.end()
      return writer.bytes
    }
    return Self.file(bytes, "event-\(id).ics")
  }

  static func file(_ bytes: [UInt8], _ name: String) -> Response {
    .attachment(bytes, fileType, named: name)
  }

  private func importFile(_ request: Request) async throws -> Response {
    let zone = request.query["timeZone"].flatMap { Zone($0) } ?? .host
    let bytes = request.body
    // Parsed on a thread that may block: the file has up to 1 MB.
    let file = try await database.read { _ in
      do throws(CalendarFile.Refusal) { return try CalendarFile(bytes, zone: zone) } catch {
        throw EventImport.failure(error)
      }
    }
    let added = try await database.change(.resourceCreated, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: Events.right, in: tx)
      try tx.claimSpace()
      let added = try EventImport(actor: actor, tx: tx).add(file.events)
      try Audit.record(
        .resourceCreated, actor: actor, on: .init(type: "events", id: nil, name: ""), request: request,
        details: "import \(added.count)", in: tx)
      let frame = Frame(
        text: Frames.encode(Events.frame) { json in
          json.object { json in
            json.field("resource", "events")
            json.field("verb", "create")
            json.field("id", "")
          }
        })
      tx.afterCommit { [hub] in hub.send(frame, to: Set(hub.present().map(\.id))) }
      return added
    }
    // One by one, because a rule may take long and other writes wait meanwhile. If this is interrupted or fails, the
    // span of a series stays longer than necessary; the events are imported all the same.
    for id in added.pending.sorted() { try? await database.write { try EventSpan.write(id, in: $0) } }
    return .json(201) { json in
      json.object { json in
        json.field("imported", added.count)
        json.field("skipped", file.events.count + file.unread - added.count)
      }
    }
  }
}
