import HTTP
import Store

extension Chat {
  struct Posted: Sendable {
    let message: ChatMessage
    /// False when the client id was used before: nothing was written, and nobody is notified.
    let isNew: Bool
  }

  /// Posts a message. When its author has used the `clientID` before, returns that message instead.
  ///
  /// Throws 404 `CHANNEL_NOT_FOUND`, 409 `CHANNEL_ARCHIVED`, 429 `SLOW_MODE`, 404 `MESSAGE_NOT_FOUND` for the
  /// message it replies to, 400 `FILE_NOT_FOUND`.
  func post(
    _ draft: Draft, to id: Int64, by author: Account, in tx: Transaction
  ) throws -> Posted {
    let channel: Channel
    do {
      channel = try readable(id, by: author, in: tx)
      if channel.isArchived { throw Failure.channelArchived }
      if channel.slowSeconds > 0 { try refuseHaste(channel, author, in: tx) }
    } catch let refusal as Failure {
      // Checked first: a retry of an accepted message succeeds, whatever has changed since.
      if let known = try known(draft, by: author, in: tx) { return known }
      throw refusal
    }
    try tx.claimSpace()
    try quotas.checkBytes(draft.text.utf8.count + Quotas.bytesOfMessage, for: author.id, in: tx)
    let isFirst = try channel.kind == .direct && Self.isEmpty(channel.id, in: tx)
    let inserted = try tx.execute(
      """
      INSERT INTO chat_messages (channel_id, author_id, client_id, text, reply_to, created_at)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (author_id, client_id) DO NOTHING
      """, channel.id, author.id, draft.clientID, draft.text, draft.replyTo, tx.now)
    if inserted == 0, let known = try known(draft, by: author, in: tx) { return known }
    let message = ChatMessage(
      id: tx.lastInsertedID, channel: channel.id, author: author, clientID: draft.clientID, text: draft.text,
      reply: try Self.quoted(draft.replyTo, in: channel, tx), createdAt: tx.now,
      files: draft.files.isEmpty
        ? [] : try ChatFiles.attach(draft.files, to: tx.lastInsertedID, by: author.id, in: tx))
    try notify(of: message, in: channel, by: author, in: tx)
    publish(.posted(message), in: tx)
    if isFirst { announce(channel, by: author, in: tx) }
    return Posted(message: message, isNew: true)
  }

  /// The message posted earlier with the draft's client id. Authors who may no longer read the channel get
  /// their own text without later changes by others.
  private func known(_ draft: Draft, by author: Account, in tx: Transaction) throws -> Posted? {
    guard let mark = draft.clientID else { return nil }
    let id = try tx.scalar(
      "SELECT id FROM chat_messages WHERE author_id = ? AND client_id = ?", author.id, mark)
    guard let id, var message = try ChatMessage.find(id, in: tx) else { return nil }
    if try directory.find(message.channel, in: tx)?.mayRead(author.id) != true {
      (message.reply, message.reactions) = (nil, [])
    }
    return Posted(message: message, isNew: false)
  }

  private static func quoted(
    _ id: Int64?, in channel: Channel, _ tx: Transaction
  ) throws -> ChatMessage.Quoted? {
    guard let id else { return nil }
    let found = try tx.first(
      """
      SELECT m.author_id, coalesce(m.author_name, a.name, ''), substr(m.text, 1, 140), m.deleted_at IS NOT NULL
      FROM chat_messages AS m LEFT JOIN users AS a ON a.id = m.author_id WHERE m.id = ? AND m.channel_id = ?
      """, id, channel.id
    ) { row in
      ChatMessage.Quoted(
        id: id, authorID: row.optionalInt64(0), authorName: row.text(1), text: row.text(2),
        isDeleted: row.bool(3))
    }
    guard let found else { throw Failure.messageNotFound }
    return found
  }

  /// Slow mode: throws when the author, unless an admin, posts again within its seconds. Messages dated in
  /// the future, from before the clock was corrected, are ignored.
  private func refuseHaste(_ channel: Channel, _ author: Account, in tx: Transaction) throws {
    guard !channel.isAdmin(author) else { return }
    let pause = channel.slowSeconds * 1000
    // In slow mode this many messages cover more time than the interval.
    let last = try tx.scalar(
      """
      SELECT max(created_at) FROM (
        SELECT author_id, created_at FROM chat_messages WHERE channel_id = ? ORDER BY id DESC LIMIT 2000)
      WHERE author_id = ? AND created_at <= ?
      """, channel.id, author.id, tx.now)
    guard let last, last > tx.now - pause else { return }
    throw Failure.slowMode((last + pause - tx.now + 999) / 1000)
  }

  private static func isEmpty(_ channel: Int64, in tx: Transaction) throws -> Bool {
    try tx.scalar("SELECT 1 FROM chat_messages WHERE channel_id = ? LIMIT 1", channel) == nil
  }

  /// A direct channel appears in the other member's list with its first message.
  private func announce(_ channel: Channel, by author: Account, in tx: Transaction) {
    let others = channel.members.keys.filter { $0 != author.id }
    tx.afterCommit { [hub] in
      hub.send(Frame(text: ChannelDirectory.changed(channel.id, "added")), to: others)
    }
  }
}
