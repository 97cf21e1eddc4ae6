import Store

extension Chat {
  /// Maximum number of names looked up in one message.
  private static let mostNames = 50
  private static let everyone = "everyone"

  /// Notifies the people a message is for: the other member of a direct channel, mentioned people, and the
  /// author of the message it replies to.
  func notify(
    of message: ChatMessage, in channel: Channel, by author: Account, in tx: Transaction
  ) throws {
    if channel.kind == .direct {
      let other = channel.members.keys.filter { $0 != author.id }
      let awake = try Self.unmuted(other, in: channel, tx)
      return try notify(awake, of: .directMessage, message, channel, author, in: tx)
    }
    var told: Set<Int64> = [author.id]
    if message.text.utf8.contains(UInt8(ascii: "@")) {
      let people = try Self.named(in: message.text, channel, by: author, tx)
      try notify(people, of: .mention, message, channel, author, in: tx)
      told.formUnion(people)
    }
    guard let answered = message.reply?.authorID, !told.contains(answered), channel.mayRead(answered) else {
      return
    }
    let awake = try Self.unmuted([answered], in: channel, tx)
    try notify(awake, of: .reply, message, channel, author, in: tx)
  }

  /// The people mentioned in a text who may read it.
  private static func named(
    in text: String, _ channel: Channel, by author: Account, _ tx: Transaction
  ) throws -> Set<Int64> {
    let names = Mentions.names(in: text)
    var people: Set<Int64> = []
    for name in names.prefix(mostNames) {
      let id = try tx.scalar("SELECT id FROM users WHERE username = ? AND is_active = 1", name)
      if let id, channel.mayRead(id) { people.insert(id) }
    }
    let mayCallAll = channel.isAdmin(author) || author.role != .employee
    if mayCallAll, names.contains(where: { $0.lowercased() == everyone }) {
      people.formUnion(try unmutedMembers(of: channel, in: tx))
    }
    people.remove(author.id)
    return people
  }

  /// Removes the notifications of a deleted message.
  func takeBack(_ message: ChatMessage, in channel: Channel, _ tx: Transaction) throws {
    let people = try notifications.takeBack([message.id], of: channel.subject, in: tx)
    try publishUnread(people, in: channel, tx)
  }

  /// Removes the notifications of mentions that an edit removed; `was` is the previous text.
  func takeBackMentions(
    of message: ChatMessage, was: String, in channel: Channel, by author: Account, _ tx: Transaction
  ) throws {
    guard channel.kind != .direct, was.utf8.contains(UInt8(ascii: "@")) else { return }
    let named = try Self.named(in: message.text, channel, by: author, tx)
    let people = try notifications.takeBack(
      [message.id], of: channel.subject, from: { $0 == .mention && !named.contains($1) }, in: tx)
    try publishUnread(people, in: channel, tx)
  }

  private func notify(
    _ people: some Collection<Int64>, of kind: Notice.Kind, _ message: ChatMessage, _ channel: Channel,
    _ author: Account, in tx: Transaction
  ) throws {
    guard !people.isEmpty else { return }
    let notice = Notice(
      kind: kind, subject: channel.subject, link: "/chat/\(channel.id)?message=\(message.id)",
      actor: author.id,
      details: [
        "channel": channel.name, "text": message.text.clipped(to: 140), "message": String(message.id),
      ])
    try notifications.notify(people, of: notice, in: tx)
  }

  /// Those of `people` who have not muted the channel.
  private static func unmuted(_ people: [Int64], in channel: Channel, _ tx: Transaction) throws -> [Int64] {
    try people.filter { person in
      try tx.scalar(
        "SELECT is_muted FROM channel_members WHERE channel_id = ? AND user_id = ?", channel.id, person) != 1
    }
  }

  private static func unmutedMembers(of channel: Channel, in tx: Transaction) throws -> [Int64] {
    try tx.query(
      channel.isGeneral
        ? """
        SELECT id FROM users WHERE is_active = 1 AND is_approved = 1 AND NOT EXISTS (
          SELECT 1 FROM channel_members WHERE channel_id = ? AND user_id = users.id AND is_muted = 1)
        """
        : """
        SELECT user_id FROM channel_members WHERE channel_id = ? AND is_muted = 0
          AND user_id IN (SELECT id FROM users WHERE is_active = 1)
        """, channel.id,
      map: { $0.int64(0) })
  }
}
