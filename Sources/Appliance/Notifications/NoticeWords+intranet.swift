import HTTP

/// What happens on the intranet.
extension NoticeWords.Facts {
  func intranetTitle(of kind: Notice.Kind) -> Sentence {
    switch kind {
    case .comment:
      count == 1
        ? Sentence(fr: "\(who.fr) a commenté «\u{a0}\(name)\u{a0}»", en: "\(who.en) commented on “\(name)”")
        : Sentence(
          fr: "\(count) commentaires sur «\u{a0}\(name)\u{a0}»", en: "\(count) comments on “\(name)”")
    case .confirmationWanted:
      Sentence(fr: "À lire et confirmer\u{a0}: \(name)", en: "Read and confirm: \(name)")
    case .documentApproval:
      switch details["task"] {
      case "approved":
        Sentence(fr: "\(who.fr) a approuvé «\u{a0}\(name)\u{a0}»", en: "\(who.en) approved “\(name)”")
      case "rejected":
        Sentence(fr: "\(who.fr) a refusé «\u{a0}\(name)\u{a0}»", en: "\(who.en) rejected “\(name)”")
      default:
        Sentence(
          fr: "«\u{a0}\(name)\u{a0}» attend votre approbation", en: "“\(name)” is waiting for your approval")
      }
    case .documentReview:
      Sentence(fr: "«\u{a0}\(name)\u{a0}» est à réviser", en: "“\(name)” is due for review")
    default: Sentence(fr: name, en: name)
    }
  }

  func intranetMessage(of kind: Notice.Kind) -> Sentence {
    switch kind {
    case .comment:
      Sentence(fr: "Lisez et répondez sous l’annonce.", en: "Read and reply below the announcement.")
    case .confirmationWanted:
      Sentence(
        fr: "Une confirmation de lecture vous est demandée.",
        en: "You are asked to confirm that you have read this.")
    case .documentApproval:
      details["task"] == nil
        ? Sentence(
          fr: "Lisez cette version, puis approuvez-la ou refusez-la.",
          en: "Read this version, then approve or reject it.")
        : Sentence(
          fr: "La décision est dans l’historique du document.",
          en: "The decision is in the document’s history.")
    case .documentReview:
      Sentence(
        fr: "Vérifiez qu’il est à jour, puis fixez la prochaine date de révision.",
        en: "Check that it is up to date, then set the next review date.")
    case .importantAnnouncement: Sentence(fr: "Annonce importante", en: "Important announcement")
    default: Sentence(fr: "Nouvelle annonce", en: "New announcement")
    }
  }
}
