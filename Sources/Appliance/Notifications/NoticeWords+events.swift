import HTTP

/// The sentences of notifications about events.
extension NoticeWords.Facts {
  func eventTitle(of kind: Notice.Kind) -> Sentence {
    switch (kind, details["task"]) {
    case (.eventInvitation, _):
      Sentence(fr: "\(who.fr) vous invite\u{a0}: \(name)", en: "\(who.en) invites you: \(name)")
    case (.eventReminder, _): Sentence(fr: "Rappel\u{a0}: \(name)", en: "Reminder: \(name)")
    case (_, "cancelled"?):
      Sentence(fr: "Événement annulé\u{a0}: \(name)", en: "Event cancelled: \(name)")
    case (_, "occurrence"?): Sentence(fr: "Date annulée\u{a0}: \(name)", en: "Date cancelled: \(name)")
    case (_, "place"?): Sentence(fr: "Vous avez une place\u{a0}: \(name)", en: "You have a place: \(name)")
    default: Sentence(fr: "Événement modifié\u{a0}: \(name)", en: "Event changed: \(name)")
    }
  }

  func eventMessage(of kind: Notice.Kind) -> Sentence {
    switch (kind, details["task"]) {
    case (.eventInvitation, _):
      Sentence(fr: "Répondez dans le calendrier.", en: "Answer in the calendar.")
    case (.eventReminder, _): when(fr: "Commence le", en: "Starts on")
    case (_, "cancelled"?):
      Sentence(fr: "Cet événement n’aura pas lieu.", en: "This event will not take place.")
    case (_, "occurrence"?): when(fr: "N’aura pas lieu le", en: "Will not take place on")
    case (_, "place"?):
      Sentence(
        fr: "Une place s’est libérée\u{a0}: vous n’êtes plus en attente.",
        en: "A place has become free: you are no longer on the waiting list.")
    default:
      Sentence(fr: "La date ou le lieu a changé.", en: "The date or the location has changed.")
    }
  }

  /// `when` is `2026-11-20T09:54` in the event's own time zone.
  func when(fr: String, en: String) -> Sentence {
    let parts = (details["when"] ?? "").split(byte: "T", maxSplits: 1).map { String($0) }
    guard parts.count == 2, let day = DayWords.sentence(parts[0]) else { return Self.calendar }
    let time = parts[1].prefix(5)
    return Sentence(fr: "\(fr) \(day.fr) à \(time).", en: "\(en) \(day.en) at \(time).")
  }

  private static let calendar = Sentence(fr: "Consultez le calendrier.", en: "See the calendar.")
}
