import HTTP
import Store

/// Who is in a channel: joining, adding, appointing, removing, leaving.
extension ChannelsFeature {
  func memberRoutes(_ one: String) -> [Route] {
    let path = one + "/members"
    let role = Schema.object([("role", .enumeration(["admin", "member"]), required: true)])
    let people = Schema.object([
      ("userId", .described("without anyone: join oneself", .string), required: false),
      ("userIds", .array(.string), required: false), ("members", .array(.string), required: false),
    ])
    return [
      .get(path, .signedIn, "Who is in a channel", listMembers),
      .post(path, .signedIn, "Join a channel, or add people to it", request: people, addMembers),
      .patch(path + "/:userId", .signedIn, "Appoint or dismiss a channel's admin", request: role, setRole),
      .put(path + "/:userId", .signedIn, "Appoint or dismiss a channel's admin", request: role, setRole),
      .delete(path + "/:userId", .signedIn, "Leave a channel, or remove somebody from it", removeMember),
    ]
  }

  private func listMembers(_ request: Request) async throws -> Response {
    let page = try Paging(request)
    let limit = request.query["limit"] == nil ? 500 : page.limit
    let found = try await appliance.database.read { connection in
      let channel = try ChannelStanding.find(request, in: connection)
      return try connection.query(
        channel.isGeneral ? ChannelMember.everyoneSQL : ChannelMember.sql, channel.id, page.before, limit,
        map: ChannelMember.init)
    }
    var response = Response.json { json in
      json.beginArray()
      for member in found { member.write(to: &json) }
      json.endArray()
    }
    if found.count == limit, let last = found.last { response.add("X-Next-Before", String(last.id)) }
    return response
  }

  private func addMembers(_ request: Request) async throws -> Response {
    let account = try request.account()
    let named = try NewChannel.people(try request.json())
    let people = named.isEmpty ? [account.id] : named
    let (view, isNew) = try await appliance.change(.channelMembers, on: nil, by: request) { [self] tx in
      let channel = try ChannelStanding.find(request, in: tx)
      try Self.checkAdds(people, to: channel)
      try NewChannel.checkAreThere(people, in: tx)
      let new = try people.filter { try NewChannel.insertMember($0, of: channel.id, .member, in: tx) }
      try added(new, to: channel, request, in: tx)
      return (try ChannelView.find(channel.id, for: account, in: tx), !new.isEmpty)
    }
    return .json(isNew ? 201 : 200) { view.write(to: &$0, for: account) }
  }

  /// Into a public channel everyone comes by themselves and members bring others; into a private one its
  /// admins let people in.
  private static func checkAdds(_ people: [Int64], to channel: ChannelStanding) throws(Failure) {
    guard !channel.isDirect else { throw ChannelRefusal.direct }
    try channel.requireNotGeneral()
    try channel.requireNotArchived()
    if people == [channel.account.id] { return }
    guard channel.isAdmin || channel.isPublic else { throw ChannelRefusal.notAdmin }
    guard channel.isAdmin || channel.isMember else { throw ChannelRefusal.notMember }
  }

  private func added(
    _ people: [Int64], to channel: ChannelStanding, _ request: Request, in tx: Transaction
  ) throws {
    guard !people.isEmpty else { return }
    news.tell(.added, channel.id, to: people, in: tx)
    try news.tell(.members, channel, except: people, in: tx)
    let others = people.filter { $0 != channel.account.id }
    guard !others.isEmpty else { return }
    try appliance.notifications.notify(others, of: .invitation(to: channel), in: tx)
    try Self.record(
      .channelMembers, channel, request,
      details: "added: " + others.map { String($0) }.joined(separator: " "), in: tx)
  }

  private func setRole(_ request: Request) async throws -> Response {
    let person = try request.id("userId")
    guard let role = try request.json()["role"]?.string.flatMap(ChannelStanding.Role.init) else {
      throw Failure.invalid([
        FieldError(
          "role", "UNKNOWN_ROLE",
          Sentence(fr: "admin ou member est attendu.", en: "admin or member is expected."))
      ])
    }
    let member = try await appliance.change(.channelMembers, on: nil, by: request) { [self] tx in
      let channel = try ChannelStanding.find(request, in: tx)
      try channel.requireAdmin()
      guard let old = try ChannelMember.find(person, of: channel, in: tx) else { throw Failure.notFound }
      if channel.isGeneral { try NewChannel.insertMember(person, of: channel.id, role, in: tx) }
      if old.role == .admin, role == .member { try Self.checkKeepsAdmin(without: person, channel, in: tx) }
      try tx.execute(
        "UPDATE channel_members SET role = ? WHERE channel_id = ? AND user_id = ?", role.rawValue, channel.id,
        person)
      try Self.record(
        .channelMembers, channel, request, details: "\(role.rawValue): \(old.name)", in: tx)
      try news.tell(.members, channel, in: tx)
      return try ChannelMember.find(person, of: channel, in: tx) ?? old
    }
    return .json { member.write(to: &$0) }
  }

  private func removeMember(_ request: Request) async throws -> Response {
    let account = try request.account()
    let person = try request.id("userId")
    let sentence = try await appliance.change(.channelMembers, on: nil, by: request) { [self] tx in
      let channel = try ChannelStanding.find(request, in: tx)
      guard !channel.isDirect else { throw ChannelRefusal.direct }
      if person != account.id { try channel.requireAdmin() }
      try channel.requireNotGeneral()
      guard let member = try ChannelMember.find(person, of: channel, in: tx) else { throw Failure.notFound }
      let isAlone = try Self.isAlone(person, in: channel, tx)
      if isAlone, !channel.isPublic {
        try discard(channel, request, in: tx)
        return Self.goneSentence
      }
      if member.role == .admin, !isAlone { try Self.checkKeepsAdmin(without: person, channel, in: tx) }
      try remove(member, from: channel, request, in: tx)
      return person == account.id ? Self.leftSentence : Self.removedSentence
    }
    return .done(sentence, for: request)
  }

  private func remove(
    _ member: ChannelMember, from channel: ChannelStanding, _ request: Request, in tx: Transaction
  ) throws {
    try tx.execute(
      "DELETE FROM channel_members WHERE channel_id = ? AND user_id = ?", channel.id, member.id)
    try appliance.notifications.seen("channel:\(channel.id)", by: member.id, in: tx)
    news.tell(.removed, channel.id, to: [member.id], in: tx)
    try news.tell(.members, channel, except: [member.id], in: tx)
    guard member.id != channel.account.id else { return }
    try Self.record(.channelMembers, channel, request, details: "removed: \(member.name)", in: tx)
  }

  private static func isAlone(_ person: Int64, in channel: ChannelStanding, _ tx: Transaction) throws -> Bool
  {
    try tx.scalar(
      "SELECT 1 FROM channel_members WHERE channel_id = ? AND user_id <> ? LIMIT 1", channel.id, person)
      == nil
  }

  /// Throws 409 where a channel would be left without an admin; the general one needs none of its own.
  private static func checkKeepsAdmin(
    without person: Int64, _ channel: ChannelStanding, in tx: Transaction
  ) throws {
    guard !channel.isGeneral else { return }
    let other = try tx.scalar(
      "SELECT 1 FROM channel_members WHERE channel_id = ? AND user_id <> ? AND role = 'admin' LIMIT 1",
      channel.id, person)
    guard other != nil else { throw ChannelRefusal.lastAdmin }
  }

  private static let leftSentence = Sentence(
    fr: "Vous avez quitté ce salon.", en: "You left this channel.")
  private static let removedSentence = Sentence(
    fr: "Cette personne n’est plus dans ce salon.", en: "This person is no longer in this channel.")
  private static let goneSentence = Sentence(
    fr: "Il n’y avait plus personne d’autre : ce salon privé est supprimé, avec tous ses messages.",
    en: "There was nobody else in it: this private channel is deleted, with all its messages.")
}
