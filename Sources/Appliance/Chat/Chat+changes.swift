import HTTP
import Store

/// Changes of existing messages. Each gets the channel's next revision.
extension Chat {
  static let mostReactions = 20

  /// Replaces the text of the author's own message. Throws 400, 403 for others, 404, 409.
  func edit(_ id: Int64, text: String, by account: Account, in tx: Transaction) throws -> ChatMessage {
    var (message, channel) = try changeable(id, by: account, in: tx)
    guard message.authorID == account.id else { throw Failure.forbidden }
    let text = try Draft.text(.string(text), mayBeEmpty: !message.files.isEmpty)
    guard text != message.text else { return message }
    try tx.claimSpace()
    try quotas.checkBytes(text.utf8.count - message.text.utf8.count, for: account.id, in: tx)
    message.revision = try Self.advance(channel.id, in: tx)
    message.editedAt = tx.now
    try ChatSearch.put(id, was: message.text, is: text, in: tx)
    let was = message.text
    message.text = text
    try tx.execute(
      "UPDATE chat_messages SET text = ?, edited_at = ?, revision = ? WHERE id = ?", text, tx.now,
      message.revision, id)
    try takeBackMentions(of: message, was: was, in: channel, by: account, tx)
    publish(.edited(message), in: tx)
    return message
  }

  /// Deletes a message and keeps a placeholder. Throws 403, 404 (also when it was deleted before), 409.
  @discardableResult
  func delete(_ id: Int64, by account: Account, in tx: Transaction) throws -> ChatMessage {
    var (message, channel) = try changeable(id, by: account, in: tx)
    guard message.authorID == account.id || channel.mayModerate(account) else { throw Failure.forbidden }
    try ChatSearch.forget(id, message.text, in: tx)
    message.revision = try Self.advance(channel.id, in: tx)
    (message.deletedAt, message.deletedBy) = (tx.now, account.id)
    (message.pinnedAt, message.pinnedBy) = (nil, nil)
    (message.text, message.reactions, message.files) = ("", [], [])
    try tx.execute(
      """
      UPDATE chat_messages SET text = '', deleted_at = ?, deleted_by = ?, pinned_at = NULL, pinned_by = NULL,
        revision = ? WHERE id = ?
      """, tx.now, account.id, message.revision, id)
    try tx.execute("DELETE FROM chat_reactions WHERE message_id = ?", id)
    try tx.execute("DELETE FROM chat_files WHERE message_id = ?", id)
    try takeBack(message, in: channel, tx)
    publish(.deleted(message), in: tx)
    return message
  }

  /// Adds or removes a person's reaction; toggles it when `add` is nil. Throws 400, 404, 409.
  func react(
    _ id: Int64, _ emoji: String, add: Bool? = nil, by account: Account, in tx: Transaction
  ) throws -> ChatMessage {
    guard let emoji = Emoji.one(emoji) else { throw Failure.emojiInvalid }
    var (message, channel) = try changeable(id, by: account, in: tx)
    let present = message.reactions.first { $0.emoji == emoji }
    let isMine = present?.users.contains(account.id) == true
    let adds = add ?? !isMine
    guard adds != isMine else { return message }
    if adds {
      try tx.claimSpace()
      guard present != nil || message.reactions.count < Self.mostReactions else {
        throw Failure.tooManyReactions
      }
      try tx.execute(
        "INSERT INTO chat_reactions (message_id, emoji, user_id, created_at) VALUES (?, ?, ?, ?)", id, emoji,
        account.id, tx.now)
    } else {
      try tx.execute(
        """
        DELETE FROM chat_reactions WHERE message_id = ?1 AND user_id = ?2
          AND replace(replace(emoji, char(0xFE0F), ''), char(0xFE0E), '') = ?3
        """, id, account.id, Emoji.bare(emoji))
    }
    message.revision = try Self.advance(channel.id, in: tx)
    try tx.execute("UPDATE chat_messages SET revision = ? WHERE id = ?", message.revision, id)
    message.reactions = try ChatMessage.reactions(of: [id], in: tx)[id] ?? []
    publish(.reacted(message, emoji: emoji, user: account.id, added: adds), in: tx)
    return message
  }

  /// Pins or unpins a message. Throws 403, 404, 409.
  func pin(_ id: Int64, _ isPinned: Bool, by account: Account, in tx: Transaction) throws -> ChatMessage {
    var (message, channel) = try changeable(id, by: account, in: tx)
    guard channel.mayPin(account) else { throw Failure.forbidden }
    guard (message.pinnedAt != nil) != isPinned else { return message }
    message.revision = try Self.advance(channel.id, in: tx)
    (message.pinnedAt, message.pinnedBy) = isPinned ? (tx.now, account.id) : (nil, nil)
    try tx.execute(
      "UPDATE chat_messages SET pinned_at = ?, pinned_by = ?, revision = ? WHERE id = ?", message.pinnedAt,
      message.pinnedBy, message.revision, id)
    publish(.pinned(message), in: tx)
    return message
  }
}
