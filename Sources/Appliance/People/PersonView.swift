import HTTP
import Store

/// A person as shown to those who manage people.
struct PersonView: Sendable {
  let account: Account
  let machines: Int64
  /// Whether they have not chosen a password yet.
  let isInvited: Bool

  static let columns = """
    \(Account.columns), (SELECT count(*) FROM machines WHERE user_id = users.id) AS machine_count,
    password_hash IS NULL AS is_invited
    """

  init(_ row: Row) {
    account = Account(row)
    machines = row.int64("machine_count")
    isInvited = row.bool("is_invited")
  }

  static let schema = Schema.named(
    "Person",
    .members([
      "id": .id, "username": .string, "name": .string, "email": .string, "role": Role.nestedSchema,
      "fullRole": Role.schema, "isVerified": .boolean, "isActive": .boolean, "isApproved": .boolean,
      "isInvited": .boolean, "categoryId": .idOrEmpty, "permissions": .array(Permission.schema),
      "avatar": .string,
      "employeeId": .string, "department": .string, "position": .string, "phone": .string,
      "vmCount": .integer,
      "live": .boolean, "lastSeen": .optional(.time), "createdAt": .time, "updatedAt": .time,
    ]))

  func write(to json: inout JSONWriter, _ activity: Activity) {
    json.object { json in
      writeFields(to: &json, activity)
    }
  }

  /// Writes the fields into the current object. `role` uses the older clients' values, `fullRole` ours.
  func writeFields(to json: inout JSONWriter, _ activity: Activity) {
    json.id("id", account.id)
    json.field("username", account.username)
    json.field("name", account.name)
    json.field("email", account.email ?? "")
    json.field("role", account.role.nestedWord)
    json.field("fullRole", account.role.rawValue)
    json.field("isVerified", account.isVerified)
    json.field("isActive", account.isActive)
    json.field("isApproved", account.isApproved)
    json.field("isInvited", isInvited)
    json.field("categoryId", account.categoryID.map { String($0) } ?? "")
    json.field("permissions", .array(account.rights.sorted().map(JSONValue.string)))
    json.field("avatar", account.avatar)
    json.field("employeeId", account.employeeID)
    json.field("department", account.department)
    json.field("position", account.position)
    json.field("phone", account.phone)
    json.field("vmCount", machines)
    json.field("live", activity.live.contains(account.id))
    json.time("lastSeen", activity.lastSeen[account.id])
    json.time("createdAt", account.createdAt)
    json.time("updatedAt", account.updatedAt)
  }
}

/// Who is online, and when each person was last seen, from the sessions.
struct Activity: Sendable {
  private(set) var live: Set<Int64> = []
  private(set) var lastSeen: [Int64: Int64] = [:]

  /// `withLive` false skips the check of each session for being live.
  init(_ sessions: Sessions, withLive: Bool = true) {
    lastSeen = sessions.past
    for entry in sessions.entries() {
      lastSeen[entry.userID] = max(lastSeen[entry.userID] ?? 0, entry.seenAt)
      if withLive, sessions.isLive(entry) { live.insert(entry.userID) }
    }
  }

  /// When a person was last seen, as shown to members of the same channel; nil when the account is inactive.
  func seen(_ person: Int64, isActive: Bool) -> Int64? { isActive ? lastSeen[person] : nil }
}
