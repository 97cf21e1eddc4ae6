import HTTP

/// The sentences of notifications about courses.
extension NoticeWords.Facts {
  func courseTitle(of kind: Notice.Kind) -> Sentence {
    switch details["task"] {
    case "late"?: Sentence(fr: "Cours en retard\u{a0}: \(name)", en: "Overdue course: \(name)")
    case "reminder"?:
      Sentence(fr: "\(who.fr) vous relance\u{a0}: \(name)", en: "\(who.en) reminds you: \(name)")
    case "attempt"?: Sentence(fr: "Une tentative de plus\u{a0}: \(name)", en: "One more attempt: \(name)")
    default: Sentence(fr: "Cours obligatoire\u{a0}: \(name)", en: "Mandatory course: \(name)")
    }
  }

  func courseMessage(of kind: Notice.Kind) -> Sentence {
    switch details["task"] {
    case "late"?: by(fr: "Il fallait le terminer avant le", en: "It was due by")
    case "attempt"?:
      Sentence(
        fr: "Votre formateur vous accorde une nouvelle tentative au quiz.",
        en: "Your trainer has given you a new attempt at the quiz.")
    default: by(fr: "À terminer avant le", en: "To be completed by")
    }
  }

  /// The day of `when`; what to do where there is none.
  private func by(fr: String, en: String) -> Sentence {
    guard let day = DayWords.sentence(details["when"] ?? "") else {
      return details["task"] == "reminder"
        ? Sentence(fr: "Continuez où vous vous êtes arrêté.", en: "Go on where you left off.")
        : Sentence(fr: "Ouvrez-le pour commencer.", en: "Open it to start.")
    }
    return Sentence(fr: "\(fr) \(day.fr).", en: "\(en) \(day.en).")
  }
}
