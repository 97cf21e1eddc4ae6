import HTTP

/// What happens in the forum. `name` is the title of the topic.
extension NoticeWords.Facts {
  func forumTitle(of kind: Notice.Kind) -> Sentence {
    switch (kind, details["task"]) {
    case (.forumTopic, _): Sentence(fr: "Nouveau sujet\u{a0}: \(name)", en: "New topic: \(name)")
    case (.forumReply, _):
      count == 1
        ? Sentence(fr: "\(who.fr) a répondu à «\u{a0}\(name)\u{a0}»", en: "\(who.en) replied to “\(name)”")
        : Sentence(fr: "\(count) réponses à «\u{a0}\(name)\u{a0}»", en: "\(count) replies to “\(name)”")
    case (.forumMention, _):
      Sentence(
        fr: "\(who.fr) vous a mentionné dans «\u{a0}\(name)\u{a0}»",
        en: "\(who.en) mentioned you in “\(name)”")
    case (.forumModeration, "report"?):
      Sentence(fr: "Message signalé dans «\u{a0}\(name)\u{a0}»", en: "Post reported in “\(name)”")
    case (.forumModeration, "post"?):
      Sentence(
        fr: "Un message attend votre approbation dans «\u{a0}\(name)\u{a0}»",
        en: "A post is waiting for your approval in “\(name)”")
    case (.forumModeration, _):
      Sentence(
        fr: "«\u{a0}\(name)\u{a0}» attend votre approbation", en: "“\(name)” is waiting for your approval")
    case (_, "topic-published"?):
      Sentence(fr: "Votre sujet est publié\u{a0}: \(name)", en: "Your topic is published: \(name)")
    case (_, "topic-rejected"?):
      Sentence(fr: "Votre sujet a été refusé\u{a0}: \(name)", en: "Your topic was rejected: \(name)")
    case (_, "post-published"?):
      Sentence(
        fr: "Votre message dans «\u{a0}\(name)\u{a0}» est publié", en: "Your post in “\(name)” is published")
    case (_, "solved"?):
      Sentence(fr: "Votre message a résolu «\u{a0}\(name)\u{a0}»", en: "Your post solved “\(name)”")
    default:
      Sentence(
        fr: "Votre message dans «\u{a0}\(name)\u{a0}» a été refusé", en: "Your post in “\(name)” was rejected"
      )
    }
  }

  func forumMessage(of kind: Notice.Kind) -> Sentence {
    switch (kind, details["task"]) {
    case (.forumModeration, "report"?):
      Sentence(fr: "Lisez le motif, puis décidez.", en: "Read the reason, then decide.")
    case (.forumModeration, _):
      Sentence(fr: "Approuvez-le ou refusez-le.", en: "Approve or reject it.")
    case (.forumDecision, "topic-rejected"?), (.forumDecision, "post-rejected"?):
      Sentence(
        fr: "Le motif est dans le forum. Vous pouvez le modifier et le proposer de nouveau.",
        en: "The reason is in the forum. You can edit it and submit it again.")
    default: Sentence(fr: "Lisez-le dans le forum.", en: "Read it in the forum.")
    }
  }
}
