import HTTP

/// Errors of the chat: over HTTP with a status, over sockets with the same code.
extension Failure {
  static let channelNotFound = chat(404, "CHANNEL_NOT_FOUND")
  static let channelArchived = chat(409, "CHANNEL_ARCHIVED")
  static let generalChannel = chat(409, "GENERAL_CHANNEL")
  static let lastChannelAdmin = chat(409, "LAST_CHANNEL_ADMIN")
  static let messageEmpty = chat(400, "MESSAGE_EMPTY")
  static let messageTooLong = chat(400, "MESSAGE_TOO_LONG")
  static let messageNotFound = chat(404, "MESSAGE_NOT_FOUND")
  static let clientIDInvalid = chat(400, "CLIENT_ID_INVALID")
  static let emojiInvalid = chat(400, "EMOJI_INVALID")
  static let tooManyReactions = chat(409, "TOO_MANY_REACTIONS")
  static let malformedFrame = chat(400, "MALFORMED_FRAME")

  /// `seconds` is the time to wait.
  static func slowMode(_ seconds: Int64) -> Failure {
    Failure(
      429, "SLOW_MODE", Refusals.sentence("SLOW_MODE"), headers: [("Retry-After", String(max(1, seconds)))],
      details: [("retryAfter", .integer(max(1, seconds)))])
  }

  private static func chat(_ status: Int, _ code: String) -> Failure {
    Failure(status, code, Refusals.sentence(code))
  }
}

/// Errors of channel requests.
extension Failure {
  static let notChannelAdmin = Failure(
    403, "NOT_CHANNEL_ADMIN",
    Sentence(
      fr: "Action réservée aux administrateurs de ce salon. Demandez à l’un d’eux.",
      en: "Only admins of this channel can do this. Ask one of them."))

  static let notChannelMember = Failure(
    403, "NOT_A_MEMBER",
    Sentence(fr: "Rejoignez d’abord ce salon.", en: "Join this channel first."))

  static let directChannel = Failure(
    409, "DIRECT_CHANNEL",
    Sentence(
      fr: "Les messages directs n’ont ni membres à gérer ni paramètres.",
      en: "Direct messages have no members to manage and no settings."))

  static let channelNameTaken: Failure = {
    var failure = chat(409, "NAME_TAKEN")
    failure.errors = [FieldError("name", failure.code, failure.sentence)]
    return failure
  }()

  static let tooManyChannels = Failure(
    409, "TOO_MANY_CHANNELS",
    Sentence(
      fr: "Vous avez atteint la limite de \(ChannelsFeature.mostCreated) salons. Supprimez-en un d’abord.",
      en: "You have reached the limit of \(ChannelsFeature.mostCreated) channels. Delete one first."))

  static let unknownMember = Failure.invalid([
    FieldError(
      "members", "UNKNOWN_USER",
      Sentence(
        fr: "Utilisateur introuvable.",
        en: "User not found."))
  ])

  static let channelWithOneself = Failure.invalid([
    FieldError(
      "members", "ONESELF",
      Sentence(
        fr: "Choisissez quelqu’un d’autre que vous.", en: "Choose someone other than yourself."))
  ])
}
