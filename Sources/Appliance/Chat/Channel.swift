import Store

/// An immutable snapshot of a channel, held in memory for live delivery; a change puts a new one into the
/// directory.
final class Channel: Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case `public`, `private`, direct
  }

  enum MemberRole: String, Sendable, CaseIterable {
    case admin, member
  }

  let id: Int64
  let kind: Kind
  /// Empty for direct channels.
  let name: String
  /// The general channel: everyone is a member, without a row.
  let isGeneral: Bool
  let isArchived: Bool
  /// Slow mode: minimum seconds between two messages of one person; 0 when off.
  let slowSeconds: Int64
  let createdBy: Int64?
  let members: [Int64: MemberRole]

  init(
    id: Int64, kind: Kind, name: String, isGeneral: Bool, isArchived: Bool, slowSeconds: Int64,
    createdBy: Int64?, members: [Int64: MemberRole]
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.isGeneral = isGeneral
    self.isArchived = isArchived
    self.slowSeconds = slowSeconds
    self.createdBy = createdBy
    self.members = members
  }

  /// A copy without one member.
  func without(_ member: Int64) -> Channel {
    var members = members
    members[member] = nil
    return Channel(
      id: id, kind: kind, name: name, isGeneral: isGeneral, isArchived: isArchived, slowSeconds: slowSeconds,
      createdBy: createdBy, members: members)
  }

  /// The key that groups its notifications.
  var subject: String { Self.subject(id) }
  static func subject(_ id: Int64) -> String { "channel:\(id)" }
}

/// Permissions. To people who may not read it, a channel appears not to exist.
extension Channel {
  func mayRead(_ account: Int64) -> Bool { kind == .public || members[account] != nil }

  /// The channel's admins; for public channels also the site's moderators and admins.
  func isAdmin(_ account: Account) -> Bool {
    if kind == .direct { return false }
    return members[account.id] == .admin || kind == .public && account.role != .employee
  }

  /// Whether the account may pin messages in this channel.
  func mayPin(_ account: Account) -> Bool {
    guard mayRead(account.id) else { return false }
    return kind == .direct || isAdmin(account) || createdBy == account.id || account.role != .employee
  }

  /// Whether the account may delete other people's messages.
  func mayModerate(_ account: Account) -> Bool {
    guard kind != .direct, mayRead(account.id) else { return false }
    return isAdmin(account) || account.role != .employee
  }
}

extension Channel {
  private static let columns = """
    id, kind, name, is_general, archived_at IS NOT NULL, slow_seconds, created_by
    """

  static func find(_ id: Int64, in connection: Connection) throws -> Channel? {
    let members = try connection.query(
      "SELECT user_id, role FROM channel_members WHERE channel_id = ?", id,
      map: { ($0.int64(0), MemberRole(rawValue: $0.text(1)) ?? .member) })
    let people = Dictionary(members, uniquingKeysWith: { first, _ in first })
    return try connection.first("SELECT \(columns) FROM channels WHERE id = ?", id) {
      Channel($0, members: people)
    }
  }

  static func all(in connection: Connection) throws -> [Channel] {
    var members: [Int64: [Int64: MemberRole]] = [:]
    try connection.forEach("SELECT channel_id, user_id, role FROM channel_members") { row in
      members[row.int64(0), default: [:]][row.int64(1)] = MemberRole(rawValue: row.text(2)) ?? .member
    }
    return try connection.query("SELECT \(columns) FROM channels") { row in
      Channel(row, members: members[row.int64(0)] ?? [:])
    }
  }

  private convenience init(_ row: Row, members: [Int64: MemberRole]) {
    self.init(
      id: row.int64(0), kind: Kind(rawValue: row.text(1)) ?? .private, name: row.text(2),
      isGeneral: row.bool(3), isArchived: row.bool(4), slowSeconds: row.int64(5),
      createdBy: row.optionalInt64(6), members: members)
  }
}
