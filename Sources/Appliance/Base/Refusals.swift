import HTTP

/// The messages for the stable error codes that jobs, machines and sockets store.
enum Refusals {
  static let schema = Schema.members(["code": .string, "message": .string])

  /// Writes `{code, message}` in the given language.
  static func write(_ code: String, to json: inout JSONWriter, in language: Language) {
    json.object { json in
      json.field("code", code)
      json.field("message", sentence(code)(language))
    }
  }

  static func sentence(_ code: String) -> Sentence {
    sentences[code] ?? chat[code]
      ?? Sentence(
        fr: "Une erreur est survenue. Réessayez. Si le problème persiste, contactez votre administrateur.",
        en: "Something went wrong. Try again. If the problem persists, contact your administrator.")
  }

  private static let sentences: [String: Sentence] = [
    "CANCELLED": Sentence(fr: "Opération annulée.", en: "Operation cancelled."),
    "MACHINES_LEFT": Sentence(
      fr: "Les machines de cet utilisateur sont en cours de suppression.",
      en: "This user's machines are being deleted."),
    "MACHINE_NOT_DELETED": Sentence(
      fr: "Une machine de cet utilisateur n’a pas pu être supprimée. Le compte reste désactivé. Réessayez.",
      en: "One of this user's machines could not be deleted. The account stays deactivated. Try again."),
    "TIMED_OUT": Sentence(
      fr: "L’opération a pris trop de temps et a été interrompue. Réessayez.",
      en: "The operation took too long and was stopped. Try again."),
    "HYPERVISOR_UNREACHABLE": Sentence(
      fr: "L’hyperviseur ne répond pas. L’opération reprendra automatiquement.",
      en: "The hypervisor is not responding. The operation will resume automatically."),
    "IMAGE_MISSING": Sentence(
      fr: "Cette image n’est plus disponible. Choisissez-en une autre.",
      en: "This image is no longer available. Choose another one."),
    "IMAGE_UNUSABLE": Sentence(
      fr: "Cette image est illisible. Contactez votre administrateur.",
      en: "This image cannot be read. Contact your administrator."),
    "PORT_CHANGED": Sentence(
      fr:
        "Son ancien port est utilisé par un autre programme. La nouvelle commande SSH est sur la page de la machine.",
      en: "Its previous port is used by another program. The new SSH command is on the machine's page."),
    "HOST_NOT_READY": Sentence(
      fr: "Impossible de créer ou de démarrer des machines pour le moment. Contactez votre administrateur.",
      en: "Machines cannot be created or started right now. Contact your administrator."),
    "NO_SPACE": Sentence(
      fr: "Le stockage de l’hôte est plein. Libérez de l’espace ou contactez votre administrateur.",
      en: "The host's storage is full. Free up space or contact your administrator."),
    "DISK_HAS_SNAPSHOTS": Sentence(
      fr: "Le disque de cette machine contient un instantané : il ne peut pas être agrandi. Demandez à votre "
        + "administrateur de supprimer l’instantané, puis réessayez.",
      en:
        "This machine's disk contains a snapshot and cannot be enlarged. Ask your administrator to delete the "
        + "snapshot, then try again."),
    "HOST_UNREACHABLE": Sentence(
      fr: "L’hôte ne répond pas : l’état actuel de cette machine est inconnu.",
      en: "The host is not responding, so the current state of this machine is unknown."),
    "IO_ERROR": Sentence(
      fr: "L’hôte ne peut pas lire ou écrire le disque de la machine. Contactez votre administrateur.",
      en: "The host cannot read or write the machine's disk. Contact your administrator."),
    "PAUSED": Sentence(fr: "La machine a été mise en pause.", en: "The machine has been paused."),
    "NO_ADDRESS": Sentence(
      fr:
        "La machine a démarré sans obtenir d’adresse réseau. Redémarrez-la ou contactez votre administrateur.",
      en: "The machine started but did not get a network address. Restart it or contact your administrator."),
    "NO_FREE_ADDRESS": Sentence(
      fr: "Aucune adresse libre sur le réseau des machines. "
        + "Supprimez une machine ou contactez votre administrateur.",
      en: "No free address on the machine network. Delete a machine or contact your administrator."),
    "NO_SSH": Sentence(
      fr:
        "La machine a démarré, mais SSH ne répond pas. Réessayez ou contactez votre administrateur.",
      en: "The machine started but SSH is not responding. Try again or contact your administrator."),
    "NO_PORT": Sentence(
      fr: "Aucun port public n’est disponible. Contactez votre administrateur.",
      en: "No public port is available. Contact your administrator."),
    "DOMAIN_REFUSED": Sentence(
      fr: "L’hyperviseur a refusé la machine. Contactez votre administrateur.",
      en: "The hypervisor rejected the machine. Contact your administrator."),
    "DOMAIN_GONE": Sentence(
      fr: "La machine n’existe plus sur l’hyperviseur. Supprimez-la ou contactez votre administrateur.",
      en: "The machine no longer exists on the hypervisor. Delete it or contact your administrator."),
    "GUEST_STOPPED": Sentence(
      fr: "La machine s’est arrêtée pendant le démarrage. Réessayez ou contactez votre administrateur.",
      en: "The machine stopped during startup. Try again or contact your administrator."),
    "UNSUPPORTED": Sentence(
      fr: "Cet hôte ne prend pas en charge cette opération.",
      en: "This host does not support this operation."),
    "DISK_MISSING": Sentence(
      fr:
        "Le disque de cette machine n’est pas sur l’hôte depuis la restauration. Supprimez-la ou contactez votre "
        + "administrateur.",
      en:
        "This machine's disk has not been on the host since the restore. Delete it or contact your administrator."
    ),
    "BACKUP_NOT_CONFIGURED": Sentence(
      fr: "Définissez BACKUP_FOLDER et BACKUP_PASSPHRASE_FILE dans la configuration, puis rechargez OBox.",
      en: "Set BACKUP_FOLDER and BACKUP_PASSPHRASE_FILE in the configuration, then reload OBox."),
    "BACKUP_RUNNING": Sentence(
      fr: "Une sauvegarde ou une vérification est déjà en cours. Attendez qu’elle se termine.",
      en: "A backup or verification is already in progress. Wait for it to finish."),
    "BACKUP_GONE": Sentence(
      fr: "Sauvegarde introuvable. Elle a peut-être été supprimée.",
      en: "Backup not found. It may have been deleted."),
    "BACKUP_FOLDER": Sentence(
      fr: "Le dossier des sauvegardes est inaccessible. Vérifiez qu’il existe et qu’OBox peut y écrire.",
      en: "The backup folder cannot be used. Check that it exists and that OBox can write to it."),
    "BACKUP_NO_SPACE": Sentence(
      fr: "Espace insuffisant pour la sauvegarde. Libérez de l’espace, puis réessayez.",
      en: "Not enough space for the backup. Free up some space, then try again."),
    "BACKUP_PASSPHRASE": Sentence(
      fr:
        "Le fichier de la phrase secrète est inutilisable. Il doit contenir au moins 12 caractères et n’être lisible "
        + "que par OBox (chmod 600).",
      en:
        "The passphrase file cannot be used. It needs at least 12 characters, and only OBox may read it (chmod 600)."
    ),
    "BACKUP_WRONG_PASSPHRASE": Sentence(
      fr: "La phrase secrète n’ouvre pas cette sauvegarde. Utilisez celle avec laquelle elle a été créée.",
      en: "The passphrase does not open this backup. Use the one it was made with."),
    "BACKUP_DAMAGED": Sentence(
      fr: "Cette sauvegarde est endommagée. Supprimez-la et créez-en une autre.",
      en: "This backup is damaged. Delete it and make another one."),
    "BACKUP_NEWER": Sentence(
      fr:
        "Cette sauvegarde vient d’une version plus récente d’OBox. Installez cette version, puis réessayez.",
      en: "This backup was made by a newer version of OBox. Install that version, then try again."),
    "BACKUP_FAILED": Sentence(
      fr: "La sauvegarde a échoué. La cause est dans le journal d’OBox (journalctl -u obox).",
      en: "The backup failed. The reason is in the log of OBox (journalctl -u obox)."),
    "TOTP_SETUP_REQUIRED": Sentence(
      fr: "Activez d’abord la connexion en deux étapes : elle est obligatoire pour les administrateurs.",
      en: "Set up two-step sign-in first: it is required for administrators."),
    "UNAUTHENTICATED": Sentence(fr: "Connectez-vous pour continuer.", en: "Sign in to continue."),
    "ALREADY_AUTHENTICATED": Sentence(
      fr: "Cette connexion est déjà authentifiée.",
      en: "This connection is already authenticated."),
    "FORBIDDEN": Sentence(
      fr: "Vous n’avez pas les droits nécessaires.", en: "You do not have permission to do this."),
    "NOTIFICATION_NOT_FOUND": Sentence(
      fr: "Notification introuvable.",
      en: "Notification not found."),
    "UNKNOWN_TOPIC": Sentence(fr: "Sujet inconnu.", en: "Unknown topic."),
    "UNKNOWN_TYPE": Sentence(fr: "Type de message inconnu.", en: "Unknown message type."),
    "TOO_MANY_TOPICS": Sentence(
      fr: "Trop d’abonnements. Désabonnez-vous d’un sujet.",
      en: "Too many subscriptions. Unsubscribe from a topic first."),
    "TOO_MANY_SOCKETS": Sentence(
      fr: "Trop de connexions ouvertes. Fermez des onglets, puis réessayez.",
      en: "Too many open connections. Close some tabs and try again."),
    "TOO_MANY_FRAMES": Sentence(
      fr: "Trop de messages. Attendez un instant, puis réessayez.",
      en: "Too many messages. Wait a moment and try again."),
    "MALFORMED_FRAME": Sentence(
      fr: "Message non valide : JSON {type, payload} attendu.",
      en: "Invalid message: expected JSON {type, payload}."),
  ]
}
