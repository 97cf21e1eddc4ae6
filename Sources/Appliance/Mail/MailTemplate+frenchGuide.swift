extension MailTemplate.MachineAccess {
  /// The guide's headings and texts in French.
  func frenchGuide() -> [(String, String)] {
    [
      ("Informations de connexion", frenchSummary),
      ("macOS et Linux", "\(frenchStart("un terminal"))\n\n\(unixSetup)"),
      (
        "Windows (PowerShell)",
        """
        \(frenchStart("PowerShell"))

        \(windowsSetup)

        Si la commande « ssh » est introuvable, installez-la : Paramètres > Système > Fonctionnalités facultatives > Client OpenSSH.
        """
      ),
      (
        "Première connexion",
        "\(frenchTrust)\nUne fois connecté, passez en root avec « sudo -i », sans mot de passe."
      ),
      (
        "Raccourci : ~/.ssh/config",
        """
        Ajoutez ces lignes au fichier « config » du dossier .ssh (créez-le si nécessaire) :

        \(configuration)

        Connectez-vous ensuite avec « ssh \(machine) ». scp, rsync et VS Code utilisent aussi ce raccourci.
        """
      ),
      (
        "Copier des fichiers",
        "Vers la machine, puis depuis la machine :\n\n\(copyCommands.there)\n\(copyCommands.back)"
      ),
      ("En cas de problème", frenchRemedies),
    ]
  }

  private var frenchTrust: String {
    guard let fingerprint else {
      return
        "À la première connexion, SSH demande de confirmer l’identité de la machine (« authenticity of host »). Répondez « yes »."
    }
    return """
      Avec la ligne known_hosts ci-dessus, SSH reconnaît la machine. Si vous ne l’avez pas ajoutée, répondez « yes »
      seulement si SSH affiche cette empreinte :

          \(fingerprint)

      """
  }

  private var frenchSummary: String {
    let key =
      keyFileName.map { "\($0) (jointe à l’e-mail ; ne la partagez pas)" } ?? "celle que vous avez fournie"
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
      ? "Ouvrez \(terminal), puis exécutez :"
      : "Ouvrez \(terminal) dans le dossier où vous avez enregistré la clé, puis exécutez :"
  }

  private var frenchRemedies: String {
    let permissions =
      keyFileName.map { name in
        """

        « UNPROTECTED PRIVATE KEY FILE » ou « bad permissions »
            Protégez le fichier de clé : exécutez de nouveau « chmod 600 ~/.ssh/\(name) »
            (« icacls » sous Windows).

        """
      } ?? ""
    let key =
      keyFileName == nil
      ? "Clé incorrecte. Indiquez avec « -i » la clé privée qui correspond à votre clé publique."
      : "Clé ou nom d’utilisateur incorrect. Vérifiez « -i » et « \(user) »."
    return """
      « Connection refused » ou « timed out »
          La machine est arrêtée ou en cours de démarrage. Vérifiez son état sur sa page et réessayez.
          Votre réseau bloque peut-être le port \(port). Essayez depuis un autre réseau.
      \(permissions)
      « Permission denied (publickey) »
          \(key)

      « REMOTE HOST IDENTIFICATION HAS CHANGED »
          Une autre machine utilisait cette adresse. Supprimez son ancienne clé, puis réessayez :

      \(forgetCommand)
      """
  }
}
