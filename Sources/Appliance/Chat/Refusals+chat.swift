import HTTP

/// Why the chat did not do what was asked for.
extension Refusals {
  static let chat: [String: Sentence] = [
    "CHANNEL_NOT_FOUND": Sentence(
      fr: "Ce salon n’existe pas, ou vous n’en faites pas partie.",
      en: "There is no such channel, or you are not in it."),
    "CHANNEL_ARCHIVED": Sentence(
      fr: "Ce salon est archivé : on peut le lire, plus y écrire.",
      en: "This channel is archived: it can be read, but not written to."),
    "NAME_TAKEN": Sentence(fr: "Un salon porte déjà ce nom.", en: "A channel already has this name."),
    "GENERAL_CHANNEL": Sentence(
      fr: "Le salon général est à tout le monde : il ne peut être ni quitté, ni archivé, ni supprimé.",
      en: "The general channel is everyone's: it cannot be left, archived or deleted."),
    "LAST_CHANNEL_ADMIN": Sentence(
      fr: "Un salon garde au moins un administrateur. Nommez quelqu’un d’autre d’abord.",
      en: "A channel keeps at least one admin. Appoint somebody else first."),
    "MESSAGE_EMPTY": Sentence(fr: "Le message est vide.", en: "The message is empty."),
    "MESSAGE_TOO_LONG": Sentence(
      fr: "Le message dépasse 8 000 caractères. Coupez-le, ou joignez un fichier.",
      en: "The message has more than 8,000 characters. Split it, or attach a file."),
    "MESSAGE_NOT_FOUND": Sentence(
      fr: "Ce message n’existe pas, ou plus.", en: "There is no such message, or not any more."),
    "CLIENT_ID_INVALID": Sentence(
      fr: "clientId : un texte de 1 à 64 caractères est attendu.",
      en: "clientId: a text of 1 to 64 characters is expected."),
    "EMOJI_INVALID": Sentence(fr: "Une réaction est un seul emoji.", en: "A reaction is a single emoji."),
    "TOO_MANY_REACTIONS": Sentence(
      fr: "Ce message a déjà vingt réactions différentes.",
      en: "This message already has twenty different reactions."),
    "FILE_NOT_FOUND": Sentence(
      fr: "Un fichier joint n’existe pas, ou n’est pas à vous. Envoyez-le à nouveau.",
      en: "An attached file does not exist, or is not yours. Send it again."),
    "SLOW_MODE": Sentence(
      fr: "Ce salon est en mode lent. Attendez un peu avant le prochain message.",
      en: "This channel is in slow mode. Wait a little before the next message."),
  ]
}
