import HTTP

/// Errors of channel requests, in addition to `ChatRefusal`.
enum ChannelRefusal {
  static let notAdmin = Failure(
    403, "NOT_CHANNEL_ADMIN",
    Sentence(
      fr: "Action réservée aux administrateurs de ce salon. Demandez à l’un d’eux.",
      en: "Only admins of this channel can do this. Ask one of them."))

  static let notMember = Failure(
    403, "NOT_A_MEMBER",
    Sentence(fr: "Rejoignez d’abord ce salon.", en: "Join this channel first."))

  static let direct = Failure(
    409, "DIRECT_CHANNEL",
    Sentence(
      fr: "Les messages directs n’ont ni membres à gérer ni paramètres.",
      en: "Direct messages have no members to manage and no settings."))

  static let nameTaken: Failure = {
    var failure = ChatRefusal.nameTaken
    failure.errors = [FieldError("name", failure.code, failure.sentence)]
    return failure
  }()

  static let tooMany = Failure(
    409, "TOO_MANY_CHANNELS",
    Sentence(
      fr: "Vous avez atteint la limite de \(ChannelsFeature.mostCreated) salons. Supprimez-en un d’abord.",
      en: "You have reached the limit of \(ChannelsFeature.mostCreated) channels. Delete one first."))

  static let unknownPerson = Failure.invalid([
    FieldError(
      "members", "UNKNOWN_USER",
      Sentence(
        fr: "Utilisateur introuvable.",
        en: "User not found."))
  ])

  static let withOneself = Failure.invalid([
    FieldError(
      "members", "ONESELF",
      Sentence(
        fr: "Choisissez quelqu’un d’autre que vous.", en: "Choose someone other than yourself."))
  ])
}
