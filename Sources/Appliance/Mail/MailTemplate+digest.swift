import HTTP

extension MailTemplate {
  /// What a person has not seen: by default their unread notifications while they are away.
  struct Digest: Sendable, Equatable {
    struct Item: Sendable, Equatable {
      let title: Sentence
      /// A further line; nil for none.
      var note: Sentence?
      let link: String
    }

    /// The number of each kind, such as `3 mentions`.
    let counted: [Sentence]
    /// The newest ones, newest first.
    let items: [Item]
    /// Number of further ones that are not listed.
    let more: Int
    let pageLink: String
    let preferencesLink: String
    var opening = Sentence(fr: "Vos notifications non lues\u{a0}:", en: "Your unread notifications:")
    var button = Sentence(fr: "Tout afficher", en: "View all")
  }
}

extension MailTemplate.Digest {
  func inFrench(greeting: String) -> MailLetter {
    var parts: [MailLetter.Part] = [
      .paragraph(opening.fr),
      .links(items.map { ($0.title.fr, $0.note?.fr, $0.link) }),
    ]
    if more > 0 { parts.append(.paragraph(more == 1 ? "Et une autre." : "Et \(more) autres.")) }
    parts += [
      .button(button.fr, pageLink),
      .quietLink("Choisir ou arrêter ces e-mails", preferencesLink),
    ]
    return MailLetter(
      subject: Self.subject(counted.map(\.fr)), greeting: greeting, parts: parts)
  }

  func inEnglish(greeting: String) -> MailLetter {
    var parts: [MailLetter.Part] = [
      .paragraph(opening.en), .links(items.map { ($0.title.en, $0.note?.en, $0.link) }),
    ]
    if more > 0 { parts.append(.paragraph("And \(more) more.")) }
    parts += [
      .button(button.en, pageLink),
      .quietLink("Choose or stop these emails", preferencesLink),
    ]
    return MailLetter(
      subject: Self.subject(counted.map(\.en)), greeting: greeting, parts: parts)
  }

  /// The number of kinds that a subject names, since mail programs show about 60 characters.
  private static let mostNamed = 3

  private static func subject(_ counted: [String]) -> String {
    counted.prefix(mostNamed).joined(separator: ", ") + (counted.count > mostNamed ? "…" : "")
  }
}
