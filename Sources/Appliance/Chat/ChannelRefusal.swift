import HTTP

/// Why something was not done to a channel, beside what `ChatRefusal` knows.
enum ChannelRefusal {
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
    var failure = ChatRefusal.nameTaken
    failure.errors = [FieldError("name", failure.code, failure.sentence)]
    return failure
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
