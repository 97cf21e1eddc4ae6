import HTTP

/// Error messages of the chat.
extension Refusals {
  static let chat: [String: Sentence] = [
    "CHANNEL_NOT_FOUND": Sentence(
      fr: "Salon introuvable ou privé. Demandez à un membre de vous ajouter.",
      en: "Channel not found or private. Ask a member to add you."),
    "CHANNEL_ARCHIVED": Sentence(
      fr: "Ce salon est archivé : demandez à un administrateur du salon de le désarchiver.",
      en: "This channel is archived. Ask a channel admin to unarchive it."),
    "NAME_TAKEN": Sentence(
      fr: "Un salon porte déjà ce nom. Choisissez-en un autre.",
      en: "A channel with this name already exists. Choose another name."),
    "GENERAL_CHANNEL": Sentence(
      fr: "Le salon général ne peut être ni quitté, ni archivé, ni supprimé.",
      en: "The general channel cannot be left, archived or deleted."),
    "LAST_CHANNEL_ADMIN": Sentence(
      fr: "Un salon doit avoir au moins un administrateur. Nommez d’abord un autre membre administrateur.",
      en: "A channel must have at least one admin. Make another member an admin first."),
    "MESSAGE_EMPTY": Sentence(
      fr: "Le message est vide. Saisissez du texte ou joignez un fichier.",
      en: "The message is empty. Enter some text or attach a file."),
    "MESSAGE_TOO_LONG": Sentence(
      fr: "Le message dépasse 8 000 caractères. Raccourcissez-le ou joignez un fichier.",
      en: "The message is longer than 8,000 characters. Shorten it or attach a file."),
    "MESSAGE_NOT_FOUND": Sentence(
      fr: "Message introuvable. Il a peut-être été supprimé.",
      en: "Message not found. It may have been deleted."),
    "CLIENT_ID_INVALID": Sentence(
      fr: "clientId doit contenir de 1 à 64 caractères.",
      en: "clientId must be 1 to 64 characters long."),
    "EMOJI_INVALID": Sentence(
      fr: "Une réaction doit être un seul emoji.", en: "A reaction must be a single emoji."),
    "TOO_MANY_REACTIONS": Sentence(
      fr: "Ce message a déjà 20 réactions différentes. Choisissez l’une d’elles.",
      en: "This message already has 20 different reactions. Choose one of them."),
    "FILE_NOT_FOUND": Sentence(
      fr: "Pièce jointe introuvable. Envoyez-la de nouveau.",
      en: "Attachment not found. Upload it again."),
    "SLOW_MODE": Sentence(
      fr: "Ce salon est en mode lent. Attendez avant d’envoyer un autre message.",
      en: "This channel is in slow mode. Wait before sending another message."),
  ]
}
