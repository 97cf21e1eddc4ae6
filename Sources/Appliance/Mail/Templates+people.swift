/// The mails about one's account that an administrator causes.
extension MailTemplate {
  func peopleInFrench(greeting: (String) -> String) -> MailLetter {
    switch self {
    case .invitation(let name, let username, let link, let days, let by):
      MailLetter(
        subject: "Un compte vous attend", greeting: greeting(name),
        parts: [
          .paragraph(
            (Self.greetable(by).map { "\($0) vous a ouvert un compte." }
              ?? "Un compte est ouvert à votre nom.")
              + " Il ne reste qu’à choisir votre mot de passe\u{a0}:"),
          .button("Choisir mon mot de passe", link),
          .facts([("Identifiant", username)]),
          .note(
            "Ce lien est valable \(days == 1 ? "un jour" : "\(days)\u{a0}jours") et ne sert qu’une fois. "
              + "Si vous n’attendiez rien, oubliez ce message."),
        ])
    case .accountApproved(let name, let link):
      MailLetter(
        subject: "Votre compte est accepté", greeting: greeting(name),
        parts: [
          .paragraph("Un administrateur a accepté votre inscription\u{a0}: vous pouvez vous connecter."),
          .button("Se connecter", link),
        ])
    case .accountDeleted(let name, let username):
      MailLetter(
        subject: "Votre compte a été supprimé", greeting: greeting(name),
        parts: [
          .paragraph(
            "Le compte \(username) et tout ce qui lui appartenait, machines comprises, n’existent plus."),
          .note("Si cela vous surprend, adressez-vous à votre administrateur."),
        ])
    case .passwordResetByAdmin(let name, let link, let hours, let by):
      MailLetter(
        subject: "Choisissez un nouveau mot de passe", greeting: greeting(name),
        parts: [
          .paragraph(
            (Self.greetable(by).map { "\($0) vous propose" } ?? "Un administrateur vous propose")
              + " de choisir un nouveau mot de passe\u{a0}:"),
          .button("Choisir un mot de passe", link),
          .note(
            "Ce lien est valable \(hours)\u{a0}heures et ne sert qu’une fois. Sans cela, votre mot de passe "
              + "reste le même."),
        ])
    default: MailLetter(subject: "", greeting: "", parts: [])
    }
  }

  func peopleInEnglish(greeting: (String) -> String) -> MailLetter {
    switch self {
    case .invitation(let name, let username, let link, let days, let by):
      MailLetter(
        subject: "An account is waiting for you", greeting: greeting(name),
        parts: [
          .paragraph(
            (Self.greetable(by).map { "\($0) opened an account for you." } ?? "An account was opened for you.")
              + " All that is left is to choose your password:"),
          .button("Choose my password", link),
          .facts([("Username", username)]),
          .note(
            "This link works for \(days == 1 ? "one day" : "\(days)\u{a0}days"), and once. If you did not "
              + "expect it, forget this message."),
        ])
    case .accountApproved(let name, let link):
      MailLetter(
        subject: "Your account has been approved", greeting: greeting(name),
        parts: [
          .paragraph("An administrator approved your registration: you can sign in."),
          .button("Sign in", link),
        ])
    case .accountDeleted(let name, let username):
      MailLetter(
        subject: "Your account has been deleted", greeting: greeting(name),
        parts: [
          .paragraph(
            "The account \(username) and everything that belonged to it, machines included, are gone."),
          .note("If this surprises you, ask your administrator."),
        ])
    case .passwordResetByAdmin(let name, let link, let hours, let by):
      MailLetter(
        subject: "Choose a new password", greeting: greeting(name),
        parts: [
          .paragraph(
            (Self.greetable(by).map { "\($0) asks you" } ?? "An administrator asks you")
              + " to choose a new password:"),
          .button("Choose a password", link),
          .note(
            "This link works for \(hours)\u{a0}hours, and once. Until then your password stays the same."),
        ])
    default: MailLetter(subject: "", greeting: "", parts: [])
    }
  }
}
