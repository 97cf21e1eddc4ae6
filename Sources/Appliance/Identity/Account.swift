import HTTP
import Mailer
import Store

/// What a person may do: the role's word, and the permissions delegated to them.
enum Role: String, Sendable, CaseIterable {
  case employee, moderator, admin

  /// The word that an older client reads in the nested `user.role`: `user` or `admin`.
  var nestedWord: String { self == .admin ? "admin" : "user" }

  static let schema = Schema.words(Role.self)
  static let nestedSchema = Schema.enumeration(["user", "admin"])
}

/// A person as the appliance knows them. Immutable: a change puts a new value in the directory.
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
  /// A new address that waits to be proven; the old one is in use until then.
  let pendingEmail: String?
  /// Whether sign-in asks for a code.
  let hasTOTP: Bool
  /// The permissions delegated to the person, and those of their category.
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

  /// The same person with no more rights than everyone has: what a program with a plain token may do.
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

  /// Whether the account has a right: `admin` and `moderator` are roles, an admin has every right.
  func has(right: String) -> Bool {
    role == .admin || role.rawValue == right || rights.contains(right)
  }

  static func all(in connection: Connection) throws -> [Account] {
    try connection.query("SELECT \(columns) FROM users", map: Account.init)
  }

  static func find(_ id: Int64, in connection: Connection) throws -> Account? {
    try connection.first("SELECT \(columns) FROM users WHERE id = ?", id, map: Account.init)
  }

  /// Finds by e-mail address where `login` has an `@`, else by username.
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

  /// The public fields of a user, as members of the object that is open.
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

  /// The nested `user` object of the sign-in routes.
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
  /// Whether somebody who is signed in may use what has this access.
  func admits(_ account: Account) -> Bool {
    switch self {
    case .everyone, .signedIn: true
    case .right(let right): account.has(right: right)
    }
  }
}
