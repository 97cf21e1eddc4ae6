import HTTP

/// Why a request about a machine is refused.
enum MachineRefusal {
  static let notFound = Failure(
    404, "MACHINE_NOT_FOUND", Sentence(fr: "Cette machine n’existe pas.", en: "There is no such machine."))

  static let notYours = Failure(
    403, "NOT_YOUR_MACHINE",
    Sentence(fr: "Cette machine appartient à quelqu’un d’autre.", en: "This machine belongs to someone else.")
  )

  static let adminsDoNotCreate = Failure(
    403, "ADMINS_DO_NOT_CREATE",
    Sentence(
      fr: "Les administrateurs ne créent pas de machines ici. Utilisez un compte de membre, ou réglez "
        + "ADMIN_MACHINES=true dans la configuration.",
      en: "Administrators do not create machines here. Use a member account, or set ADMIN_MACHINES=true in "
        + "the configuration."))

  static let nameTaken = conflict(
    "NAME_TAKEN", "name",
    Sentence(
      fr: "Vous avez déjà une machine de ce nom. Choisissez-en un autre.",
      en: "You already have a machine of that name. Choose another one."))

  static func quota(_ most: Int) -> Failure {
    Failure(
      400, "QUOTA_EXCEEDED",
      Sentence(
        fr: "Vous avez déjà \(most) machines, le maximum. Supprimez-en une d’abord.",
        en: "You already have \(most) machines, the most allowed. Delete one first."))
  }

  static let busy = Failure(
    409, "MACHINE_BUSY",
    Sentence(
      fr: "Une opération est en cours sur cette machine. Attendez qu’elle finisse.",
      en: "Something is already under way on this machine. Wait until it is done."))

  static let inError = Failure(
    409, "MACHINE_IN_ERROR",
    Sentence(
      fr: "Cette machine est en erreur : elle peut seulement être supprimée.",
      en: "This machine is in error: it can only be deleted."))

  static func wrongState(_ status: Machine.Status) -> Failure {
    Failure(
      409, "WRONG_STATE",
      Sentence(
        fr: "Impossible dans l’état actuel de la machine (\(status.rawValue)).",
        en: "Not possible in the machine's present state (\(status.rawValue))."))
  }

  static let noPrivateKey = Failure(
    404, "NO_PRIVATE_KEY",
    Sentence(
      fr: "Cette machine utilise votre propre clé : OBox n’a pas de clé privée à donner.",
      en: "This machine uses your own key: OBox has no private key to give."))

  static func noCore(_ fitting: [Plan]) -> Failure {
    hostFull(
      "NO_FREE_CORE",
      Sentence(
        fr: "L’hôte n’a plus assez de cœurs pour cette machine.",
        en: "The host has not enough cores left for this machine."), fitting)
  }

  static func noMemory(_ fitting: [Plan]) -> Failure {
    hostFull(
      "NO_FREE_MEMORY",
      Sentence(
        fr: "L’hôte n’a plus assez de mémoire pour cette machine.",
        en: "The host has not enough memory left for this machine."), fitting)
  }

  static func noDisk(_ fitting: [Plan]) -> Failure {
    hostFull(
      "NO_FREE_DISK",
      Sentence(
        fr: "L’hôte n’a plus assez de place sur le disque pour cette machine.",
        en: "The host has not enough disk space left for this machine."), fitting)
  }

  static let noFreeAddress = hostFull(
    "NO_FREE_ADDRESS",
    Sentence(
      fr: "Le réseau des machines n’a plus d’adresse libre.",
      en: "The machines' network has no free address left."), [])

  /// What people are told while the host cannot carry machines; only admins are told why.
  static let hostNotReady = Failure(
    503, "HOST_NOT_READY",
    Sentence(
      fr: "Les machines ne peuvent pas être créées ni démarrées pour l’instant. Prévenez l’administrateur.",
      en: "Machines cannot be created or started at the moment. Tell the administrator."))

  static let badName = FieldError(
    field: "name", code: "INVALID_NAME",
    sentence: Sentence(
      fr: "De 1 à 63 lettres sans accent, chiffres et tirets, sans tiret au début ni à la fin.",
      en: "1 to 63 unaccented letters, digits and dashes, with no dash at either end."))

  static let unknownImage = FieldError(
    field: "os_type", code: "UNKNOWN_IMAGE",
    sentence: Sentence(
      fr: "Choisissez un système de la liste.", en: "Choose a system from the list."))

  static let badPublicKey = FieldError(
    field: "ssh_public_key", code: "INVALID_PUBLIC_KEY",
    sentence: Sentence(
      fr: "Collez une seule ligne de clé publique OpenSSH, par exemple « ssh-ed25519 AAAA… ».",
      en: "Paste one line of an OpenSSH public key, such as \"ssh-ed25519 AAAA…\"."))

  /// Reads a whole number within bounds, or notes what is wrong and answers the lower bound.
  static func size(
    _ field: String, _ body: JSONValue, _ bounds: ClosedRange<Int>, _ errors: inout [FieldError]
  ) -> Int {
    let value = body[field]?.int.flatMap { Int(exactly: $0) } ?? body[field]?.string.flatMap { Int($0) }
    if let value, bounds.contains(value) { return value }
    errors.append(
      FieldError(
        field: field, code: "OUT_OF_RANGE",
        sentence: Sentence(
          fr: "Un nombre entier de \(bounds.lowerBound) à \(bounds.upperBound) est attendu.",
          en: "A whole number from \(bounds.lowerBound) to \(bounds.upperBound) is expected.")))
    return bounds.lowerBound
  }

  private static func conflict(_ code: String, _ field: String, _ sentence: Sentence) -> Failure {
    Failure(409, code, sentence, errors: [FieldError(field: field, code: code, sentence: sentence)])
  }

  /// Says which plans still fit, or what to do where none does.
  private static func hostFull(_ code: String, _ sentence: Sentence, _ fitting: [Plan]) -> Failure {
    let (fr, en) = (
      fitting.map { $0.name(.fr) }.joined(separator: ", "),
      fitting.map { $0.name(.en) }.joined(separator: ", ")
    )
    let advice =
      fitting.isEmpty
      ? Sentence(
        fr: "Supprimez une machine ou prévenez l’administrateur.",
        en: "Delete a machine or tell the administrator.")
      : Sentence(fr: "Tailles encore possibles : \(fr).", en: "Sizes that still fit: \(en).")
    return Failure(
      400, code,
      Sentence(fr: "\(sentence(.fr)) \(advice(.fr))", en: "\(sentence(.en)) \(advice(.en))"))
  }
}
