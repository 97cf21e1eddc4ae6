import HTTP

/// Why a sign-in is refused.
extension Failure {
  static let invalidCredentials = Failure(
    401, "INVALID_CREDENTIALS",
    Sentence(
      fr: "Identifiant ou mot de passe incorrect.", en: "Incorrect username or password."))

  static let loginTooLong = Failure.invalid([
    FieldError(
      field: "email", code: "TOO_LONG",
      sentence: Sentence(
        fr: "\(SignInForm.longestLogin) octets maximum.",
        en: "\(SignInForm.longestLogin) bytes maximum."))
  ])

  static let wrongPassword = Failure(
    400, "WRONG_PASSWORD",
    Sentence(fr: "Mot de passe actuel incorrect.", en: "Current password is incorrect."))

  static let totpRequired = Failure(
    401, "TOTP_REQUIRED",
    Sentence(
      fr: "Saisissez le code de votre application d’authentification.",
      en: "Enter the code from your authenticator app."))

  static let totpInvalid = Failure(
    401, "TOTP_INVALID",
    Sentence(
      fr: "Code incorrect ou déjà utilisé. Attendez le suivant.",
      en: "Incorrect or already used code. Wait for the next one."))

  static let totpSetupRequired = Failure(
    403, "TOTP_SETUP_REQUIRED", Refusals.sentence("TOTP_SETUP_REQUIRED"))

  static let tokenNotAllowed = Failure(
    403, "TOKEN_NOT_ALLOWED",
    Sentence(
      fr: "Opération impossible avec un jeton d’API. Connectez-vous.",
      en: "API tokens cannot do this. Sign in instead."))

  static let tokenReadOnly = Failure(
    403, "TOKEN_READ_ONLY",
    Sentence(
      fr: "Ce jeton d’API est en lecture seule. Utilisez un jeton avec le droit « write ».",
      en: "This API token is read-only. Use one with the \"write\" right."))

  static func alreadyLoggedIn(workstation: String, since: Int64) -> Failure {
    let shown = RFC3339.text(since)
    return Failure(
      409, "ALREADY_LOGGED_IN",
      Sentence(
        fr:
          "Ce compte est déjà connecté sur un autre poste (\(workstation)). Vous pouvez vous connecter ici à la place.",
        en:
          "This account is already signed in on another workstation (\(workstation)). You can sign in here instead."
      ),
      details: [("workstation", ["name": .string(workstation), "since": .string(shown)])])
  }

  static func workstationInUse(by name: String) -> Failure {
    Failure(
      409, "WORKSTATION_IN_USE",
      Sentence(
        fr: "Ce poste est utilisé par \(name).",
        en: "This workstation is in use by \(name)."),
      details: [("account", ["name": .string(name)])])
  }

  static let deactivated = Failure(
    403, "DEACTIVATED",
    Sentence(
      fr: "Ce compte est désactivé. Contactez votre administrateur.",
      en: "This account is deactivated. Contact your administrator."))

  static let notApproved = Failure(
    403, "NOT_APPROVED",
    Sentence(
      fr: "Ce compte est en attente d’approbation par un administrateur.",
      en: "This account is pending approval by an administrator."))

  static let emailNotVerified = Failure(
    403, "EMAIL_NOT_VERIFIED",
    Sentence(
      fr: "Vérifiez d’abord votre adresse e-mail avec le lien reçu par e-mail.",
      en: "Verify your email address first, with the link we sent you."))

  static func missingCredentials(login: String) -> Failure {
    var errors: [FieldError] = []
    if login.isEmpty {
      errors.append(
        FieldError(
          field: "email", code: "REQUIRED",
          sentence: Sentence(
            fr: "Saisissez votre adresse e-mail ou votre identifiant.",
            en: "Enter your email address or username.")))
    } else {
      errors.append(
        FieldError(
          field: "password", code: "REQUIRED",
          sentence: Sentence(fr: "Saisissez votre mot de passe.", en: "Enter your password.")))
    }
    return .invalid(errors)
  }
}

extension Account {
  /// Throws where the account may not sign in although the password was right.
  func checkMaySignIn() throws(Failure) {
    if !isActive { throw .deactivated }
    if !isApproved { throw .notApproved }
    if !isVerified { throw .emailNotVerified }
  }
}
