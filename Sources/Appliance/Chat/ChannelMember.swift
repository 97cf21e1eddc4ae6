import HTTP
import Store

/// A member of a channel.
struct ChannelMember: Sendable {
  let id: Int64
  let name: String
  let username: String
  let avatar: String
  let isActive: Bool
  let role: Channel.MemberRole
  let joinedAt: Int64
  let readID: Int64

  /// Newest account first.
  static let sql = """
    SELECT u.id, u.name, u.username, u.avatar, u.is_active, m.role, m.joined_at, m.read_id
    FROM channel_members AS m JOIN users AS u ON u.id = m.user_id
    WHERE m.channel_id = ? AND m.user_id < ? ORDER BY m.user_id DESC LIMIT ?
    """

  /// The same for the general channel, whose members are all active accounts.
  static let everyoneSQL = """
    SELECT u.id, u.name, u.username, u.avatar, u.is_active, coalesce(m.role, 'member') AS role,
      coalesce(m.joined_at, u.created_at) AS joined_at, coalesce(m.read_id, 0) AS read_id
    FROM users AS u LEFT JOIN channel_members AS m ON m.channel_id = ? AND m.user_id = u.id
    WHERE u.is_active = 1 AND u.is_approved = 1 AND u.id < ? ORDER BY u.id DESC LIMIT ?
    """

  init(_ row: Row) {
    id = row.int64("id")
    name = row.text("name")
    username = row.text("username")
    avatar = row.text("avatar")
    isActive = row.bool("is_active")
    role = Channel.MemberRole(rawValue: row.text("role")) ?? .member
    joinedAt = row.int64("joined_at")
    readID = row.int64("read_id")
  }

  static func find(
    _ person: Int64, of channel: Channel, in connection: Connection
  ) throws -> ChannelMember? {
    let sql = channel.isGeneral ? everyoneSQL : sql
    let before = person == .max ? person : person + 1
    let found = try connection.first(sql, channel.id, before, 1, map: ChannelMember.init)
    return found?.id == person ? found : nil
  }

  static let schema = Schema.members([
    "id": .id, "name": .string, "username": .string, "avatar": .string,
    "role": .words(Channel.MemberRole.self),
    "joinedAt": .time, "readId": .id, "isActive": .boolean, "lastSeen": .optional(.time),
  ])

  func write(to json: inout JSONWriter, _ activity: Activity) {
    json.object { json in
      json.id("id", id)
      json.field("name", name)
      json.field("username", username)
      json.field("avatar", avatar)
      json.field("role", role.rawValue)
      json.time("joinedAt", joinedAt)
      json.id("readId", readID)
      json.field("isActive", isActive)
      json.time("lastSeen", activity.seen(id, isActive: isActive))
    }
  }
}
