import HTTP
import ICalendar
import Store

/// Cancelling or changing one occurrence of a series.
extension EventsFeature {
  var seriesRoutes: [Route] {
    let path = "/api/events/:id/occurrences/:start"
    let resource = Events.resource(notifications)
    return [
      .delete(
        path, .right(Events.right), "Cancel one occurrence of a series; `start` is its beginning",
        response: .done, cancel),
      Route(
        .post, path, .right(Events.right),
        "Change one occurrence of a series: it becomes an event of its own, with the same participants",
        request: resource.bodySchema(isNew: false), response: resource.answerSchema, handler: changeOne
      ).checkingKinds(),
    ]
  }

  private func cancel(_ request: Request) async throws -> Response {
    try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: Events.right, in: tx)
      let (event, start) = try takeOut(request, by: actor, in: tx)
      if start > tx.now {
        let notice = Notice(
          kind: .eventChanged, subject: Events.subject(event.id), link: "/calendar?event=\(event.id)",
          actor: actor.id,
          details: [
            "name": try Self.title(of: event.id, in: tx), "task": "occurrence",
            "when": event.zone.wallClock(at: start).text,
          ])
        try notifications.notify(EventParticipants.coming(to: event.id, in: tx), of: notice, in: tx)
      }
    }
    return .done(Sentence(fr: "Cette date est annulée.", en: "This date is cancelled."), for: request)
  }

  /// The occurrence becomes an event of its own, with the fields in the body.
  private func changeOne(_ request: Request) async throws -> Response {
    let resource = Events.resource(notifications)
    let given = try resource.values(of: try request.json(), isNew: false)
    let made = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: Events.right, in: tx)
      let (event, start) = try takeOut(request, by: actor, in: tx)
      let series = try resource.record(event.id, for: actor, at: tx.now, in: tx)
      try resource.checkIsCurrent(series, request)
      var new = Record(createdAt: tx.now, updatedAt: tx.now)
      for column in resource.stored { new[column] = given[column.name] ?? series[column] }
      new[Events.recurrence] = "".value
      let begins = given[Events.date.name] == nil ? start : new.int64(Events.date) ?? start
      new[Events.date] = begins.value
      if given[Events.endDate.name] == nil { new[Events.endDate] = Self.end(of: event, begins) }
      let made = try resource.carryOut(
        Resource.Change(.create, by: actor, old: nil, new: new), request, hub, in: tx)
      try tx.execute(
        "UPDATE event_exceptions SET moved_to = ? WHERE event_id = ? AND starts_at = ?", made.id, event.id,
        start)
      try EventParticipants.copy(from: event.id, to: made.id, in: tx)
      try EventParticipants.fillPlaces(of: made.id, notifications, in: tx)
      let isElsewhere =
        made[Events.date] != start.value || made[Events.endDate] != Self.end(of: event, start)
        || made[Events.location] != series[Events.location]
      if isElsewhere, Event(made).over > tx.now {
        try notifications.notify(
          EventParticipants.coming(to: made.id, in: tx),
          of: Events.notice(.eventChanged, made, by: actor.id, ["task": "changed"]), in: tx)
      }
      return try resource.record(made.id, for: actor, at: tx.now, in: tx)
    }
    return resource.answer(made, status: 201)
  }

  /// The `endDate` of an occurrence that begins at `start`.
  private static func end(of event: Event, _ start: Int64) -> Value {
    guard let end = event.end, Event.times.contains(start) else { return .null }
    return (event.isAllDay ? max(start, event.lastDay(of: start)) : start + end - event.start).value
  }

  /// Removes the occurrence in the path from its series; returns the series as it was, and the start. Throws
  /// 404 if there is no such occurrence.
  private func takeOut(
    _ request: Request, by actor: Account, in tx: Transaction
  ) throws -> (event: Event, start: Int64) {
    guard let start = TimeText.milliseconds(request.parameter("start")),
      let event = try Event.find(try request.id(), in: tx), event.rule != nil, Event.times.contains(start),
      event.begins(at: start), !event.exceptions.contains(start)
    else { throw Failure.notFound }
    try tx.execute("INSERT INTO event_exceptions (event_id, starts_at) VALUES (?, ?)", event.id, start)
    try EventSpan.write(event.id, in: tx)
    try Audit.record(
      .resourceChanged, actor: actor,
      on: .init(type: "events", id: event.id, name: try Self.title(of: event.id, in: tx)), request: request,
      details: "change exceptions", in: tx)
    try tell(event.id, in: tx)
    return (event, start)
  }
}
