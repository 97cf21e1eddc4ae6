import HTTP
import Store

/// A validated request for a new channel.
struct NewChannel: Sendable {
  /// Maximum number of people in one request.
  static let mostPeople = 500

  let kind: Channel.Kind
  let fields: ChannelFields
  /// The members besides the creator.
  let people: [Int64]

  static let schema =
    Schema.members(
      [:],
      optional: [
        "type": .described("public by default", .words(Channel.Kind.self)), "members": .array(.reference),
        "userIds": .array(.reference),
        "userId": .described("the other person of a direct message", .reference),
      ]) + ChannelFields.schema

  /// Throws 400 with all invalid fields.
  init(_ body: JSONValue, by account: Account) throws(Failure) {
    guard let kind = body["type"]?.string.flatMap(Channel.Kind.init) ?? (body["type"] == nil ? .public : nil)
    else {
      throw .invalid([
        FieldError(
          "type", "UNKNOWN_TYPE",
          Sentence(fr: "Choisissez public, private ou direct.", en: "Choose public, private or direct.")
        )
      ])
    }
    self.kind = kind
    people = try Self.people(body).filter { $0 != account.id }
    fields = try ChannelFields(kind == .direct ? [:] : body, isNew: kind != .direct)
    if kind == .direct, people.count != 1 { throw Failure.channelWithOneself }
  }

  /// The people named by a body, without duplicates: `members`, `userIds` or `userId`.
  static func people(_ body: JSONValue) throws(Failure) -> [Int64] {
    var named = body["members"]?.array ?? body["userIds"]?.array ?? []
    if let one = body["userId"] { named.append(one) }
    guard named.count <= mostPeople else { throw Failure.unknownMember }
    var ids: [Int64] = []
    for value in named {
      guard let id = value.int64 ?? value.string.flatMap({ Int64(digits: $0) }), id > 0 else {
        throw Failure.unknownMember
      }
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  /// Creates the channel, or finds the existing direct channel of the two; returns its id and whether it is
  /// new.
  func insert(_ request: Request, _ chat: Chat, _ notifications: Notifications, in tx: Transaction) throws
    -> (
      id: Int64, isNew: Bool
    )
  {
    let account = try request.account()
    let directory = chat.directory
    try Self.checkAreThere(people, in: tx)
    if kind == .direct, let other = people.first {
      let pair = "\(min(account.id, other)):\(max(account.id, other))"
      if let id = try tx.scalar("SELECT id FROM channels WHERE pair = ?", pair) { return (id, false) }
      let id = try insertRow(account, pair: pair, in: tx)
      try directory.refresh(id, by: account.id, in: tx)
      return (id, true)
    }
    try Self.checkMayCreate(account, in: tx)
    if kind == .public { try Self.checkIsFree(fields.name ?? "", for: 0, in: tx) }
    let id = try insertRow(account, pair: nil, in: tx)
    try directory.refresh(id, by: account.id, in: tx)
    guard let channel = try Channel.find(id, in: tx) else { throw Failure.channelNotFound }
    try ChannelsFeature.record(.channelCreated, channel, request, in: tx)
    try notifications.notify(people, of: .invitation(to: channel, by: account.id), in: tx)
    return (id, true)
  }

  private func insertRow(_ account: Account, pair: String?, in tx: Transaction) throws -> Int64 {
    try tx.claimSpace()
    try tx.execute(
      """
      INSERT INTO channels (kind, name, topic, pair, created_by, created_at, updated_at, slow_seconds,
        retention_days) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, kind.rawValue, fields.name ?? "", fields.topic ?? "", pair, account.id, tx.now, tx.now,
      fields.slowSeconds ?? 0, fields.retentionDays ?? 0)
    let id = tx.lastInsertedID
    let role: Channel.MemberRole = kind == .direct ? .member : .admin
    try Self.insertMember(account.id, of: id, role, in: tx)
    for person in people { try Self.insertMember(person, of: id, .member, in: tx) }
    return id
  }

  /// Adds a member; false when already one. Existing messages count as read.
  @discardableResult
  static func insertMember(
    _ person: Int64, of channel: Int64, _ role: Channel.MemberRole, in tx: Transaction
  ) throws -> Bool {
    try tx.execute(
      """
      INSERT OR IGNORE INTO channel_members (channel_id, user_id, role, joined_at, read_id)
      VALUES (?1, ?2, ?3, ?4, coalesce((SELECT max(id) FROM chat_messages WHERE channel_id = ?1), 0))
      """, channel, person, role.rawValue, tx.now) > 0
  }

  static let namedSQL = "SELECT id FROM channels WHERE kind = 'public' AND name_key = fold(?)"

  static func checkIsFree(_ name: String, for id: Int64, in tx: Transaction) throws {
    let other = try tx.scalar(namedSQL, name)
    guard other == nil || other == id else { throw Failure.channelNameTaken }
  }

  /// Throws 400 when one of the people cannot be a member.
  static func checkAreThere(_ people: [Int64], in tx: Transaction) throws {
    for person in people {
      let found = try tx.scalar(
        "SELECT 1 FROM users WHERE id = ? AND is_active = 1 AND is_approved = 1", person)
      guard found != nil else { throw Failure.unknownMember }
    }
  }

  private static func checkMayCreate(_ account: Account, in tx: Transaction) throws {
    let count = try tx.scalar(
      "SELECT count(*) FROM channels WHERE created_by = ? AND kind <> 'direct'", account.id)
    guard count ?? 0 < ChannelsFeature.mostCreated else { throw Failure.tooManyChannels }
  }
}

extension Notice {
  /// The notification of a person who was added to a channel by another.
  static func invitation(to channel: Channel, by actor: Int64) -> Notice {
    Notice(
      kind: .channelInvitation, subject: channel.subject, link: "/chat/\(channel.id)", actor: actor,
      details: ["channel": channel.name])
  }
}
