import HTTP
import Store

/// Who may read and who moderates a category of the forum.
struct ForumCategory: Sendable {
  let id: Int64
  let name: String
  let isVisible: Bool
  let moderators: Set<Int64>
  /// For whom it is, as `Readership` has it.
  let permissions: String

  /// The right to moderate all categories.
  static let right = Role.moderator.rawValue

  /// Of `forum_categories AS c`.
  static let columns = """
    c.id AS category_id, c.name AS category_name, c.is_visible AS category_visible, c.moderator_ids, c.permissions
    """

  init(_ row: Row) {
    id = row.int64("category_id")
    name = row.text("category_name")
    isVisible = row.bool("category_visible")
    let moderators = JSONValue(parsing: row.text("moderator_ids"))?.array ?? []
    self.moderators = Set(moderators.compactMap { $0.string.flatMap { Int64(digits: $0) } })
    permissions = row.text("permissions")
  }

  static let oneSQL = "SELECT \(columns) FROM forum_categories AS c WHERE c.id = ?"

  /// Nil if it does not exist or the account may not read it.
  static func find(_ id: Int64, for account: Account, in connection: Connection) throws -> ForumCategory? {
    let found = try connection.first(oneSQL, id, map: ForumCategory.init)
    return found.flatMap { $0.isReadable(by: account) ? $0 : nil }
  }

  func isModerated(by account: Account) -> Bool {
    account.has(right: Self.right) || moderators.contains(account.id)
  }

  func isReadable(by account: Account) -> Bool {
    isModerated(by: account) || isVisible && Readership.includes(account, in: permissions)
  }

  /// Whether the account decides what waits for approval: moderators, and those with the right.
  func isDecided(by account: Account, _ right: Permission) -> Bool {
    isModerated(by: account) || account.has(right: right.rawValue) && isReadable(by: account)
  }
}

/// The same as conditions on `forum_categories`.
extension ForumCategory {
  typealias Condition = (sql: String, arguments: [Value])

  static func readable(by account: Account?) -> Condition {
    guard let account else { return ("forum_categories.id = 0", []) }
    if account.has(right: right) { return ("1", []) }
    let readers = Readership.condition("forum_categories.permissions", for: account)
    let moderated = moderated(by: account)
    return (
      "(forum_categories.is_visible = 1 AND \(readers.sql) OR \(moderated.sql))",
      readers.arguments + moderated.arguments
    )
  }

  static func moderated(by account: Account) -> Condition {
    if account.has(right: right) { return ("1", []) }
    return (
      "EXISTS (SELECT 1 FROM json_each(forum_categories.moderator_ids) WHERE value = ?)",
      [String(account.id).value]
    )
  }

  static func decided(by account: Account, _ right: Permission) -> Condition {
    account.has(right: right.rawValue) ? readable(by: account) : moderated(by: account)
  }

  /// A condition on rows that name a category by `column`.
  static func isOne(_ column: String, _ condition: Condition) -> Condition {
    (
      "EXISTS (SELECT 1 FROM forum_categories WHERE forum_categories.id = \(column) AND \(condition.sql))",
      condition.arguments
    )
  }
}
