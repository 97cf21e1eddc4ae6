import HTTP

/// Why a request about a machine is refused.
extension Failure {
  static let machineNotFound = Failure(
    404, "MACHINE_NOT_FOUND",
    Sentence(
      fr: "Machine introuvable. Elle a peut-être été supprimée.",
      en: "Machine not found. It may have been deleted."))

  static let notYourMachine = Failure(
    403, "NOT_YOUR_MACHINE",
    Sentence(
      fr: "Cette machine appartient à un autre utilisateur. Demandez-lui d’effectuer cette action.",
      en: "This machine belongs to another user. Ask them to do this.")
  )

  static let adminsDoNotCreate = Failure(
    403, "ADMINS_DO_NOT_CREATE",
    Sentence(
      fr:
        "Les administrateurs ne peuvent pas créer de machines. Utilisez un autre compte, ou autorisez-le dans les "
        + "réglages.",
      en: "Administrators cannot create machines. Use another account, or allow it in the settings."))

  static let machineNameTaken = conflict(
    "NAME_TAKEN", "name",
    Sentence(
      fr: "Vous avez déjà une machine portant ce nom. Choisissez-en un autre.",
      en: "You already have a machine with this name. Choose another name."))

  static let machineBusy = Failure(
    409, "MACHINE_BUSY",
    Sentence(
      fr: "Une opération est en cours sur cette machine. Attendez qu’elle se termine.",
      en: "An operation is already in progress on this machine. Wait for it to finish."))

  static let machineInError = Failure(
    409, "MACHINE_IN_ERROR",
    Sentence(
      fr: "Cette machine est en erreur. Supprimez-la.",
      en: "This machine is in an error state. Delete it."))

  static func wrongMachineState(_ status: Machine.Status) -> Failure {
    let words = words(for: status)
    return Failure(
      409, "WRONG_STATE",
      Sentence(
        fr: "La machine est \(words.fr). Choisissez une autre action.",
        en: "The machine is \(words.en). Choose another action."))
  }

  private static func words(for status: Machine.Status) -> Sentence {
    switch status {
    case .pending: Sentence(fr: "en attente", en: "pending")
    case .creating: Sentence(fr: "en cours de création", en: "being created")
    case .running: Sentence(fr: "en marche", en: "running")
    case .stopped: Sentence(fr: "arrêtée", en: "stopped")
    case .paused: Sentence(fr: "en pause", en: "paused")
    case .updating: Sentence(fr: "en cours de modification", en: "being updated")
    case .deleting: Sentence(fr: "en cours de suppression", en: "being deleted")
    case .error: Sentence(fr: "en erreur", en: "in an error state")
    }
  }

  static let noPrivateKey = Failure(
    404, "NO_PRIVATE_KEY",
    Sentence(
      fr: "Aucune clé privée à télécharger : cette machine utilise la clé que vous avez fournie.",
      en: "No private key to download: this machine uses the key you provided."))

  static func noFreeCore(_ fitting: [Plan]) -> Failure {
    hostFull(
      "NO_FREE_CORE",
      Sentence(
        fr: "L’hôte n’a pas assez de cœurs disponibles pour cette machine.",
        en: "The host does not have enough free cores for this machine."), fitting)
  }

  static func noFreeMemory(_ fitting: [Plan]) -> Failure {
    hostFull(
      "NO_FREE_MEMORY",
      Sentence(
        fr: "L’hôte n’a pas assez de mémoire disponible pour cette machine.",
        en: "The host does not have enough free memory for this machine."), fitting)
  }

  static func noFreeDisk(_ fitting: [Plan]) -> Failure {
    hostFull(
      "NO_FREE_DISK",
      Sentence(
        fr: "L’hôte n’a pas assez d’espace disque disponible pour cette machine.",
        en: "The host does not have enough free disk space for this machine."), fitting)
  }

  static let noFreeAddress = Failure(400, "NO_FREE_ADDRESS", Refusals.sentence("NO_FREE_ADDRESS"))

  /// The error shown while the host cannot run machines; only admins are told why.
  static let hostNotReady = Failure(503, "HOST_NOT_READY", Refusals.sentence("HOST_NOT_READY"))

  static let storageStillFull = Failure(
    409, MachinePause.noSpace,
    Sentence(
      fr: "Le stockage de l’hôte est toujours plein. Libérez de l’espace, puis reprenez la machine.",
      en: "The host's storage is still full. Free up space, then resume the machine."))

  private static func conflict(_ code: String, _ field: String, _ sentence: Sentence) -> Failure {
    Failure(409, code, sentence, errors: [FieldError(field: field, code: code, sentence: sentence)])
  }

  /// Lists the plans that still fit, or what to do when none does.
  private static func hostFull(_ code: String, _ sentence: Sentence, _ fitting: [Plan]) -> Failure {
    let (fr, en) = (
      fitting.map { $0.name(.fr) }.joined(separator: ", "),
      fitting.map { $0.name(.en) }.joined(separator: ", ")
    )
    let advice =
      fitting.isEmpty
      ? Sentence(
        fr: "Supprimez une machine ou contactez votre administrateur.",
        en: "Delete a machine or contact your administrator.")
      : Sentence(fr: "Tailles disponibles : \(fr).", en: "Available sizes: \(en).")
    return Failure(
      400, code,
      Sentence(fr: "\(sentence(.fr)) \(advice(.fr))", en: "\(sentence(.en)) \(advice(.en))"))
  }
}

/// What is wrong with one field of a machine that somebody asked for.
extension FieldError {
  static let machineName = FieldError(
    field: "name", code: "INVALID_NAME",
    sentence: Sentence(
      fr: "De 1 à 63 lettres sans accent, chiffres ou tirets. Ni tiret au début, ni tiret à la fin.",
      en: "Use 1 to 63 letters (no accents), digits or hyphens. Do not start or end with a hyphen."))

  static let unknownImage = FieldError(
    field: "os_type", code: "UNKNOWN_IMAGE",
    sentence: Sentence(
      fr: "Choisissez une image de la liste.", en: "Choose an image from the list."))

  static let publicKey = FieldError(
    field: "ssh_public_key", code: "INVALID_PUBLIC_KEY",
    sentence: Sentence(
      fr: "Collez une clé publique OpenSSH sur une seule ligne, par exemple « ssh-ed25519 AAAA… ».",
      en: "Paste an OpenSSH public key on one line, such as \"ssh-ed25519 AAAA…\"."))

  static func outOfRange(_ field: String, _ bounds: ClosedRange<Int>) -> FieldError {
    FieldError(
      field: field, code: "OUT_OF_RANGE",
      sentence: Sentence(
        fr: "Saisissez un nombre entier de \(bounds.lowerBound) à \(bounds.upperBound).",
        en: "Enter a whole number from \(bounds.lowerBound) to \(bounds.upperBound)."))
  }
}
