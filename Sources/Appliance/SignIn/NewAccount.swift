import HTTP
import Mailer
import Store

/// The validated fields of a new account.
struct NewAccount: Sendable {
  var username: String
  var name: String
  var email: String?
  var password: String
  var role: Role = .employee
  var language: Language = .fr
  var isVerified = true
  /// Whether the address is accepted without verification. An unverified one cannot be used to sign in,
  /// receives no other mail, and does not keep its owner from using it.
  var ownsEmail = true
  var isApproved = true
  var department = ""
  var position = ""
  var phone = ""

  static let schema = Schema.members(
    ["password": .string],
    optional: [
      "username": .string, "name": .string, "email": .described("this or `username`", .string),
      "department": .string, "position": .string, "phone": .string,
    ])

  /// Reads the fields of a body. `insert` derives a missing username from the e-mail address.
  init(_ body: JSONValue, language: Language) {
    func text(_ field: String) -> String { (body[field]?.string ?? "").trimmed() }
    username = text("username")
    name = text("name").isInvisible ? "" : text("name")
    let address = Address.spelling(of: text("email"))
    email = address.isEmpty ? nil : address
    password = body["password"]?.string ?? ""
    department = text("department")
    position = text("position")
    phone = text("phone")
    self.language = language
  }

  /// Throws 400 with all invalid fields.
  func check(needsEmail: Bool, needsUsername: Bool, needsPassword: Bool = true) throws(Failure) {
    var errors: [FieldError] = []
    if needsEmail || email != nil, let problem = EmailField.problem(email ?? "") { errors.append(problem) }
    if needsUsername || !username.isEmpty, !Username.isValid(username) {
      errors.append(
        FieldError(
          field: "username", code: "INVALID_USERNAME",
          sentence: Sentence(
            fr:
              "De 2 à 32 lettres, chiffres, points ou tirets. Commencez par une lettre.",
            en: "Use 2 to 32 letters, digits, dots, hyphens or underscores. Start with a letter.")))
    }
    for (field, value) in [
      ("name", name), ("department", department), ("position", position), ("phone", phone),
    ]
    where value.utf8.count > 200 || value.unicodeScalars.contains(where: { $0.value < 32 }) {
      errors.append(
        FieldError(
          field: field, code: "TOO_LONG",
          sentence: Sentence(
            fr: "200 caractères maximum, sur une seule ligne.", en: "200 characters maximum, on one line.")))
    }
    if needsPassword, let problem = Password.problem(password, person: [name, username, email ?? ""]) {
      errors.append(FieldError("password", problem.code, problem.sentence))
    }
    if !errors.isEmpty { throw .invalid(errors) }
  }

  /// Inserts the account; without a hash nobody can sign in to it yet. Throws 409 when the e-mail address or
  /// the username is taken.
  func insert(hash: String?, in tx: Transaction) throws -> Account {
    let username = self.username.isEmpty ? try Username.free(from: email ?? name, in: tx) : self.username
    if let email, try tx.scalar("SELECT 1 FROM users WHERE email = ?", email) != nil {
      throw Self.emailTaken
    }
    if try tx.scalar("SELECT 1 FROM users WHERE username = ?", username) != nil {
      throw Self.taken(
        "username", "USERNAME_TAKEN",
        Sentence(
          fr: "Cet identifiant est déjà utilisé. Choisissez-en un autre.",
          en: "This username is already taken. Choose another one."))
    }
    try tx.execute(
      """
      INSERT INTO users (username, name, email, pending_email, password_hash, role, language, is_verified,
        is_approved, department, position, phone, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, username, name.isEmpty ? username : name, ownsEmail ? email : nil, ownsEmail ? nil : email, hash,
      role.rawValue, language.rawValue, isVerified, isApproved, department, position, phone, tx.now, tx.now)
    guard let account = try Account.find(tx.lastInsertedID, in: tx) else { throw Failure.notFound }
    return account
  }

  static let emailTaken = taken(
    "email", "EMAIL_TAKEN",
    Sentence(
      fr: "Cette adresse e-mail est déjà utilisée. Saisissez-en une autre.",
      en: "This email address is already in use. Enter another one."))

  private static func taken(_ field: String, _ code: String, _ sentence: Sentence) -> Failure {
    Failure(409, code, sentence, errors: [FieldError(field: field, code: code, sentence: sentence)])
  }
}

/// Usernames.
enum Username {
  static func isValid(_ text: String) -> Bool {
    guard (2...32).contains(text.utf8.count), let first = text.utf8.first, isLetter(first) else {
      return false
    }
    return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2E || $0 == 0x2D || $0 == 0x5F }
  }

  /// A free username derived from an e-mail address or a name: `marie`, `marie2`, …
  static func free(from text: String, in tx: Transaction) throws -> String {
    let local = text.split(byte: "@").first.map { String($0) } ?? text
    var stem = String(
      decoding: local.lowercased().utf8.filter { isLetter($0) || isDigit($0) || $0 == 0x2E || $0 == 0x2D },
      as: UTF8.self)
    while let first = stem.utf8.first, !isLetter(first) { stem.removeFirst() }
    stem = String(stem.prefix(24))
    if stem.utf8.count < 2 { stem = "user" }
    var candidate = stem
    var number = 2
    while try tx.scalar("SELECT 1 FROM users WHERE username = ?", candidate) != nil {
      candidate = "\(stem)\(number)"
      number += 1
    }
    return candidate
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
