import HTTP
import Store

/// A channel, and what one account may do with it, as it is in this transaction.
struct ChannelStanding: Sendable {
  enum Role: String, Sendable { case admin, member }

  let account: Account
  let id: Int64
  let kind: String
  let name: String
  let topic: String
  let isGeneral: Bool
  let isArchived: Bool
  let slowSeconds: Int64
  let retentionDays: Int64
  /// Nil for who is not in it; in the general channel everyone is.
  let role: Role?

  static let sql = """
    SELECT c.id, c.kind, c.name, c.topic, c.is_general, c.archived_at IS NOT NULL AS is_archived, c.slow_seconds,
      c.retention_days, m.role
    FROM channels AS c LEFT JOIN channel_members AS m ON m.channel_id = c.id AND m.user_id = ? WHERE c.id = ?
    """

  static let namedSQL = "SELECT id FROM channels WHERE kind = 'public' AND name = ?"

  /// Throws 404 `CHANNEL_NOT_FOUND` where there is none that the account may know of.
  static func find(_ id: Int64, of account: Account, in connection: Connection) throws -> ChannelStanding {
    let found = try connection.first(sql, account.id, id) { ChannelStanding($0, account) }
    guard let found, found.isVisible else { throw ChannelRefusal.notFound }
    return found
  }

  /// The channel that a request's path names, by its id or, when public, by its name.
  static func find(_ request: Request, in connection: Connection) throws -> ChannelStanding {
    let account = try request.account()
    let word = request.parameter("id")
    if let id = Int64(word) { return try find(id, of: account, in: connection) }
    guard let id = try connection.scalar(namedSQL, word) else { throw ChannelRefusal.notFound }
    return try find(id, of: account, in: connection)
  }

  private init(_ row: Row, _ account: Account) {
    self.account = account
    id = row.int64("id")
    kind = row.text("kind")
    name = row.text("name")
    topic = row.text("topic")
    isGeneral = row.bool("is_general")
    isArchived = row.bool("is_archived")
    slowSeconds = row.int64("slow_seconds")
    retentionDays = row.int64("retention_days")
    let own = row.optionalText("role").flatMap(Role.init)
    role = own ?? (isGeneral ? .member : nil)
  }

  var isPublic: Bool { kind == "public" }
  var isDirect: Bool { kind == "direct" }
  var isMember: Bool { role != nil }
  var isVisible: Bool { isPublic || isMember }

  /// Its own admins; in public ones, moderators and admins of the appliance too. A direct channel has none.
  var isAdmin: Bool {
    !isDirect && (role == .admin || isPublic && account.role != .employee)
  }

  func requireAdmin() throws(Failure) {
    guard !isDirect else { throw ChannelRefusal.direct }
    guard isAdmin else { throw ChannelRefusal.notAdmin }
  }

  func requireNotGeneral() throws(Failure) {
    if isGeneral { throw ChannelRefusal.general }
  }

  func requireNotArchived() throws(Failure) {
    if isArchived { throw ChannelRefusal.archived }
  }
}
