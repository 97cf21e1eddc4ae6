import HTTP

/// Errors of changes to accounts.
extension Failure {
  static let higherRights = Failure(
    403, "HIGHER_RIGHTS",
    Sentence(
      fr: "Vous n’avez pas les droits nécessaires. Contactez un administrateur.",
      en: "You do not have permission to do this. Contact an administrator."))

  static let oneself = Failure(
    409, "SELF",
    Sentence(
      fr:
        "Vous ne pouvez pas effectuer cette action sur votre propre compte. Demandez à un autre administrateur.",
      en: "You cannot do this to your own account. Ask another administrator."))

  static let lastAdmin = Failure(
    409, "LAST_ADMIN",
    Sentence(
      fr: "C’est le seul administrateur. Nommez-en d’abord un autre.",
      en: "This is the only administrator. Make another user an administrator first."))
}
