import HTTP
import Mailer
import Store

/// Validated changes of a person by someone who manages people.
struct PersonChanges: Sendable {
  private(set) var texts: [String: String] = [:]
  /// Nil leaves the address unchanged; "" removes it.
  private(set) var email: String?
  private(set) var role: Role?
  private(set) var isActive: Bool?
  private(set) var category = Reference.missing

  /// Plain text fields: name in the body, and column.
  private static let columns = [
    ("name", "name"), ("department", "department"), ("position", "position"), ("phone", "phone"),
    ("avatar", "avatar"), ("employeeId", "employee_id"),
  ]

  static let schema = Schema.members(
    [:],
    optional: [
      "name": .string, "email": .described("empty takes it away", .string),
      "role": .described("`user` is employee", .enumeration(Role.allCases.map(\.rawValue) + ["user"])),
      "isActive": .boolean, "categoryId": .described("empty or null for none", .optional(.reference)),
      "department": .string, "position": .string, "phone": .string, "avatar": .string, "employeeId": .string,
    ])

  /// Throws 400 with all invalid fields.
  init(_ body: JSONValue) throws(Failure) {
    var errors: [FieldError] = []
    for (field, _) in Self.columns {
      guard let value = body[field] else { continue }
      let text = (value.string ?? "").trimmed()
      let isMissing = field == "name" && text.isInvisible
      if isMissing || text.utf8.count > 200 || text.unicodeScalars.contains(where: { $0.value < 32 }) {
        errors.append(FieldError(field, "INVALID_TEXT", Self.oneLine))
      }
      texts[field] = text
    }
    if let value = body["email"] {
      let address = Address.spelling(of: (value.string ?? "").trimmed())
      if !address.isEmpty, let problem = EmailField.problem(address) { errors.append(problem) }
      email = address
    }
    if let value = body["role"] {
      role = Self.role(value)
      if role == nil { errors.append(FieldError("role", "UNKNOWN_ROLE", Self.unknownRole)) }
    }
    if let value = body["isActive"] {
      isActive = value.bool
      if isActive == nil { errors.append(FieldError("isActive", "NOT_A_BOOLEAN", Self.trueOrFalse)) }
    }
    if !errors.isEmpty { throw .invalid(errors) }
    category = try Reference("categoryId", of: body)
  }

  /// Parses a role. `user` is the older clients' name for `employee`.
  static func role(_ value: JSONValue) -> Role? {
    value == "user" ? .employee : value.string.flatMap(Role.init)
  }

  /// Writes the changes. Throws 409 when the address is taken, 400 for an unknown category or picture.
  func write(to subject: Account, by actor: Account, in tx: Transaction) throws {
    if let picture = texts["avatar"], picture != subject.avatar {
      try ProfilePicture.attach(picture, to: subject.id, by: actor, in: tx)
    }
    for (field, column) in Self.columns {
      guard let text = texts[field] else { continue }
      try tx.execute("UPDATE users SET \(column) = ? WHERE id = ?", text, subject.id)
    }
    if let email, email != (subject.email ?? "") {
      let other = try tx.scalar("SELECT 1 FROM users WHERE email = ? AND id <> ?", email, subject.id)
      guard other == nil else { throw Self.addressTaken }
      try tx.execute(
        "UPDATE users SET email = ?, pending_email = NULL WHERE id = ?", email.isEmpty ? nil : email,
        subject.id)
      // Links mailed to the old address become invalid.
      try PasswordLink.revoke(subject.id, in: tx)
    }
    if let role { try tx.execute("UPDATE users SET role = ? WHERE id = ?", role.rawValue, subject.id) }
    if let isActive {
      try tx.execute("UPDATE users SET is_active = ? WHERE id = ?", isActive, subject.id)
    }
    if category != .missing {
      try tx.execute("UPDATE users SET category_id = ? WHERE id = ?", category.id, subject.id)
    }
    try tx.execute("UPDATE users SET updated_at = ? WHERE id = ?", tx.now, subject.id)
  }

  /// Names of the fields whose value changes, for the audit log.
  func changedFields(of subject: Account) -> [String] {
    let present = [
      "name": subject.name, "department": subject.department, "position": subject.position,
      "phone": subject.phone, "avatar": subject.avatar, "employeeId": subject.employeeID,
    ]
    var changed = Self.columns.map(\.0).filter { texts[$0] != nil && texts[$0] != present[$0] }
    if let email, email != (subject.email ?? "") { changed.append("email") }
    if category != .missing, category.id != subject.categoryID { changed.append("categoryId") }
    return changed
  }

  private static let oneLine = Sentence(
    fr: "Saisissez de 1 à 200 caractères sur une seule ligne.", en: "Enter 1 to 200 characters on one line.")
  private static let unknownRole = Sentence(
    fr: "Choisissez employee, moderator ou admin.", en: "Choose employee, moderator or admin.")
  private static let trueOrFalse = Sentence(
    fr: "Indiquez true ou false.", en: "Use true or false.")
  private static let takenSentence = Sentence(
    fr: "Cette adresse e-mail est déjà utilisée. Saisissez-en une autre.",
    en: "This email address is already in use. Enter another one.")
  private static let addressTaken = Failure(
    409, "EMAIL_TAKEN", takenSentence, errors: [FieldError("email", "EMAIL_TAKEN", takenSentence)])
}
