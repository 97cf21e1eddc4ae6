import HTTP

/// A notification as people read it: a line that says all, and one more.
struct NoticeWords: Sendable, Equatable {
  let title: Sentence
  let message: Sentence

  /// `count` is how many were put together; `actor` is the name of who caused the last.
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
      return Sentence(fr: name ?? "Quelqu’un", en: name ?? "Somebody")
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
          fr: "\(who.fr) vous mentionne dans \(place.fr)", en: "\(who.en) mentioned you in \(place.en)")
        : Sentence(fr: "\(count) mentions dans \(place.fr)", en: "\(count) mentions in \(place.en)")
    case .reply:
      count == 1
        ? Sentence(
          fr: "\(who.fr) vous répond dans \(place.fr)", en: "\(who.en) replied to you in \(place.en)")
        : Sentence(fr: "\(count) réponses dans \(place.fr)", en: "\(count) replies in \(place.en)")
    case .directMessage:
      count == 1
        ? Sentence(fr: "\(who.fr) vous a écrit", en: "\(who.en) wrote to you")
        : Sentence(fr: "\(count) messages de \(who.fr)", en: "\(count) messages from \(who.en)")
    case .channelInvitation:
      Sentence(fr: "\(who.fr) vous invite dans \(place.fr)", en: "\(who.en) added you to \(place.en)")
    case .machineReady:
      Sentence(fr: "Votre machine \(name) est prête", en: "Your machine \(name) is ready")
    case .machineFailed:
      switch details["task"] {
      case "resize":
        Sentence(fr: "Votre machine \(name) n’a pas été modifiée", en: "Your machine \(name) was not changed")
      case "port":
        Sentence(
          fr: "Votre machine \(name) a changé de port", en: "Your machine \(name) has a new port")
      case "delete":
        Sentence(
          fr: "Votre machine \(name) n’a pas été supprimée", en: "Your machine \(name) was not deleted")
      default:
        Sentence(
          fr: "Votre machine \(name) n’a pas pu être préparée",
          en: "Your machine \(name) could not be prepared")
      }
    case .machinePaused:
      Sentence(fr: "La machine \(name) est en pause", en: "The machine \(name) is paused")
    case .approvalWanted:
      Sentence(fr: "\(name) attend votre accord", en: "\(name) is waiting for your approval")
    }
  }

  func message(of kind: Notice.Kind) -> Sentence {
    switch kind {
    case .mention, .reply, .directMessage: excerpt(isNamed: count > 1 && kind != .directMessage)
    case .channelInvitation:
      Sentence(fr: "Vous pouvez y lire et y écrire.", en: "You can read and write there.")
    case .machineReady:
      Sentence(
        fr: "L’accès et le mode d’emploi sont sur sa page.", en: "How to enter it is on its page.")
    case .machineFailed, .machinePaused: Refusals.sentence(details["code"] ?? "")
    case .approvalWanted:
      Sentence(
        fr: "Cette inscription est à accepter, ou à supprimer.",
        en: "This registration is to be approved, or deleted.")
    }
  }

  /// How the last message begins; who wrote it is said where the title counts several.
  private func excerpt(isNamed: Bool) -> Sentence {
    guard let text = details["text"] else {
      return Sentence(fr: "Ce message n’est plus là.", en: "This message is no longer there.")
    }
    guard !text.isEmpty else { return Sentence(fr: "Un fichier, sans texte.", en: "A file, without a text.") }
    guard isNamed else { return Sentence(fr: text, en: text) }
    return Sentence(fr: "\(who.fr)\u{a0}: \(text)", en: "\(who.en): \(text)")
  }
}

extension Notice.Kind {
  /// What the preferences call it.
  var title: Sentence {
    switch self {
    case .mention: Sentence(fr: "On me mentionne", en: "Somebody mentions me")
    case .reply: Sentence(fr: "On me répond", en: "Somebody replies to me")
    case .directMessage: Sentence(fr: "On m’écrit directement", en: "Somebody writes to me directly")
    case .channelInvitation: Sentence(fr: "On m’invite dans un salon", en: "Somebody adds me to a channel")
    case .machineReady: Sentence(fr: "Ma machine est prête", en: "My machine is ready")
    case .machineFailed: Sentence(fr: "Ma machine a un problème", en: "My machine has a problem")
    case .machinePaused:
      Sentence(fr: "L’hôte met une machine en pause", en: "The host pauses a machine")
    case .approvalWanted:
      Sentence(fr: "Une inscription attend un accord", en: "A registration waits for approval")
    }
  }

  /// Some of them: `3 mentions`.
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
      pair(("machine à voir", "machines à voir"), ("machine with a problem", "machines with a problem"))
    case .machinePaused:
      pair(("machine en pause", "machines en pause"), ("paused machine", "paused machines"))
    case .approvalWanted:
      pair(("inscription en attente", "inscriptions en attente"), ("registration", "registrations"))
    }
  }
}
