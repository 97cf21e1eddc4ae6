extension MailTemplate {
  /// The mail in French, with no-break spaces before `:`, `;`, `!` and `?`.
  func french(appliance: String) -> MailLetter {
    var letter = frenchWords()
    letter.appliance = appliance
    letter.colon = "\u{a0}:"
    letter.footer = "Message automatique envoyé par \(appliance). Merci de ne pas y répondre."
    return letter
  }

  private func frenchWords() -> MailLetter {
    switch self {
    case .verifyEmail(let name, let link, let hours):
      MailLetter(
        subject: "Vérifiez votre adresse e-mail", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Vérifiez cette adresse e-mail pour l’associer à votre compte."),
          .button("Vérifier mon adresse", link),
          .note(
            "Ce lien est valable \(Self.heures(hours)). Si vous n’avez rien demandé, ignorez ce message."),
        ])
    case .machineReady(let name, let access, let osName, let size, let pageLink):
      readyInFrench(name, access, osName, size, pageLink)
    case .machineUpdated(let name, let machine, let size):
      MailLetter(
        subject: "Votre machine \(machine) a été modifiée", greeting: Self.bonjour(name),
        parts: [
          .paragraph("La machine \(machine) dispose maintenant des ressources suivantes\u{a0}:"),
          .facts(Self.taille(size)),
          .paragraph("L’adresse, le port et la clé SSH n’ont pas changé."),
        ])
    case .machineDeleted(let name, let machine):
      MailLetter(
        subject: "Votre machine \(machine) a été supprimée", greeting: Self.bonjour(name),
        parts: [
          .paragraph(
            "La machine \(machine) et son disque ont été supprimés."),
          .paragraph(
            "Vous pouvez aussi supprimer sa clé SSH de votre ordinateur et son entrée dans ~/.ssh/config."),
        ])
    case .machineFailed(let name, let machine, let sentence, let pageLink):
      MailLetter(
        subject: "Votre machine \(machine) n’a pas pu être créée", greeting: Self.bonjour(name),
        parts: [
          .paragraph("La création de la machine \(machine) a échoué\u{a0}:"),
          .quote(sentence),
          .paragraph("Supprimez la machine, puis créez-la de nouveau."),
          .button("Ouvrir la machine", pageLink),
        ])
    case .accountExists(let name, let link):
      MailLetter(
        subject: "Vous avez déjà un compte", greeting: Self.bonjour(name),
        parts: [
          .paragraph(
            "Quelqu’un a tenté de créer un compte avec cette adresse e-mail, déjà associée au vôtre. Rien n’a été modifié."
          ),
          .button("Se connecter", link),
          .note("Mot de passe oublié\u{a0}? Réinitialisez-le depuis la page de connexion."),
        ])
    case .passwordReset(let name, let link, let minutes):
      MailLetter(
        subject: "Réinitialisez votre mot de passe", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Nous avons reçu une demande de réinitialisation de votre mot de passe."),
          .button("Choisir un nouveau mot de passe", link),
          .note(
            "Ce lien est valable \(Self.minutes(minutes)) et ne peut être utilisé qu’une fois. Si vous n’avez rien "
              + "demandé, ignorez ce message\u{a0}: votre mot de passe ne changera pas."),
        ])
    case .passwordChanged(let name):
      MailLetter(
        subject: "Votre mot de passe a été modifié", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Le mot de passe de votre compte vient d’être modifié."),
          .note(
            "Si vous n’êtes pas à l’origine de ce changement, réinitialisez votre mot de passe depuis la page de connexion "
              + "et contactez votre administrateur."),
        ])
    case .addressChanging(let name, let address):
      MailLetter(
        subject: "Demande de changement d’adresse e-mail", greeting: Self.bonjour(name),
        parts: [
          .paragraph(
            "Nous avons reçu une demande pour remplacer l’adresse e-mail de votre compte par \(address)."),
          .note(
            "Le changement prendra effet dès que la nouvelle adresse sera vérifiée. Si vous n’avez rien demandé, changez "
              + "votre mot de passe et contactez votre administrateur."),
        ])
    case .invitation, .accountApproved, .accountDeleted, .passwordResetByAdmin:
      peopleInFrench(greeting: Self.bonjour)
    case .test(let name):
      MailLetter(
        subject: "E-mail de test", greeting: Self.bonjour(name),
        parts: [.paragraph("L’envoi d’e-mails fonctionne : le serveur de messagerie a accepté ce message.")])
    case .digest(let name, let digest): digest.inFrench(greeting: Self.bonjour(name))
    }
  }

  private func readyInFrench(
    _ name: String, _ access: MachineAccess, _ osName: String, _ size: MachineSize, _ pageLink: String
  ) -> MailLetter {
    let key =
      access.keyFileName.map {
        "Deux fichiers sont joints\u{a0}: votre clé privée \($0) (ne la partagez pas) et un guide de connexion pour "
          + "Windows, macOS et Linux. Enregistrez la clé comme l’indique le guide avant de vous connecter."
      }
      ?? "Utilisez la clé SSH que vous avez fournie. Un guide de connexion pour Windows, macOS et Linux est joint."
    return MailLetter(
      subject: "Votre machine \(access.machine) est prête", greeting: Self.bonjour(name),
      parts: [
        .paragraph(
          "La machine \(access.machine) est en marche. Pour vous y connecter depuis un terminal\u{a0}:"),
        .command(access.command),
        .paragraph(key),
        .facts(
          [
            ("Adresse", access.host), ("Port", "\(access.port)"), ("Utilisateur", access.user),
            ("Système", osName),
          ] + Self.taille(size) + (access.fingerprint.map { [("Empreinte SSH", $0)] } ?? [])),
        .button("Ouvrir la machine", pageLink),
      ])
  }

  private static func bonjour(_ name: String) -> String {
    greetable(name).map { "Bonjour \($0)," } ?? "Bonjour,"
  }

  private static func taille(_ size: MachineSize) -> [(String, String)] {
    let memory =
      size.memoryMB < 1024 ? "\(size.memoryMB)\u{a0}Mo" : "\(gigabytes(size.memoryMB, mark: ","))\u{a0}Go"
    return [
      ("Processeur", "\(size.vcpu)\u{a0}vCPU"), ("Mémoire", memory), ("Disque", "\(size.diskGB)\u{a0}Go"),
    ]
  }

  private static func heures(_ count: Int) -> String { count == 1 ? "une heure" : "\(count)\u{a0}heures" }

  private static func minutes(_ count: Int) -> String {
    if count >= 60, count % 60 == 0 { return heures(count / 60) }
    return count == 1 ? "une minute" : "\(count)\u{a0}minutes"
  }
}
