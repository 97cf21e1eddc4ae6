import HTTP
import Mailer
import Store

/// The role of a person.
enum Role: String, Sendable, CaseIterable {
  case employee, moderator, admin

  /// The role as older clients expect it in the nested `user.role`: `user` or `admin`.
  var nestedWord: String { self == .admin ? "admin" : "user" }

  static let schema = Schema.words(Role.self)
  static let nestedSchema = Schema.enumeration(["user", "admin"])
}

/// An immutable snapshot of a person's account; a change puts a new one into the directory.
final class Account: Sendable {
  let id: Int64
  let username: String
  let name: String
  let email: String?
  let role: Role
  let language: Language
  let isActive: Bool
  let isVerified: Bool
  let isApproved: Bool
  let avatar: String
  let employeeID: String
  let department: String
  let position: String
  let phone: String
  let createdAt: Int64
  let updatedAt: Int64
  let categoryID: Int64?
  /// A new address that awaits verification; until then the old one is used.
  let pendingEmail: String?
  /// Whether two-step sign-in is enabled.
  let hasTOTP: Bool
  /// Permissions delegated to the person directly or through their category.
  let rights: Set<String>

  static let columns = """
    id, username, name, email, role, language, is_active, is_verified, is_approved,
    avatar, employee_id, department, position, phone, created_at, updated_at, category_id, pending_email,
    EXISTS (SELECT 1 FROM totp WHERE user_id = users.id AND confirmed_at IS NOT NULL) AS has_totp,
    (SELECT json_group_array(permission) FROM permissions WHERE user_id = users.id) AS own_rights,
    (SELECT permissions FROM employee_categories WHERE id = users.category_id AND is_active = 1) AS category_rights
    """

  init(_ row: Row) {
    id = row.int64("id")
    username = row.text("username")
    name = row.text("name")
    email = row.optionalText("email")
    role = Role(rawValue: row.text("role")) ?? .employee
    language = Language(rawValue: row.text("language")) ?? .fr
    isActive = row.bool("is_active")
    isVerified = row.bool("is_verified")
    isApproved = row.bool("is_approved")
    avatar = row.text("avatar")
    employeeID = row.text("employee_id")
    department = row.text("department")
    position = row.text("position")
    phone = row.text("phone")
    createdAt = row.int64("created_at")
    updatedAt = row.int64("updated_at")
    categoryID = row.optionalInt64("category_id")
    pendingEmail = row.optionalText("pending_email")
    hasTOTP = row.bool("has_totp")
    rights = Permission.words(row.text("own_rights")).union(Permission.words(row.text("category_rights")))
  }

  /// A copy with the rights of an employee, for programs whose token grants no more.
  private init(limiting account: Account) {
    id = account.id
    username = account.username
    name = account.name
    email = account.email
    role = .employee
    language = account.language
    isActive = account.isActive
    isVerified = account.isVerified
    isApproved = account.isApproved
    avatar = account.avatar
    employeeID = account.employeeID
    department = account.department
    position = account.position
    phone = account.phone
    createdAt = account.createdAt
    updatedAt = account.updatedAt
    categoryID = account.categoryID
    pendingEmail = account.pendingEmail
    hasTOTP = account.hasTOTP
    rights = []
  }

  var limited: Account { Account(limiting: self) }

  /// Whether the account has a right: `admin` and `moderator` are roles; admins have every right.
  func has(right: String) -> Bool {
    role == .admin || role.rawValue == right || rights.contains(right)
  }

  static func all(in connection: Connection) throws -> [Account] {
    try connection.query("SELECT \(columns) FROM users", map: Account.init)
  }

  static func find(_ id: Int64, in connection: Connection) throws -> Account? {
    try connection.first("SELECT \(columns) FROM users WHERE id = ?", id, map: Account.init)
  }

  /// Finds an account by e-mail address if `login` contains `@`, else by username.
  static func find(login: String, in connection: Connection) throws -> Account? {
    guard login.hasByte("@") else {
      return try connection.first(
        "SELECT \(columns) FROM users WHERE username = ?", login, map: Account.init)
    }
    return try connection.first(
      "SELECT \(columns) FROM users WHERE email = ?", Address.spelling(of: login), map: Account.init)
  }
}

extension Account {
  /// What `writeFields` writes.
  static let schema = Schema.named(
    "User",
    .members(
      [
        "id": .id, "username": .string, "name": .string, "email": .string, "role": Role.schema,
        "permissions": .array(Permission.schema), "avatar": .string, "employeeId": .string,
        "department": .string,
        "position": .string, "phone": .string, "isActive": .boolean, "isVerified": .boolean,
        "createdAt": .time,
        "updatedAt": .time,
      ], optional: ["pendingEmail": .string]))

  /// What `writeNested` writes, with its name.
  static let nestedSchema = Schema.members([
    "user": .members([
      "id": .id, "username": .string, "name": .string, "email": .string, "role": Role.nestedSchema,
    ])
  ])

  /// Writes the user's public fields into the current object.
  func writeFields(to json: inout JSONWriter) {
    json.id("id", id)
    json.field("username", username)
    json.field("name", name)
    json.field("email", email ?? "")
    json.field("role", role.rawValue)
    json.field("permissions", .array(rights.sorted().map(JSONValue.string)))
    json.field("avatar", avatar)
    json.field("employeeId", employeeID)
    json.field("department", department)
    json.field("position", position)
    json.field("phone", phone)
    json.field("isActive", isActive)
    json.field("isVerified", isVerified && pendingEmail == nil)
    if let pendingEmail { json.field("pendingEmail", pendingEmail) }
    json.time("createdAt", createdAt)
    json.time("updatedAt", updatedAt)
  }

  /// Writes the nested `user` object of the sign-in routes.
  func writeNested(to json: inout JSONWriter) {
    json.object("user") { json in
      json.id("id", id)
      json.field("username", username)
      json.field("name", name)
      json.field("email", email ?? "")
      json.field("role", role.nestedWord)
    }
  }
}

extension Access {
  /// Whether a signed-in account has this access.
  func admits(_ account: Account) -> Bool {
    switch self {
    case .everyone, .signedIn: true
    case .right(let right): account.has(right: right)
    }
  }
}
