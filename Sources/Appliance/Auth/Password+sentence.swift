import HTTP

extension Password.Problem {
  /// The stable code of the refusal.
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
        fr: "Au moins \(Password.shortest) caractères : quelques mots font un bon mot de passe.",
        en: "At least \(Password.shortest) characters: a few words make a good password.")
    case .tooLong:
      Sentence(
        fr: "Au plus \(Password.longestInBytes) octets.", en: "At most \(Password.longestInBytes) bytes.")
    case .common:
      Sentence(
        fr: "Ce mot de passe est trop connu. Choisissez-en un que personne ne devinerait.",
        en: "This password is too well known. Choose one that nobody would guess.")
    case .personal:
      Sentence(
        fr: "N’utilisez ni votre nom ni votre adresse comme mot de passe.",
        en: "Do not use your name or your address as the password.")
    }
  }
}

extension Password {
  /// Throws 400 naming `field` where a person may not use this password.
  static func check(_ password: String, of account: Account, field: String) throws(Failure) {
    let person = [account.name, account.username, account.email ?? ""]
    guard let problem = problem(password, person: person) else { return }
    throw .invalid([FieldError(field, problem.code, problem.sentence)])
  }
}
