import HTTP
import Store

/// The audience of a row: any of `user:7`, `category:3`, `role:moderator` or `department:Sales`; everyone
/// when empty.
enum Readership {
  static func isTarget(_ text: String) -> Bool {
    guard text.utf8.count <= 250, text.unicodeScalars.allSatisfy({ $0.value >= 32 }) else { return false }
    let parts = text.split(byte: ":", maxSplits: 1)
    guard parts.count == 2, !parts[1].isEmpty else { return false }
    switch parts[0] {
    case "user", "category": return Int64(digits: parts[1]) != nil
    case "role": return Role(rawValue: String(parts[1])) != nil
    case "department": return true
    default: return false
    }
  }

  /// An SQL condition on the audience column, with arguments: whether the row is for this account.
  static func condition(_ column: String = "audience", for account: Account) -> (
    sql: String, arguments: [Value]
  ) {
    (
      "(\(column) = '[]' OR EXISTS (SELECT 1 FROM json_each(\(column)) WHERE value IN (?, ?, ?, ?)))",
      targets(of: account).map(\.value)
    )
  }

  private static func targets(of account: Account) -> [String] {
    [
      "user:\(account.id)", "role:\(account.role.rawValue)", "category:\(account.categoryID ?? 0)",
      "department:\(account.department)",
    ]
  }

  /// Whether an account is in an audience (the column's text).
  static func includes(_ account: Account, in audience: String) -> Bool {
    let wanted = (JSONValue(parsing: audience)?.array ?? []).compactMap(\.string)
    return audience == "[]" || !Set(wanted).isDisjoint(with: targets(of: account))
  }

  /// SQL: whether a row of `users` is in an audience, which is an expression that is evaluated twice.
  static func includesSQL(_ audience: String, _ users: String) -> String {
    """
    (\(audience) = '[]' OR EXISTS (SELECT 1 FROM json_each(\(audience)) WHERE value IN (
      'user:' || \(users).id, 'role:' || \(users).role, 'category:' || \(users).category_id,
      'department:' || \(users).department)))
    """
  }

  /// Ids of the active accounts in an audience (the column's text), which must be passed twice.
  static let membersSQL =
    "SELECT id FROM users WHERE is_active = 1 AND is_approved = 1 AND \(includesSQL("?", "users"))"

  static func members(of audience: String, in connection: Connection) throws -> [Int64] {
    try connection.query(membersSQL, audience, audience) { $0.int64(0) }
  }
}
