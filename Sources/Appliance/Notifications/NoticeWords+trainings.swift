import HTTP

/// The sentences of notifications about trainings.
extension NoticeWords.Facts {
  func trainingTitle(of kind: Notice.Kind) -> Sentence {
    switch (kind, details["task"]) {
    case (.trainingReminder, _): Sentence(fr: "Rappel\u{a0}: \(name)", en: "Reminder: \(name)")
    case (.trainingMandatory, "late"?):
      Sentence(fr: "Formation en retard\u{a0}: \(name)", en: "Overdue training: \(name)")
    case (.trainingMandatory, "expiring"?):
      Sentence(fr: "Formation à renouveler\u{a0}: \(name)", en: "Training to renew: \(name)")
    case (.trainingMandatory, _):
      Sentence(fr: "Formation obligatoire\u{a0}: \(name)", en: "Mandatory training: \(name)")
    case (_, "cancelled"?):
      Sentence(fr: "Formation annulée\u{a0}: \(name)", en: "Training cancelled: \(name)")
    case (_, "place"?): Sentence(fr: "Vous avez une place\u{a0}: \(name)", en: "You have a place: \(name)")
    case (_, "removed"?):
      Sentence(fr: "Inscription annulée\u{a0}: \(name)", en: "Registration cancelled: \(name)")
    default: Sentence(fr: "Formation modifiée\u{a0}: \(name)", en: "Training changed: \(name)")
    }
  }

  func trainingMessage(of kind: Notice.Kind) -> Sentence {
    switch (kind, details["task"]) {
    case (.trainingReminder, _): when(fr: "Commence le", en: "Starts on")
    case (.trainingMandatory, "due"?): byDay(fr: "À suivre avant le", en: "To be completed by")
    case (.trainingMandatory, "late"?): byDay(fr: "Il fallait la suivre avant le", en: "It was due by")
    case (.trainingMandatory, "expiring"?):
      byDay(fr: "Votre validité se termine le", en: "What you completed is valid until")
    case (.trainingMandatory, _): Sentence(fr: "Inscrivez-vous en un clic.", en: "Register with one click.")
    case (_, "cancelled"?):
      Sentence(fr: "Cette formation n’aura pas lieu.", en: "This training will not take place.")
    case (_, "place"?):
      Sentence(
        fr: "Une place s’est libérée\u{a0}: vous n’êtes plus en attente.",
        en: "A place has become free: you are no longer on the waiting list.")
    case (_, "removed"?):
      Sentence(fr: "Vous n’y êtes plus inscrit.", en: "You are no longer registered for it.")
    default:
      Sentence(fr: "La date ou le lieu a changé.", en: "The date or the location has changed.")
    }
  }

  /// The day of `when`, without its time.
  func byDay(fr: String, en: String) -> Sentence {
    guard let day = DayWords.sentence(details["when"] ?? "") else {
      return Sentence(fr: "Voyez la page de la formation.", en: "See the page of the training.")
    }
    return Sentence(fr: "\(fr) \(day.fr).", en: "\(en) \(day.en).")
  }
}
