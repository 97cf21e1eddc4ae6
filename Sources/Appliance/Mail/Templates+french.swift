extension MailTemplate {
  /// The letter in French, where a space that does not break stands before two-part marks.
  func french(appliance: String) -> MailLetter {
    var letter = frenchWords()
    letter.appliance = appliance
    letter.colon = "\u{a0}:"
    letter.footer = "Message envoyé automatiquement par \(appliance). Inutile d’y répondre."
    return letter
  }

  private func frenchWords() -> MailLetter {
    switch self {
    case .verifyEmail(let name, let link, let hours):
      MailLetter(
        subject: "Confirmez votre adresse e-mail", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Bienvenue\u{a0}! Il ne reste qu’à confirmer que cette adresse est bien la vôtre."),
          .button("Confirmer mon adresse", link),
          .note(
            "Ce lien est valable \(Self.heures(hours)). Si vous n’avez rien demandé, oubliez ce message."),
        ])
    case .machineReady(let name, let access, let osName, let size, let pageLink):
      readyInFrench(name, access, osName, size, pageLink)
    case .machineUpdated(let name, let machine, let size):
      MailLetter(
        subject: "Votre machine \(machine) a été modifiée", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Le changement est fait. Voici désormais ce dont dispose \(machine)\u{a0}:"),
          .facts(Self.taille(size)),
          .paragraph("L’adresse, le port et la clé restent les mêmes."),
        ])
    case .machineDeleted(let name, let machine):
      MailLetter(
        subject: "Votre machine \(machine) a été supprimée", greeting: Self.bonjour(name),
        parts: [
          .paragraph(
            "La machine \(machine) et son disque n’existent plus\u{a0}; il n’en reste rien sur l’hôte."),
          .paragraph("Vous pouvez effacer sa clé et son entrée dans votre fichier ~/.ssh/config."),
        ])
    case .machineFailed(let name, let machine, let sentence, let pageLink):
      MailLetter(
        subject: "Votre machine \(machine) n’a pas pu être préparée", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Quelque chose a empêché la préparation de \(machine)\u{a0}:"),
          .quote(sentence),
          .paragraph("Rien d’inachevé n’est resté sur l’hôte. Vous pouvez la supprimer et recommencer."),
          .button("Voir la machine", pageLink),
        ])
    case .accountExists(let name, let link):
      MailLetter(
        subject: "Vous avez déjà un compte", greeting: Self.bonjour(name),
        parts: [
          .paragraph(
            "Quelqu’un, peut-être vous, vient de s’inscrire avec cette adresse. Elle a déjà un compte\u{a0}: "
              + "rien n’a été changé et votre mot de passe reste le même."),
          .button("Se connecter", link),
          .note("Mot de passe oublié\u{a0}? La page de connexion permet d’en choisir un autre."),
        ])
    case .passwordReset(let name, let link, let minutes):
      MailLetter(
        subject: "Choisissez un nouveau mot de passe", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Vous avez demandé à changer de mot de passe. C’est ici\u{a0}:"),
          .button("Choisir un mot de passe", link),
          .note(
            "Ce lien est valable \(Self.minutes(minutes)) et ne sert qu’une fois. Si vous n’avez rien "
              + "demandé, oubliez ce message\u{a0}: votre mot de passe reste le même."),
        ])
    case .passwordChanged(let name):
      MailLetter(
        subject: "Votre mot de passe a changé", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Le mot de passe de votre compte vient d’être changé."),
          .note(
            "Si ce n’est pas vous, demandez tout de suite un nouveau mot de passe depuis la page de connexion, "
              + "et prévenez l’administrateur."),
        ])
    case .addressChanging(let name, let address):
      MailLetter(
        subject: "Une nouvelle adresse pour votre compte", greeting: Self.bonjour(name),
        parts: [
          .paragraph("Une autre adresse a été indiquée pour votre compte\u{a0}: \(address)."),
          .note(
            "Elle remplacera celle-ci quand elle sera vérifiée. Si ce n’est pas vous, changez votre mot de passe "
              + "et prévenez l’administrateur."),
        ])
    case .invitation, .accountApproved, .accountDeleted, .passwordResetByAdmin:
      peopleInFrench(greeting: Self.bonjour)
    case .digest(let name, let digest): digest.inFrench(greeting: Self.bonjour(name))
    }
  }

  private func readyInFrench(
    _ name: String, _ access: MachineAccess, _ osName: String, _ size: MachineSize, _ pageLink: String
  ) -> MailLetter {
    let key =
      access.keyFileName.map {
        "Deux fichiers sont joints\u{a0}: votre clé privée \($0), à garder pour vous seul, et un guide de "
          + "connexion pour Windows, macOS et Linux."
      }
      ?? "Elle accepte la clé publique que vous avez donnée. Un guide de connexion pour Windows, macOS et "
      + "Linux est joint."
    return MailLetter(
      subject: "Votre machine \(access.machine) est prête", greeting: Self.bonjour(name),
      parts: [
        .paragraph("\(access.machine) est démarrée et vous attend. Depuis un terminal\u{a0}:"),
        .command(access.command),
        .paragraph(key),
        .facts(
          [
            ("Adresse", access.host), ("Port", "\(access.port)"), ("Utilisateur", access.user),
            ("Système", osName),
          ] + Self.taille(size) + (access.fingerprint.map { [("Empreinte SSH", $0)] } ?? [])),
        .button("Ouvrir la page de la machine", pageLink),
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
