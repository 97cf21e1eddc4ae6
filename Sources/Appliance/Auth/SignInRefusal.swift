import HTTP

/// Why a sign-in is refused.
enum SignInRefusal {
  static let invalidCredentials = Failure(
    401, "INVALID_CREDENTIALS",
    Sentence(
      fr: "Identifiant ou mot de passe incorrect.", en: "The name or the password is not right."))

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
