import HTTP
import Mailer

/// Validated changes of one's own profile; nil leaves a field unchanged.
struct ProfileChange: Sendable {
  let name: String?
  let email: String?
  let department: String?
  let position: String?
  let phone: String?
  let avatar: String?

  static let schema = Schema.members(
    [:],
    optional: [
      "name": .string, "email": .string, "department": .string, "position": .string, "phone": .string,
      "avatar": .string,
    ])

  /// Throws 400 with all invalid fields.
  init(_ body: JSONValue) throws(Failure) {
    func text(_ field: String) -> String? { body[field]?.string?.trimmed() }
    name = text("name")
    email = text("email").map(Address.spelling)
    department = text("department")
    position = text("position")
    phone = text("phone")
    avatar = text("avatar")
    let errors = problems()
    if !errors.isEmpty { throw .invalid(errors) }
  }

  private func problems() -> [FieldError] {
    var errors: [FieldError] = []
    if name?.isInvisible == true {
      errors.append(
        FieldError("name", "REQUIRED", Sentence(fr: "Saisissez votre nom.", en: "Enter your name.")))
    }
    if let problem = email.flatMap(EmailField.problem) { errors.append(problem) }
    for (field, value) in [
      ("name", name), ("department", department), ("position", position), ("phone", phone),
    ] {
      guard let value, value.utf8.count > 200 || value.unicodeScalars.contains(where: { $0.value < 32 })
      else {
        continue
      }
      errors.append(
        FieldError(
          field, "TOO_LONG",
          Sentence(
            fr: "200 caractères maximum, sur une seule ligne.", en: "200 characters maximum, on one line.")))
    }
    if let avatar, !Self.isPicture(avatar) {
      errors.append(
        FieldError(
          "avatar", "INVALID_AVATAR",
          Sentence(
            fr: "Saisissez l’URL d’une image, commençant par https:// ou /.",
            en: "Enter an image URL starting with https:// or /.")))
    }
    return errors
  }

  /// The avatar is sent to everyone online, so only a URL is accepted, not image data.
  private static func isPicture(_ text: String) -> Bool {
    if text.isEmpty { return true }
    guard text.utf8.count <= 500, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
    return text.hasPrefix("https://") || text.hasPrefix("/") && !text.hasPrefix("//")
  }
}
