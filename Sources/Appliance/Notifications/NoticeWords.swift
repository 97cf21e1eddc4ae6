import HTTP

/// The texts of a notification: a title and a further line.
struct NoticeWords: Sendable, Equatable {
  let title: Sentence
  let message: Sentence

  /// `count` is the number of combined notifications; `actor` is the name of the person who caused the last.
  init(_ kind: Notice.Kind, count: Int = 1, actor: String? = nil, details: [String: String] = [:]) {
    let facts = Facts(count: count, actor: actor, details: details)
    title = facts.title(of: kind)
    message = facts.message(of: kind)
  }

  struct Facts {
    let count: Int
    let actor: String?
    let details: [String: String]

    var who: Sentence {
      let name = actor.flatMap { $0.isEmpty ? nil : $0 }
      return Sentence(fr: name ?? "Quelqu’un", en: name ?? "Someone")
    }

    var place: Sentence {
      guard let channel = details["channel"], !channel.isEmpty else {
        return Sentence(fr: "une conversation", en: "a conversation")
      }
      return Sentence(fr: "#\(channel)", en: "#\(channel)")
    }

    var name: String { details["name"] ?? "" }
  }
}

extension NoticeWords.Facts {
  func title(of kind: Notice.Kind) -> Sentence {
    switch kind {
    case .mention:
      count == 1
        ? Sentence(
          fr: "\(who.fr) vous a mentionné dans \(place.fr)", en: "\(who.en) mentioned you in \(place.en)")
        : Sentence(fr: "\(count) mentions dans \(place.fr)", en: "\(count) mentions in \(place.en)")
    case .reply:
      count == 1
        ? Sentence(
          fr: "\(who.fr) vous a répondu dans \(place.fr)", en: "\(who.en) replied to you in \(place.en)")
        : Sentence(fr: "\(count) réponses dans \(place.fr)", en: "\(count) replies in \(place.en)")
    case .directMessage:
      count == 1
        ? Sentence(fr: "\(who.fr) vous a envoyé un message", en: "\(who.en) sent you a message")
        : Sentence(fr: "\(count) messages de \(who.fr)", en: "\(count) messages from \(who.en)")
    case .channelInvitation:
      Sentence(fr: "\(who.fr) vous a ajouté à \(place.fr)", en: "\(who.en) added you to \(place.en)")
    case .machineReady:
      Sentence(fr: "Votre machine \(name) est prête", en: "Your machine \(name) is ready")
    case .machineFailed:
      switch details["task"] {
      case "resize":
        Sentence(
          fr: "Votre machine \(name) n’a pas pu être redimensionnée",
          en: "Your machine \(name) could not be resized")
      case "port":
        Sentence(
          fr: "Le port de votre machine \(name) a changé", en: "The port of your machine \(name) has changed")
      case "delete":
        Sentence(
          fr: "Votre machine \(name) n’a pas pu être supprimée",
          en: "Your machine \(name) could not be deleted")
      default:
        Sentence(
          fr: "Votre machine \(name) n’a pas pu être créée",
          en: "Your machine \(name) could not be created")
      }
    case .machinePaused:
      Sentence(fr: "La machine \(name) est en pause", en: "Machine \(name) is paused")
    case .machineWatched:
      Sentence(
        fr: "\(who.fr) a ouvert la console de votre machine \(name)",
        en: "\(who.en) opened the console of your machine \(name)")
    case .approvalWanted:
      Sentence(fr: "\(name) attend votre approbation", en: "\(name) is waiting for your approval")
    case .announcement, .importantAnnouncement, .confirmationWanted, .comment, .documentApproval,
      .documentReview:
      intranetTitle(of: kind)
    case .eventInvitation, .eventChanged, .eventReminder: eventTitle(of: kind)
    case .trainingMandatory, .trainingChanged, .trainingReminder: trainingTitle(of: kind)
    case .courseMandatory, .courseReminder: courseTitle(of: kind)
    case .certificate: certificateTitle
    case .internalMessage:
      Sentence(fr: "\(who.fr) vous a écrit\u{a0}: \(name)", en: "\(who.en) wrote to you: \(name)")
    case .requestNew, .requestAssigned, .requestChanged, .requestCommented, .requestOverdue:
      requestTitle(of: kind)
    case .forumTopic, .forumReply, .forumMention, .forumModeration, .forumDecision: forumTitle(of: kind)
    case .backupFailed:
      details["task"] == "verify"
        ? Sentence(fr: "La vérification de la sauvegarde a échoué", en: "The backup could not be verified")
        : Sentence(fr: "La sauvegarde a échoué", en: "The backup failed")
    }
  }

  private func requestTitle(of kind: Notice.Kind) -> Sentence {
    switch kind {
    case .requestNew: Sentence(fr: "Nouvelle demande\u{a0}: \(name)", en: "New request: \(name)")
    case .requestAssigned:
      Sentence(
        fr: "Une demande vous est confiée\u{a0}: \(name)", en: "A request was assigned to you: \(name)")
    case .requestCommented:
      Sentence(
        fr: "\(who.fr) a commenté la demande\u{a0}: \(name)",
        en: "\(who.en) commented on the request: \(name)")
    case .requestOverdue: Sentence(fr: "Demande en retard\u{a0}: \(name)", en: "Overdue request: \(name)")
    default:
      Sentence(
        fr: "Votre demande a été mise à jour\u{a0}: \(name)", en: "Your request was updated: \(name)")
    }
  }

  func message(of kind: Notice.Kind) -> Sentence {
    switch kind {
    case .mention, .reply, .directMessage: excerpt(isNamed: count > 1 && kind != .directMessage)
    case .channelInvitation:
      Sentence(
        fr: "Vous pouvez maintenant lire et envoyer des messages.", en: "You can now read and send messages.")
    case .machineReady:
      Sentence(
        fr: "Les informations de connexion sont sur sa page.", en: "Connection details are on its page.")
    case .machineFailed, .machinePaused, .backupFailed: Refusals.sentence(details["code"] ?? "")
    case .machineWatched:
      details["task"] == "view"
        ? Sentence(fr: "Cette personne peut voir, sans agir.", en: "They can watch, but not type.")
        : Sentence(fr: "Cette personne peut voir et agir.", en: "They can watch and type.")
    case .approvalWanted:
      Sentence(
        fr: "Approuvez ou supprimez ce compte.",
        en: "Approve or delete this account.")
    case .announcement, .importantAnnouncement, .confirmationWanted, .comment, .documentApproval,
      .documentReview:
      intranetMessage(of: kind)
    case .eventInvitation, .eventChanged, .eventReminder: eventMessage(of: kind)
    case .trainingMandatory, .trainingChanged, .trainingReminder: trainingMessage(of: kind)
    case .courseMandatory, .courseReminder: courseMessage(of: kind)
    case .certificate: certificateMessage
    case .internalMessage: Sentence(fr: "Lisez-le dans Messages.", en: "Read it in Messages.")
    case .requestNew, .requestAssigned:
      Sentence(fr: "Ouvrez-la pour la prendre en charge.", en: "Open it to take care of it.")
    case .requestChanged: requestStatus
    case .requestCommented: Sentence(fr: "Ouvrez-la pour lire et répondre.", en: "Open it to read and reply.")
    case .requestOverdue:
      Sentence(fr: "Son délai de traitement est dépassé.", en: "Its due time has passed.")
    case .forumTopic, .forumReply, .forumMention, .forumModeration, .forumDecision: forumMessage(of: kind)
    }
  }

  private var requestStatus: Sentence {
    switch details["status"] {
    case "open": Sentence(fr: "Elle est de nouveau ouverte.", en: "It is open again.")
    case "in_progress": Sentence(fr: "Elle est en cours de traitement.", en: "It is in progress.")
    case "resolved":
      Sentence(fr: "Elle est résolue. Confirmez, ou rouvrez-la.", en: "It is resolved. Confirm or reopen it.")
    default: Sentence(fr: "Elle est close.", en: "It is closed.")
    }
  }

  /// The beginning of the last message; includes the author when the title counts several.
  private func excerpt(isNamed: Bool) -> Sentence {
    guard let text = details["text"] else {
      return Sentence(fr: "Ce message a été supprimé.", en: "This message has been deleted.")
    }
    guard !text.isEmpty else { return Sentence(fr: "Pièce jointe", en: "Attachment") }
    guard isNamed else { return Sentence(fr: text, en: text) }
    return Sentence(fr: "\(who.fr)\u{a0}: \(text)", en: "\(who.en): \(text)")
  }
}

extension Notice.Kind {
  /// The kind's name in the preferences.
  var title: Sentence {
    switch self {
    case .mention: Sentence(fr: "Mentions", en: "Mentions")
    case .reply: Sentence(fr: "Réponses à mes messages", en: "Replies to my messages")
    case .directMessage: Sentence(fr: "Messages directs", en: "Direct messages")
    case .channelInvitation: Sentence(fr: "Ajout à un salon", en: "Added to a channel")
    case .machineReady: Sentence(fr: "Machine prête", en: "Machine ready")
    case .machineFailed: Sentence(fr: "Problème sur une machine", en: "Machine problem")
    case .machinePaused:
      Sentence(fr: "Machine mise en pause par l’hôte", en: "Machine paused by the host")
    case .machineWatched:
      Sentence(fr: "Console de ma machine ouverte par un autre", en: "My machine's console opened by others")
    case .approvalWanted:
      Sentence(fr: "Compte en attente d’approbation", en: "Account pending approval")
    case .announcement: Sentence(fr: "Annonces", en: "Announcements")
    case .importantAnnouncement: Sentence(fr: "Annonces importantes", en: "Important announcements")
    case .confirmationWanted: Sentence(fr: "Lectures à confirmer", en: "Read confirmations")
    case .comment: Sentence(fr: "Commentaires sur mes annonces", en: "Comments on my announcements")
    case .documentApproval: Sentence(fr: "Approbation de documents", en: "Document approvals")
    case .documentReview: Sentence(fr: "Documents à réviser", en: "Documents to review")
    case .eventInvitation: Sentence(fr: "Invitation à un événement", en: "Invitation to an event")
    case .eventChanged: Sentence(fr: "Événement modifié ou annulé", en: "Event changed or cancelled")
    case .eventReminder: Sentence(fr: "Rappel d’un événement", en: "Event reminder")
    case .trainingMandatory: Sentence(fr: "Formations obligatoires", en: "Mandatory trainings")
    case .trainingChanged: Sentence(fr: "Formation modifiée ou annulée", en: "Training changed or cancelled")
    case .trainingReminder: Sentence(fr: "Rappel d’une formation", en: "Training reminder")
    case .courseMandatory: Sentence(fr: "Cours obligatoires", en: "Mandatory courses")
    case .courseReminder: Sentence(fr: "Relances de mes formateurs", en: "Reminders from my trainers")
    case .certificate: Sentence(fr: "Certificats", en: "Certificates")
    case .internalMessage: Sentence(fr: "Messages internes", en: "Internal messages")
    case .requestNew: Sentence(fr: "Nouvelle demande", en: "New request")
    case .requestAssigned: Sentence(fr: "Demande qui m’est confiée", en: "Request assigned to me")
    case .requestChanged: Sentence(fr: "Avancement de mes demandes", en: "Progress of my requests")
    case .requestCommented: Sentence(fr: "Commentaire sur une demande", en: "Comment on a request")
    case .requestOverdue: Sentence(fr: "Demande en retard", en: "Overdue request")
    case .forumTopic: Sentence(fr: "Nouveaux sujets du forum", en: "New forum topics")
    case .forumReply: Sentence(fr: "Réponses dans le forum", en: "Replies in the forum")
    case .forumMention: Sentence(fr: "Mentions dans le forum", en: "Mentions in the forum")
    case .forumModeration: Sentence(fr: "Forum\u{a0}: à modérer", en: "Forum: to moderate")
    case .backupFailed: Sentence(fr: "Problème de sauvegarde", en: "Backup problem")
    case .forumDecision:
      Sentence(fr: "Forum\u{a0}: décisions sur mes messages", en: "Forum: decisions on my posts")
    }
  }

  /// Whether a title says too little without its message, as in a mail: when an event starts, why a machine
  /// failed. What people wrote is not mailed.
  var isMailedWithMessage: Bool {
    switch self {
    case .eventReminder, .eventChanged, .trainingMandatory, .trainingChanged, .trainingReminder,
      .courseMandatory, .courseReminder, .certificate, .requestChanged,
      .machineFailed, .machinePaused:
      true
    default: false
    }
  }

  /// A number of this kind: `3 mentions`.
  func counted(_ count: Int) -> Sentence {
    let isOne = count == 1
    func pair(_ fr: (String, String), _ en: (String, String)) -> Sentence {
      Sentence(fr: "\(count) \(isOne ? fr.0 : fr.1)", en: "\(count) \(isOne ? en.0 : en.1)")
    }
    return switch self {
    case .mention: pair(("mention", "mentions"), ("mention", "mentions"))
    case .reply: pair(("réponse", "réponses"), ("reply", "replies"))
    case .directMessage: pair(("message direct", "messages directs"), ("direct message", "direct messages"))
    case .channelInvitation: pair(("invitation", "invitations"), ("invitation", "invitations"))
    case .machineReady: pair(("machine prête", "machines prêtes"), ("machine ready", "machines ready"))
    case .machineFailed:
      pair(("alerte machine", "alertes machine"), ("machine alert", "machine alerts"))
    case .machinePaused:
      pair(("machine en pause", "machines en pause"), ("paused machine", "paused machines"))
    case .machineWatched:
      pair(("console ouverte", "consoles ouvertes"), ("console opened", "consoles opened"))
    case .approvalWanted:
      pair(("compte à approuver", "comptes à approuver"), ("account to approve", "accounts to approve"))
    case .announcement: pair(("annonce", "annonces"), ("announcement", "announcements"))
    case .importantAnnouncement:
      pair(
        ("annonce importante", "annonces importantes"), ("important announcement", "important announcements"))
    case .confirmationWanted:
      pair(("lecture à confirmer", "lectures à confirmer"), ("read confirmation", "read confirmations"))
    case .comment: pair(("commentaire", "commentaires"), ("comment", "comments"))
    case .documentApproval:
      pair(("document à approuver", "documents à approuver"), ("document approval", "document approvals"))
    case .documentReview:
      pair(("document à réviser", "documents à réviser"), ("document to review", "documents to review"))
    case .eventInvitation:
      pair(
        ("invitation à un événement", "invitations à des événements"),
        ("event invitation", "event invitations"))
    case .eventChanged:
      pair(("événement modifié", "événements modifiés"), ("changed event", "changed events"))
    case .eventReminder, .trainingReminder, .courseReminder:
      pair(("rappel", "rappels"), ("reminder", "reminders"))
    case .trainingMandatory:
      pair(
        ("formation obligatoire", "formations obligatoires"), ("mandatory training", "mandatory trainings"))
    case .trainingChanged:
      pair(("formation modifiée", "formations modifiées"), ("changed training", "changed trainings"))
    case .courseMandatory:
      pair(("cours obligatoire", "cours obligatoires"), ("mandatory course", "mandatory courses"))
    case .certificate: pair(("certificat", "certificats"), ("certificate", "certificates"))
    case .internalMessage:
      pair(("message interne", "messages internes"), ("internal message", "internal messages"))
    case .requestNew: pair(("nouvelle demande", "nouvelles demandes"), ("new request", "new requests"))
    case .requestAssigned:
      pair(("demande confiée", "demandes confiées"), ("assigned request", "assigned requests"))
    case .requestChanged:
      pair(("demande mise à jour", "demandes mises à jour"), ("updated request", "updated requests"))
    case .requestCommented:
      pair(("commentaire de demande", "commentaires de demandes"), ("request comment", "request comments"))
    case .requestOverdue:
      pair(("demande en retard", "demandes en retard"), ("overdue request", "overdue requests"))
    case .forumTopic: pair(("nouveau sujet", "nouveaux sujets"), ("new topic", "new topics"))
    case .forumReply:
      pair(("réponse dans le forum", "réponses dans le forum"), ("forum reply", "forum replies"))
    case .forumMention:
      pair(("mention dans le forum", "mentions dans le forum"), ("forum mention", "forum mentions"))
    case .forumModeration:
      pair(("message à modérer", "messages à modérer"), ("post to moderate", "posts to moderate"))
    case .backupFailed:
      pair(("sauvegarde en échec", "sauvegardes en échec"), ("failed backup", "failed backups"))
    case .forumDecision:
      pair(("décision du forum", "décisions du forum"), ("forum decision", "forum decisions"))
    }
  }
}
