extension MailTemplate.MachineAccess {
  /// Headings and texts of the guide in French.
  func frenchGuide() -> [(String, String)] {
    [
      ("L’essentiel", frenchSummary),
      ("macOS et Linux", "\(frenchStart("un terminal"))\n\n\(unixSetup)"),
      (
        "Windows (PowerShell)",
        """
        \(frenchStart("PowerShell"))

        \(windowsSetup)

        Si « ssh » est introuvable : Paramètres > Système > Fonctionnalités facultatives > Client OpenSSH.
        """
      ),
      (
        "La première fois",
        "\(frenchTrust)\nUne fois connecté, « sudo -i » fait de vous l’administrateur, sans mot de passe."
      ),
      (
        "Plus court : ~/.ssh/config",
        """
        Ajoutez ces lignes au fichier config du dossier .ssh (créez-le s’il n’existe pas) :

        \(configuration)

        Ensuite, « ssh \(machine) » suffit ; scp, rsync, VS Code et les autres le lisent aussi.
        """
      ),
      (
        "Copier des fichiers",
        "Vers la machine, puis depuis la machine :\n\n\(copyCommands.there)\n\(copyCommands.back)"
      ),
      ("Si la connexion est refusée", frenchRemedies),
    ]
  }

  private var frenchTrust: String {
    guard let fingerprint else {
      return
        "SSH demande s’il faut faire confiance à cette machine (« authenticity of host ») : répondez « yes »."
    }
    return """
      Avec la ligne known_hosts ci-dessus, SSH reconnaît la machine et ne demande rien. Sans elle, SSH affiche une
      empreinte : ne répondez « yes » que si c’est celle-ci.

          \(fingerprint)

      """
  }

  private var frenchSummary: String {
    let key = keyFileName.map { "\($0) (jointe à l’e-mail ; ne la donnez à personne)" } ?? "la vôtre"
    return """
          Adresse      \(host)
          Port         \(port)
          Utilisateur  \(user)
          Clé          \(key)

          \(command)
      """
  }

  private func frenchStart(_ terminal: String) -> String {
    keyFileName == nil
      ? "Ouvrez \(terminal) :"
      : "Ouvrez \(terminal) dans le dossier où vous avez enregistré la clé :"
  }

  private var frenchRemedies: String {
    let permissions =
      keyFileName.map { name in
        """

        « UNPROTECTED PRIVATE KEY FILE » ou « bad permissions »
            D’autres comptes peuvent lire la clé. Refaites l’étape « chmod 600 ~/.ssh/\(name) »,
            ou « icacls » sous Windows.

        """
      } ?? ""
    let key =
      keyFileName == nil
      ? "La clé n’est pas la bonne : indiquez celle qui va avec votre clé publique, avec « -i »."
      : "La clé ou le nom d’utilisateur n’est pas le bon : vérifiez « -i » et « \(user) »."
    return """
      « Connection refused » ou « timed out »
          La machine est arrêtée ou démarre encore : regardez sa page, attendez une minute.
          Sinon, votre réseau bloque peut-être le port \(port) : essayez depuis un autre.
      \(permissions)
      « Permission denied (publickey) »
          \(key)

      « REMOTE HOST IDENTIFICATION HAS CHANGED »
          Une autre machine a eu cette adresse avant la vôtre. Oubliez-la, puis recommencez :

      \(forgetCommand)
      """
  }
}
