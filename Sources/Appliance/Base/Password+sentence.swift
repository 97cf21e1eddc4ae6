import HTTP

extension Password.Problem {
  /// The stable error code.
  var code: String {
    switch self {
    case .tooShort: "PASSWORD_TOO_SHORT"
    case .tooLong: "PASSWORD_TOO_LONG"
    case .common: "PASSWORD_COMMON"
    case .personal: "PASSWORD_PERSONAL"
    }
  }

  var sentence: Sentence {
    switch self {
    case .tooShort:
      Sentence(
        fr: "Saisissez au moins \(Password.shortest) caractères, par exemple plusieurs mots.",
        en: "Use at least \(Password.shortest) characters, for example several words.")
    case .tooLong:
      Sentence(
        fr: "\(Password.longestInBytes) octets maximum.", en: "\(Password.longestInBytes) bytes maximum.")
    case .common:
      Sentence(
        fr: "Ce mot de passe est trop courant. Choisissez-en un autre.",
        en: "This password is too common. Choose another one.")
    case .personal:
      Sentence(
        fr: "Le mot de passe ne doit contenir ni votre nom ni votre adresse e-mail.",
        en: "Do not use your name or email address as your password.")
    }
  }
}
