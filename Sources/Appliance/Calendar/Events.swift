import HTTP
import ICalendar
import Store

/// The organisation's calendar. Participants are not a column: see `EventParticipants`.
enum Events {
  static let right = Permission.manageEvents.rawValue
  static let frame = "EVENTS_CHANGED"

  static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  static let description = Column(
    "description", .text(0...10_000, lines: true), fr: "Description", en: "Description", initial: "".value)
  static let date = Column("date", .time, fr: "Début", en: "Start")
  /// Null for an event without duration. For an all-day event, its last day.
  static let endDate = Column("endDate", .time, fr: "Fin", en: "End", initial: .null)
  static let location = Column("location", .text(0...200), fr: "Lieu", en: "Location", initial: "".value)
  static let type = Column(
    "type",
    .choice([
      .init("meeting", Sentence(fr: "Réunion", en: "Meeting")),
      .init("training", Sentence(fr: "Formation", en: "Training")),
      .init("social", Sentence(fr: "Convivialité", en: "Social")),
      .init("other", Sentence(fr: "Autre", en: "Other")),
    ]), fr: "Type", en: "Type", initial: "meeting".value)
  static let organizerID = Column.stamp(
    "organizerId", .reference(to: "users"), fr: "Organisateur", en: "Organizer"
  ) { $0.id.value }
  static let allDay = Column("allDay", .flag, fr: "Toute la journée", en: "All day", initial: false.value)
  /// The zone in which a series keeps its local time and an all-day event has its days.
  static let timeZone = Column(
    "timeZone", .text(1...64), fr: "Fuseau horaire", en: "Time zone", initial: Zone.host.name.value
  ).formatted(.timeZone)
  /// A recurrence rule of RFC 5545; "" for a single event.
  static let recurrence = Column(
    "recurrence", .text(0...RecurrenceRule.longest), fr: "Répétition", en: "Recurrence", initial: "".value
  ).formatted(.recurrence)
  /// Null for no limit.
  static let places = Column("places", .number(1...100_000), fr: "Places", en: "Places", initial: .null)
  /// Minutes before each start; null for no reminder.
  static let reminder = Column(
    "reminder", .number(0...40_320), fr: "Rappel (minutes)", en: "Reminder (minutes)", initial: .null)
  static let audience = Column("audience", .audience, fr: "Pour", en: "For", initial: "[]".value)

  private static func participants(_ answer: String) -> String {
    "(SELECT count(*) FROM event_participants WHERE event_id = events.id AND answer = '\(answer)')"
  }

  static func resource(_ notifications: Notifications) -> Resource {
    Resource(
      "events", table: "events", title: Sentence(fr: "Événements", en: "Events"),
      noun: Sentence(fr: "un événement", en: "an event"),
      columns: [
        title, description, date, endDate, location, type, organizerID, allDay, timeZone, recurrence, places,
        reminder, audience,
        .computed(
          "organizerName", .text(0...200), fr: "Organisateur", en: "Organizer",
          sql: "(SELECT coalesce(nullif(name, ''), username) FROM users WHERE id = events.organizer_id)"),
        .computed(
          "exceptions", .tags, fr: "Annulées", en: "Cancelled occurrences",
          sql: """
            (SELECT json_group_array(strftime('%Y-%m-%dT%H:%M:%fZ', starts_at / 1000.0, 'unixepoch'))
             FROM event_exceptions WHERE event_id = events.id)
            """),
        .computed(
          "participantCount", .number(0...(.max)), fr: "Participants", en: "Participants",
          sql: participants("yes")),
        .computed(
          "waitingCount", .number(0...(.max)), fr: "En attente", en: "Waiting", sql: participants("waiting")),
      ]
    )
    .allowing(.list, .get, to: .signedIn)
    .allowing(.create, .change, .delete, to: .right(right))
    .scoped { account, _ in scope(account) }
    .before { change, tx in try check(&change, in: tx) }
    .after { change, tx in try follow(change, notifications, in: tx) }
    .searchable(title, description, location)
    .belonging(to: .events)
    .linked { "/calendar?event=\($0)" }
    .publishing(frame)
  }

  /// Events visible to an account: by audience, by invitation, or as organiser; all of them to managers.
  static func scope(_ account: Account?) -> (sql: String, arguments: [Value]) {
    guard let account else { return ("events.id = 0", []) }
    return account.has(right: right) ? ("1", []) : concern(account)
  }

  /// The same without the right to manage events.
  static func concern(_ account: Account) -> (sql: String, arguments: [Value]) {
    let readers = Readership.condition("events.audience", for: account)
    return (
      """
      \(readers.sql) OR events.organizer_id = ? OR EXISTS (
        SELECT 1 FROM event_participants WHERE event_id = events.id AND user_id = ? AND is_invited = 1)
      """, readers.arguments + [account.id.value, account.id.value]
    )
  }
}

extension Column.Format {
  static let timeZone = Column.Format(
    code: "UNKNOWN_TIME_ZONE",
    sentence: Sentence(
      fr: "Un fuseau horaire comme Europe/Paris.", en: "A time zone such as Europe/Paris."),
    samples: ["Europe/Paris", "UTC", "America/New_York"], accepts: { Zone($0)?.name == $0 })

  static let recurrence = Column.Format(
    code: "INVALID_RECURRENCE",
    sentence: Sentence(
      fr: "Une règle de la RFC 5545, par jour ou plus, comme FREQ=WEEKLY;COUNT=10.",
      en: "A rule of RFC 5545, by the day or more, such as FREQ=WEEKLY;COUNT=10."),
    samples: ["FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;COUNT=2", ""],
    accepts: { $0.isEmpty || RecurrenceRule($0) != nil })

  static let webAddress = Column.Format(
    code: "NOT_AN_ADDRESS",
    sentence: Sentence(
      fr: "Une adresse qui commence par https://.", en: "An address that begins with https://."),
    samples: ["https://example.org/1", "http://example.org/2", "https://example.org/3"],
    accepts: Column.isWebAddress)
}
