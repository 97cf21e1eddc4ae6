import HTTP
import Store

/// Members of a channel: join, add, change role, remove, leave.
extension ChannelsFeature {
  func memberRoutes(_ one: String) -> [Route] {
    let path = one + "/members"
    let role = Schema.members(["role": .words(Channel.MemberRole.self)])
    let people = Schema.members(
      [:],
      optional: [
        "userId": .described("omit all of them to join the channel yourself", .reference),
        "userIds": .array(.reference), "members": .array(.reference),
      ])
    let member = ChannelMember.schema
    return [
      .get(path, .signedIn, "List the members of a channel", response: .array(member), listMembers)
        .reading(QueryParameter.paging),
      .post(
        path, .signedIn, "Join a channel or add members", request: people, response: ChannelView.schema,
        addMembers),
      .patch(
        path + "/:userId", .signedIn, "Change a member's role", request: role, response: member, setRole),
      .put(path + "/:userId", .signedIn, "Change a member's role", request: role, response: member, setRole),
      .delete(
        path + "/:userId", .signedIn, "Leave a channel or remove a member", response: .done, removeMember),
    ]
  }

  private func listMembers(_ request: Request) async throws -> Response {
    let page = try Paging(request)
    let limit = request.query["limit"] == nil ? 500 : page.limit
    let channel = try directory.find(request)
    let found = try await database.read { connection in
      try connection.page(
        channel.isGeneral ? ChannelMember.everyoneSQL : ChannelMember.sql, [channel.id, page.before],
        limit: limit, map: ChannelMember.init)
    }
    return .page(found) { member, json in member.write(to: &json, activity) }
  }

  private func addMembers(_ request: Request) async throws -> Response {
    let account = try request.account()
    let named = try NewChannel.people(try request.json())
    let people = named.isEmpty ? [account.id] : named
    let (view, isNew) = try await database.change(.channelMembers, on: nil, by: request) { [self] tx in
      let channel = try directory.find(request, in: tx)
      try Self.check(account, adds: people, to: channel)
      try NewChannel.checkAreThere(people, in: tx)
      let new = try people.filter { try NewChannel.insertMember($0, of: channel.id, .member, in: tx) }
      try added(new, to: channel, request, in: tx)
      return (try ChannelView.find(channel.id, for: account, in: tx), !new.isEmpty)
    }
    return .json(isNew ? 201 : 200) { view.write(to: &$0, for: account, activity) }
  }

  /// Anyone may join a public channel and its members may add others; only admins may add people to a private
  /// one.
  private static func check(
    _ account: Account, adds people: [Int64], to channel: Channel
  ) throws(Failure) {
    guard channel.kind != .direct else { throw Failure.directChannel }
    try channel.requireNotGeneral()
    try channel.requireNotArchived()
    if people == [account.id] || channel.isAdmin(account) { return }
    guard channel.kind == .public else { throw Failure.notChannelAdmin }
    guard channel.isMember(account.id) else { throw Failure.notChannelMember }
  }

  private func added(_ people: [Int64], to channel: Channel, _ request: Request, in tx: Transaction) throws {
    guard !people.isEmpty else { return }
    let actor = try request.account().id
    try directory.refresh(channel.id, by: actor, in: tx)
    let others = people.filter { $0 != actor }
    guard !others.isEmpty else { return }
    try notifications.notify(others, of: .invitation(to: channel, by: actor), in: tx)
    try Self.record(
      .channelMembers, channel, request,
      details: "added: " + others.map { String($0) }.joined(separator: " "), in: tx)
  }

  private func setRole(_ request: Request) async throws -> Response {
    let account = try request.account()
    let person = try request.id("userId")
    guard let role = try request.json()["role"]?.string.flatMap(Channel.MemberRole.init) else {
      throw Failure.invalid([
        FieldError(
          "role", "UNKNOWN_ROLE",
          Sentence(fr: "Choisissez admin ou member.", en: "Choose admin or member."))
      ])
    }
    let member = try await database.change(.channelMembers, on: nil, by: request) { [directory] tx in
      let channel = try directory.find(request, in: tx)
      try channel.requireAdmin(account)
      guard let old = try ChannelMember.find(person, of: channel, in: tx) else { throw Failure.notFound }
      if old.role == .admin, role == .member { try channel.requireAdmin(beside: person) }
      try tx.execute(
        """
        INSERT INTO channel_members (channel_id, user_id, role, joined_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (channel_id, user_id) DO UPDATE SET role = excluded.role
        """, channel.id, person, role.rawValue, tx.now)
      try Self.record(
        .channelMembers, channel, request, details: "\(role.rawValue): \(old.name)", in: tx)
      try directory.refresh(channel.id, by: account.id, in: tx)
      return try ChannelMember.find(person, of: channel, in: tx) ?? old
    }
    return .json { member.write(to: &$0, activity) }
  }

  private func removeMember(_ request: Request) async throws -> Response {
    let account = try request.account()
    let person = try request.id("userId")
    let sentence = try await database.change(.channelMembers, on: nil, by: request) { [self] tx in
      let channel = try directory.find(request, in: tx)
      guard channel.kind != .direct else { throw Failure.directChannel }
      if person != account.id { try channel.requireAdmin(account) }
      try channel.requireNotGeneral()
      guard let role = channel.members[person] else { throw Failure.notFound }
      let isAlone = channel.members.count == 1
      if isAlone, channel.kind == .private {
        try discard(channel, request, in: tx)
        return Self.goneSentence
      }
      if role == .admin, !isAlone { try channel.requireAdmin(beside: person) }
      try remove(person, from: channel, request, in: tx)
      return person == account.id ? Self.leftSentence : Self.removedSentence
    }
    return .done(sentence, for: request)
  }

  private func remove(
    _ person: Int64, from channel: Channel, _ request: Request, in tx: Transaction
  ) throws {
    let actor = try request.account().id
    try tx.execute("DELETE FROM channel_members WHERE channel_id = ? AND user_id = ?", channel.id, person)
    try notifications.seen(channel.subject, by: person, in: tx)
    try directory.refresh(channel.id, by: actor, in: tx)
    guard person != actor else { return }
    try Self.record(.channelMembers, channel, request, details: "removed: \(person)", in: tx)
  }

  private static let leftSentence = Sentence(
    fr: "Vous avez quitté le salon.", en: "You left the channel.")
  private static let removedSentence = Sentence(
    fr: "Membre retiré du salon.", en: "Member removed from the channel.")
  private static let goneSentence = Sentence(
    fr: "Vous étiez le dernier membre : le salon privé et ses messages ont été supprimés.",
    en: "You were the last member: the private channel and its messages have been deleted.")
}
