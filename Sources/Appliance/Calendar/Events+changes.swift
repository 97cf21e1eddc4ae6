import HTTP
import ICalendar
import Store

extension Events {
  /// The columns that determine when an event takes place.
  private static let times = [date, endDate, allDay, timeZone, recurrence]

  /// Rejects an end before the start, times out of range, and series without an occurrence. Before a deletion
  /// it records the participants to notify afterwards.
  static func check(_ change: inout Resource.Change, in tx: Transaction) throws {
    guard let new = change.new else {
      change.affected = try EventParticipants.coming(to: change.id, in: tx)
      return
    }
    let event = Event(new)
    guard Event.times.contains(event.start) else { throw Failure.invalid([tooFar(date)]) }
    if let end = event.end {
      guard Event.times.contains(end) else { throw Failure.invalid([tooFar(endDate)]) }
      guard end >= event.start else { throw Failure.invalid([endsBefore]) }
      guard end - event.start <= Event.longest else { throw Failure.invalid([tooLong]) }
    }
    if event.rule != nil, event.nextStart(from: event.start) == nil {
      throw Failure.invalid([neverHappens])
    }
    if let old = change.old { try moveExceptions(old, new, in: tx) }
  }

  /// Updates the computed spans of an event, and notifies participants of changes.
  static func follow(_ change: Resource.Change, _ notifications: Notifications, in tx: Transaction) throws {
    guard let new = change.new else { return try tellGone(change, notifications, in: tx) }
    try EventSpan.write(new.id, in: tx)
    if let old = change.old, old[audience] != new[audience] {
      try EventParticipants.dropOthers(new.text(audience), of: new.id, in: tx)
    }
    if change.old?[places] != new[places] || change.old?[audience] != new[audience] {
      try EventParticipants.fillPlaces(of: new.id, notifications, in: tx)
    }
    guard let old = change.old,
      times.contains(where: { old[$0] != new[$0] }) || old[location] != new[location]
    else { return }
    guard Event(new).over > tx.now else { return }
    try notifications.notify(
      EventParticipants.coming(to: new.id, in: tx),
      of: notice(.eventChanged, new, by: change.actor.id, ["task": "changed"]), in: tx)
  }

  private static func tellGone(
    _ change: Resource.Change, _ notifications: Notifications, in tx: Transaction
  ) throws {
    guard let old = change.old else { return }
    try notifications.settle(subject(old.id), in: tx)
    guard Event(old).over > tx.now else { return }
    try notifications.notify(
      change.affected, of: notice(.eventChanged, old, by: change.actor.id, ["task": "cancelled"]), in: tx)
  }

  /// Moves the exceptions of a series along when it moves to another time; deletes them when the rule
  /// changes.
  private static func moveExceptions(_ old: Record, _ new: Record, in tx: Transaction) throws {
    let (before, after) = (Event(old), Event(new))
    guard before.rule != after.rule || before.start != after.start || before.zone != after.zone else {
      return
    }
    let exceptions = try tx.query(
      "SELECT starts_at, moved_to FROM event_exceptions WHERE event_id = ?", new.id
    ) { (start: $0.int64(0), target: $0.optionalInt64(1)) }
    if exceptions.isEmpty { return }
    try tx.execute("DELETE FROM event_exceptions WHERE event_id = ?", new.id)
    guard before.rule == after.rule else { return }
    let step = after.zone.wallClock(at: after.start).seconds - before.zone.wallClock(at: before.start).seconds
    for exception in exceptions {
      let clock = WallClock(seconds: before.zone.wallClock(at: exception.start).seconds + step)
      try tx.execute(
        "INSERT OR IGNORE INTO event_exceptions (event_id, starts_at, moved_to) VALUES (?, ?, ?)", new.id,
        after.zone.moment(of: clock), exception.target)
    }
  }

  static func subject(_ event: Int64) -> String { "event:\(event)" }

  static func notice(
    _ kind: Notice.Kind, _ event: Record, by actor: Int64?, _ details: [String: String] = [:]
  ) -> Notice {
    let isGone = details["task"] == "cancelled"
    return Notice(
      kind: kind, subject: subject(event.id), link: isGone ? "/calendar" : "/calendar?event=\(event.id)",
      actor: actor,
      details: details.merging(["name": event.text(title)]) { first, _ in first })
  }

  private static func tooFar(_ column: Column) -> FieldError {
    column.wrong("OUT_OF_RANGE", fr: "Une date de 1970 à 2199.", en: "A date from 1970 to 2199.")
  }

  private static let endsBefore = endDate.wrong(
    "END_BEFORE_START", fr: "La fin ne peut pas précéder le début.", en: "The end cannot be before the start."
  )
  private static let tooLong = endDate.wrong(
    "TOO_LONG", fr: "Au plus 400 jours. Choisissez plutôt une répétition.",
    en: "At most 400 days. Use a recurrence instead.")
  private static let neverHappens = recurrence.wrong(
    "NEVER_HAPPENS", fr: "Cette répétition ne donne aucune date.", en: "This recurrence gives no date.")
}

extension Event {
  /// The first start at or after a moment; nil if there is none.
  func nextStart(from moment: Int64) -> Int64? {
    let range = max(start, moment)..<Self.times.upperBound
    guard !range.isEmpty else { return nil }
    return recurrences(within: range, most: exceptions.count + 1).first { !exceptions.contains($0) }
  }
}
