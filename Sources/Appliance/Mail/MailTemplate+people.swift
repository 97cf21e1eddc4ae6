/// Mails about a person's account caused by an administrator.
extension MailTemplate {
  func peopleInFrench(greeting: (String) -> String) -> MailLetter {
    switch self {
    case .invitation(let name, let username, let link, let days, let by):
      MailLetter(
        subject: "Activez votre compte", greeting: greeting(name),
        parts: [
          .paragraph(
            (Self.greetable(by).map { "\($0) a créé un compte pour vous." }
              ?? "Un compte a été créé pour vous.")
              + " Choisissez un mot de passe pour l’activer."),
          .button("Choisir mon mot de passe", link),
          .facts([("Identifiant", username)]),
          .note(
            "Ce lien est valable \(days == 1 ? "un jour" : "\(days)\u{a0}jours") et ne peut être utilisé qu’une fois. "
              + "Si vous n’attendiez pas cette invitation, ignorez ce message."),
        ])
    case .accountApproved(let name, let link):
      MailLetter(
        subject: "Votre compte a été approuvé", greeting: greeting(name),
        parts: [
          .paragraph("Un administrateur a approuvé votre compte. Vous pouvez maintenant vous connecter."),
          .button("Se connecter", link),
        ])
    case .accountDeleted(let name, let username):
      MailLetter(
        subject: "Votre compte a été supprimé", greeting: greeting(name),
        parts: [
          .paragraph(
            "Le compte \(username) et ses machines ont été supprimés."),
          .note("S’il s’agit d’une erreur, contactez votre administrateur."),
        ])
    case .passwordResetByAdmin(let name, let link, let hours, let by):
      MailLetter(
        subject: "Réinitialisez votre mot de passe", greeting: greeting(name),
        parts: [
          .paragraph(
            (Self.greetable(by).map { "\($0) vous a envoyé" } ?? "Un administrateur vous a envoyé")
              + " un lien pour réinitialiser votre mot de passe."),
          .button("Choisir un nouveau mot de passe", link),
          .note(
            "Ce lien est valable \(hours)\u{a0}heures et ne peut être utilisé qu’une fois. D’ici là, votre mot de passe "
              + "actuel reste valable."),
        ])
    default: MailLetter(subject: "", greeting: "", parts: [])
    }
  }

  func peopleInEnglish(greeting: (String) -> String) -> MailLetter {
    switch self {
    case .invitation(let name, let username, let link, let days, let by):
      MailLetter(
        subject: "Activate your account", greeting: greeting(name),
        parts: [
          .paragraph(
            (Self.greetable(by).map { "\($0) created an account for you." }
              ?? "An account has been created for you.")
              + " Choose a password to activate it."),
          .button("Choose my password", link),
          .facts([("Username", username)]),
          .note(
            "This link is valid for \(days == 1 ? "one day" : "\(days)\u{a0}days") and can be used once. If you did not "
              + "expect this invitation, ignore this message."),
        ])
    case .accountApproved(let name, let link):
      MailLetter(
        subject: "Your account has been approved", greeting: greeting(name),
        parts: [
          .paragraph("An administrator approved your account. You can now sign in."),
          .button("Sign in", link),
        ])
    case .accountDeleted(let name, let username):
      MailLetter(
        subject: "Your account has been deleted", greeting: greeting(name),
        parts: [
          .paragraph(
            "The account \(username) and its machines have been deleted."),
          .note("If this is a mistake, contact your administrator."),
        ])
    case .passwordResetByAdmin(let name, let link, let hours, let by):
      MailLetter(
        subject: "Reset your password", greeting: greeting(name),
        parts: [
          .paragraph(
            (Self.greetable(by).map { "\($0) sent you" } ?? "An administrator sent you")
              + " a link to reset your password."),
          .button("Choose a new password", link),
          .note(
            "This link is valid for \(hours)\u{a0}hours and can be used once. Until then, your current password still works."
          ),
        ])
    default: MailLetter(subject: "", greeting: "", parts: [])
    }
  }
}
