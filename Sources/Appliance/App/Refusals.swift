import HTTP

/// The sentence of each stable code that jobs, machines and sockets keep instead of a text.
enum Refusals {
  /// Writes `{code, message}` in a person's language.
  static func write(_ code: String, to json: inout JSONWriter, in language: Language) {
    json.beginObject()
    json.field("code", code)
    json.field("message", sentence(code)(language))
    json.endObject()
  }

  static func sentence(_ code: String) -> Sentence {
    sentences[code] ?? chat[code]
      ?? Sentence(
        fr: "Une erreur inattendue est survenue. Réessayez, et prévenez l’administrateur si elle revient.",
        en: "Something unexpected went wrong. Try again, and tell the administrator if it comes back.")
  }

  private static let sentences: [String: Sentence] = [
    "CANCELLED": Sentence(fr: "L’opération a été annulée.", en: "The operation was cancelled."),
    "MACHINES_LEFT": Sentence(
      fr: "Les machines de cette personne sont en cours de suppression.",
      en: "This person's machines are being deleted."),
    "MACHINE_NOT_DELETED": Sentence(
      fr: "Une machine de cette personne n’a pas pu être supprimée. Le compte reste désactivé : réessayez.",
      en: "A machine of this person could not be deleted. The account stays deactivated: try again."),
    "TIMED_OUT": Sentence(
      fr: "L’opération n’a plus donné signe de vie et a été abandonnée. Réessayez.",
      en: "The operation gave no sign of life and was given up. Try again."),
    "HYPERVISOR_UNREACHABLE": Sentence(
      fr: "L’hyperviseur ne répond pas. L’opération reprendra d’elle-même à son retour.",
      en: "The hypervisor does not answer. The operation continues by itself when it is back."),
    "IMAGE_MISSING": Sentence(
      fr: "L’image du système choisi n’est plus disponible. Choisissez un autre système.",
      en: "The image of the chosen system is no longer there. Choose another system."),
    "IMAGE_UNUSABLE": Sentence(
      fr: "L’image du système choisi est illisible. Prévenez l’administrateur.",
      en: "The image of the chosen system cannot be read. Tell the administrator."),
    "PORT_CHANGED": Sentence(
      fr: "Son ancien port est utilisé par un autre programme. La nouvelle commande SSH est sur sa page.",
      en: "Its former port is used by another program. The new SSH command is on its page."),
    "HOST_NOT_READY": MachineRefusal.hostNotReady.sentence,
    "NO_SPACE": Sentence(
      fr: "Le stockage de l’hôte est plein. Libérez de la place ou prévenez l’administrateur.",
      en: "The host's storage is full. Free some space or tell the administrator."),
    "IO_ERROR": Sentence(
      fr: "L’hôte n’arrive pas à lire ou à écrire le disque de la machine. Prévenez l’administrateur.",
      en: "The host cannot read or write the machine's disk. Tell the administrator."),
    "PAUSED": Sentence(fr: "La machine a été mise en pause.", en: "The machine was paused."),
    "NO_ADDRESS": Sentence(
      fr:
        "La machine a démarré mais n’a pas obtenu d’adresse réseau. Redémarrez-la, ou prévenez l’administrateur.",
      en: "The machine started but got no network address. Restart it, or tell the administrator."),
    "NO_FREE_ADDRESS": MachineRefusal.noFreeAddress.sentence,
    "NO_SSH": Sentence(
      fr:
        "La machine a démarré mais son serveur SSH n’a pas répondu. Réessayez, ou prévenez l’administrateur.",
      en: "The machine started but its SSH server did not answer. Try again, or tell the administrator."),
    "NO_PORT": Sentence(
      fr: "Tous les ports publics sont pris. Prévenez l’administrateur.",
      en: "All public ports are taken. Tell the administrator."),
    "DOMAIN_REFUSED": Sentence(
      fr: "L’hyperviseur a refusé la machine. Prévenez l’administrateur.",
      en: "The hypervisor refused the machine. Tell the administrator."),
    "DOMAIN_GONE": Sentence(
      fr: "La machine n’existe plus sur l’hyperviseur. Supprimez-la ici, ou prévenez l’administrateur.",
      en: "The machine no longer exists on the hypervisor. Delete it here, or tell the administrator."),
    "GUEST_STOPPED": Sentence(
      fr: "La machine s’est arrêtée pendant son démarrage. Réessayez, ou prévenez l’administrateur.",
      en: "The machine stopped while it started. Try again, or tell the administrator."),
    "UNSUPPORTED": Sentence(
      fr: "Cette opération n’est pas possible sur cet hôte.",
      en: "This operation is not available on this host."),
    "TOTP_SETUP_REQUIRED": SignInRefusal.totpSetupRequired.sentence,
    "UNAUTHENTICATED": Sentence(fr: "Connectez-vous d’abord.", en: "Sign in first."),
    "ALREADY_AUTHENTICATED": Sentence(
      fr: "Cette connexion est déjà ouverte au nom de quelqu’un.",
      en: "This connection already speaks for somebody."),
    "FORBIDDEN": Sentence(fr: "Vous n’en avez pas le droit.", en: "You are not allowed to do this."),
    "NOTIFICATION_NOT_FOUND": Sentence(
      fr: "Cette notification n’existe pas, ou plus.",
      en: "There is no such notification, or not any more."),
    "UNKNOWN_TOPIC": Sentence(fr: "Ce sujet n’existe pas.", en: "There is no such topic."),
    "UNKNOWN_TYPE": Sentence(fr: "Ce type de message n’existe pas.", en: "There is no such message type."),
    "TOO_MANY_TOPICS": Sentence(
      fr: "Trop de sujets suivis à la fois.", en: "Too many topics followed at once."),
    "TOO_MANY_SOCKETS": Sentence(
      fr: "Trop de connexions ouvertes à la fois. Fermez des onglets, puis réessayez.",
      en: "Too many connections open at once. Close some tabs, then try again."),
    "TOO_MANY_FRAMES": Sentence(
      fr: "Trop de messages en peu de temps.", en: "Too many messages in a short time."),
    "MALFORMED_FRAME": Sentence(
      fr: "Message illisible : du JSON {type, payload} est attendu.",
      en: "Unreadable message: JSON {type, payload} is expected."),
  ]
}
