import HTTP

/// Why a sign-in is refused.
enum SignInRefusal {
  static let invalidCredentials = Failure(
    401, "INVALID_CREDENTIALS",
    Sentence(
      fr: "Identifiant ou mot de passe incorrect.", en: "The name or the password is not right."))

  static let loginTooLong = Failure.invalid([
    FieldError(
      field: "email", code: "TOO_LONG",
      sentence: Sentence(
        fr: "Un e-mail ou un identifiant a au plus \(SignInForm.longestLogin) octets.",
        en: "An e-mail or a username has at most \(SignInForm.longestLogin) bytes."))
  ])

  static let wrongPassword = Failure(
    400, "WRONG_PASSWORD",
    Sentence(fr: "Le mot de passe actuel n’est pas le bon.", en: "The current password is not right."))

  static let totpRequired = Failure(
    401, "TOTP_REQUIRED",
    Sentence(
      fr: "Indiquez le code de votre application d’authentification.",
      en: "Give the code of your authenticator."))

  static let totpInvalid = Failure(
    401, "TOTP_INVALID",
    Sentence(
      fr: "Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant.",
      en: "This code is not right, or was used already. Wait for the next one."))

  static let totpSetupRequired = Failure(
    403, "TOTP_SETUP_REQUIRED",
    Sentence(
      fr: "Les administrateurs doivent d’abord activer la connexion en deux étapes.",
      en: "Administrators have to set up two-step sign-in first."))

  static let tokenNotAllowed = Failure(
    403, "TOKEN_NOT_ALLOWED",
    Sentence(
      fr: "Un jeton d’API ne permet pas cela : connectez-vous.",
      en: "An API token may not do this: sign in."))

  static let tokenReadOnly = Failure(
    403, "TOKEN_READ_ONLY",
    Sentence(fr: "Ce jeton d’API ne peut que lire.", en: "This API token can only read."))

  static func alreadyLoggedIn(workstation: String, since: Int64) -> Failure {
    var time = JSONWriter()
    time.value(millisecondsAsTime: since)
    let shown = String(decoding: time.bytes, as: UTF8.self).filter { $0 != "\"" }
    return Failure(
      409, "ALREADY_LOGGED_IN",
      Sentence(
        fr: "Ce compte est ouvert sur un autre poste (\(workstation)). Vous pouvez prendre la main ici.",
        en: "This account is open on another workstation (\(workstation)). You can take over here."),
      details: [("workstation", ["name": .string(workstation), "since": .string(shown)])])
  }

  static func workstationInUse(by name: String) -> Failure {
    Failure(
      409, "WORKSTATION_IN_USE",
      Sentence(
        fr: "\(name) est connecté sur ce poste. Déconnectez d’abord ce compte.",
        en: "\(name) is signed in on this workstation. Sign that account out first."),
      details: [("account", ["name": .string(name)])])
  }

  /// Throws where the account may not sign in although the password was right.
  static func check(_ account: Account) throws(Failure) {
    if !account.isActive {
      throw Failure(
        403, "DEACTIVATED",
        Sentence(
          fr: "Ce compte est désactivé. Adressez-vous à l’administrateur.",
          en: "This account is deactivated. Ask the administrator."))
    }
    if !account.isApproved {
      throw Failure(
        403, "NOT_APPROVED",
        Sentence(
          fr: "Ce compte attend l’accord d’un administrateur.",
          en: "This account is waiting for an administrator's approval."))
    }
    if !account.isVerified {
      throw Failure(
        403, "EMAIL_NOT_VERIFIED",
        Sentence(
          fr: "Vérifiez d’abord votre adresse : le lien est dans le message que vous avez reçu.",
          en: "Verify your address first: the link is in the message that you received."))
    }
  }

  static func missing(login: String) -> Failure {
    var errors: [FieldError] = []
    if login.isEmpty {
      errors.append(
        FieldError(
          field: "email", code: "REQUIRED",
          sentence: Sentence(
            fr: "Indiquez votre e-mail ou votre identifiant.", en: "Give your e-mail or your username.")))
    } else {
      errors.append(
        FieldError(
          field: "password", code: "REQUIRED",
          sentence: Sentence(fr: "Indiquez votre mot de passe.", en: "Give your password.")))
    }
    return .invalid(errors)
  }
}
