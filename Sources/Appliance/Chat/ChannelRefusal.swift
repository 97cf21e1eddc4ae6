import HTTP

/// Why something was not done to a channel.
enum ChannelRefusal {
  static let notFound = Failure(404, "CHANNEL_NOT_FOUND", Refusals.sentence("CHANNEL_NOT_FOUND"))
  static let archived = Failure(409, "CHANNEL_ARCHIVED", Refusals.sentence("CHANNEL_ARCHIVED"))
  static let general = Failure(409, "GENERAL_CHANNEL", Refusals.sentence("GENERAL_CHANNEL"))
  static let lastAdmin = Failure(409, "LAST_CHANNEL_ADMIN", Refusals.sentence("LAST_CHANNEL_ADMIN"))

  static let notAdmin = Failure(
    403, "NOT_CHANNEL_ADMIN",
    Sentence(
      fr: "Il faut être administrateur de ce salon.", en: "This takes an admin of this channel."))

  static let notMember = Failure(
    403, "NOT_A_MEMBER",
    Sentence(fr: "Rejoignez d’abord ce salon.", en: "Join this channel first."))

  static let direct = Failure(
    409, "DIRECT_CHANNEL",
    Sentence(
      fr: "Une conversation à deux reste à deux, et n’a pas de réglages.",
      en: "A conversation of two stays one of two, and has no settings."))

  static let nameTaken: Failure = {
    let sentence = Refusals.sentence("NAME_TAKEN")
    return Failure(409, "NAME_TAKEN", sentence, errors: [FieldError("name", "NAME_TAKEN", sentence)])
  }()

  static let tooMany = Failure(
    409, "TOO_MANY_CHANNELS",
    Sentence(
      fr: "Vous avez déjà créé \(ChannelsFeature.mostCreated) salons. Supprimez-en d’abord.",
      en: "You already created \(ChannelsFeature.mostCreated) channels. Delete some first."))

  static let unknownPerson = Failure.invalid([
    FieldError(
      "members", "UNKNOWN_USER",
      Sentence(
        fr: "Une de ces personnes n’existe pas, ou plus.",
        en: "One of these people does not exist, or not any more."))
  ])

  static let withOneself = Failure.invalid([
    FieldError(
      "members", "ONESELF",
      Sentence(
        fr: "Choisissez une autre personne que vous-même.", en: "Choose somebody other than yourself."))
  ])
}
