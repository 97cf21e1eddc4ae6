import HTTP

/// Why a console is refused.
extension Failure {
  static let consoleTicket = Failure(
    403, "CONSOLE_TICKET",
    Sentence(
      fr: "Cet accès à la console a expiré ou a déjà servi. Ouvrez de nouveau la console.",
      en: "This access to the console has expired or was already used. Open the console again."))

  static let tooManyConsoles = Failure(
    429, "TOO_MANY_CONSOLES",
    Sentence(
      fr: "Trop de consoles sont ouvertes. Fermez-en une, puis réessayez.",
      en: "Too many consoles are open. Close one and try again."), headers: [("Retry-After", "30")])

  static let noConsoles = Failure(
    409, "CONSOLE_UNAVAILABLE",
    Sentence(
      fr: "Les machines de cet hôte n’ont pas de console.", en: "Machines of this host have no console."))

  static let consoleNeedsRunning = Failure(
    409, "WRONG_STATE",
    Sentence(
      fr: "La console n’est disponible que lorsque la machine est en marche. Démarrez-la, puis réessayez.",
      en: "The console is available only while the machine is running. Start it and try again."))

  static let consoleHostSilent = Failure(
    503, "HOST_UNREACHABLE",
    Sentence(
      fr: "L’hôte ne répond pas. Réessayez dans un instant.",
      en: "The host is not responding. Try again in a moment."), headers: [("Retry-After", "10")])
}

extension FieldError {
  static let consoleKind = FieldError(
    field: "kind", code: "UNKNOWN_KIND",
    sentence: Sentence(fr: "Choisissez vnc ou serial.", en: "Choose vnc or serial."))
}
