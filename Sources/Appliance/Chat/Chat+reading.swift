import HTTP
import Store

extension Chat {
  /// In channels with at most this many members, all are told how far each has read.
  private static let smallChannel = 20

  /// A person's unread counts, as in `READ` and the list of channels.
  struct Unread: Sendable {
    /// At most 100.
    let messages: Int64
    let mentions: Int64
  }

  /// Records that a person has read a channel up to a message; never moves back. Tells the person's other
  /// pages and, in a small channel, the other members. Throws 404.
  func markRead(_ id: Int64, upTo message: Int64, by account: Account, in tx: Transaction) throws {
    let channel = try readable(id, by: account, in: tx)
    let newest = try tx.scalar("SELECT max(id) FROM chat_messages WHERE channel_id = ?", id) ?? 0
    let read = max(0, min(message, newest))
    var changed = try tx.execute(
      "UPDATE channel_members SET read_id = ? WHERE channel_id = ? AND user_id = ? AND read_id < ?", read, id,
      account.id, read)
    if changed == 0, channel.isGeneral, read > 0 {
      changed = try tx.execute(
        """
        INSERT INTO channel_members (channel_id, user_id, joined_at, read_id) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """, id, account.id, tx.now, read)
    }
    if read >= newest { try notifications.seen(channel.subject, by: account.id, in: tx) }
    let position =
      try tx.scalar(
        "SELECT read_id FROM channel_members WHERE channel_id = ? AND user_id = ?", id, account.id) ?? read
    let unread = try Self.unread(in: id, by: account.id, after: position, in: tx)
    let others = changed > 0 ? Self.interested(in: channel).filter { $0 != account.id } : []
    tx.afterCommit { [hub] in
      hub.send(Frame(text: Self.read(id, account.id, position, unread)), to: [account.id])
      if !others.isEmpty { hub.send(Frame(text: Self.read(id, account.id, position, nil)), to: others) }
    }
  }

  /// Sends the people's open pages their unread counts of a channel.
  func publishUnread(_ people: [Int64], in channel: Channel, _ tx: Transaction) throws {
    for person in people where hub.isPresent(person) {
      let position =
        try tx.scalar(
          "SELECT read_id FROM channel_members WHERE channel_id = ? AND user_id = ?", channel.id, person) ?? 0
      let unread = try Self.unread(in: channel.id, by: person, after: position, in: tx)
      tx.afterCommit { [hub] in
        hub.send(Frame(text: Self.read(channel.id, person, position, unread)), to: [person])
      }
    }
  }

  /// A person's unread messages in a channel after a position.
  static func unread(
    in channel: Int64, by account: Int64, after position: Int64, in connection: Connection
  ) throws -> Unread {
    let messages = try connection.scalar(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM (
          SELECT deleted_at, author_id FROM chat_messages WHERE channel_id = ? AND id > ?
          ORDER BY id DESC LIMIT \(ChannelView.mostLookedAt))
        WHERE deleted_at IS NULL AND author_id IS NOT ? LIMIT \(ChannelView.mostUnread))
      """, channel, position, account)
    let mentions = try connection.scalar(
      """
      SELECT sum(count) FROM notifications WHERE user_id = ? AND kind = 'mention' AND subject = ?
        AND read_at IS NULL
      """, account, Channel.subject(channel))
    return Unread(messages: messages ?? 0, mentions: mentions ?? 0)
  }

  private static func interested(in channel: Channel) -> [Int64] {
    guard channel.kind != .public, channel.members.count <= smallChannel else { return [] }
    return Array(channel.members.keys)
  }

  private static func read(_ channel: Int64, _ user: Int64, _ id: Int64, _ unread: Unread?) -> [UInt8] {
    Frames.encode("READ") { json in
      json.object { json in
        json.id("channel", channel)
        json.id("userId", user)
        json.id("id", id)
        if let unread {
          json.field("unread", unread.messages)
          json.field("mentions", unread.mentions)
        }
      }
    }
  }
}
