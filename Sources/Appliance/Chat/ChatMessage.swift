import HTTP
import Store

/// One message with everything that is displayed of it.
struct ChatMessage: Sendable {
  /// The excerpt of a message that a reply shows.
  struct Quoted: Sendable {
    let id: Int64
    let authorID: Int64?
    let authorName: String
    /// At most 140 characters; empty when it was deleted.
    let text: String
    let isDeleted: Bool
  }

  struct Reaction: Sendable, Equatable {
    let emoji: String
    var users: [Int64]
  }

  let id: Int64
  let channel: Int64
  /// Nil when the author was deleted; the name is kept.
  let authorID: Int64?
  let authorName: String
  let clientID: String?
  var text: String
  let replyTo: Int64?
  var reply: Quoted?
  let createdAt: Int64
  var editedAt: Int64?
  var deletedAt: Int64?
  var deletedBy: Int64?
  var pinnedAt: Int64?
  var pinnedBy: Int64?
  /// The channel's revision at its last change; 0 when never changed.
  var revision: Int64
  var reactions: [Reaction] = []
  var files: [UploadedFile] = []

  var isDeleted: Bool { deletedAt != nil }

  /// The columns of `source` that `init(_:)` reads.
  static let columns = """
    m.id, m.channel_id, m.author_id, coalesce(m.author_name, a.name, ''), m.client_id, m.text, m.reply_to,
    m.created_at, m.edited_at, m.deleted_at, m.deleted_by, m.pinned_at, m.pinned_by, m.revision,
    r.author_id, coalesce(r.author_name, ra.name, ''), substr(r.text, 1, 140), r.deleted_at IS NOT NULL, r.id
    """

  /// Messages `m` joined with their authors and the messages they reply to.
  static let source = """
    chat_messages AS m LEFT JOIN users AS a ON a.id = m.author_id
    LEFT JOIN chat_messages AS r ON r.id = m.reply_to LEFT JOIN users AS ra ON ra.id = r.author_id
    """

  static let select = "SELECT \(columns) FROM \(source) "

  /// A message without reactions and files, which `complete` adds.
  init(_ row: Row) {
    id = row.int64(0)
    channel = row.int64(1)
    authorID = row.optionalInt64(2)
    authorName = row.text(3)
    clientID = row.optionalText(4)
    text = row.text(5)
    replyTo = row.optionalInt64(6)
    createdAt = row.int64(7)
    editedAt = row.optionalInt64(8)
    deletedAt = row.optionalInt64(9)
    deletedBy = row.optionalInt64(10)
    pinnedAt = row.optionalInt64(11)
    pinnedBy = row.optionalInt64(12)
    revision = row.int64(13)
    if let answered = row.optionalInt64(18) {
      reply = Quoted(
        id: answered, authorID: row.optionalInt64(14), authorName: row.text(15), text: row.text(16),
        isDeleted: row.bool(17))
    }
  }

  /// A message just posted.
  init(
    id: Int64, channel: Int64, author: Account, clientID: String?, text: String, reply: Quoted?,
    createdAt: Int64, files: [UploadedFile]
  ) {
    self.id = id
    self.channel = channel
    authorID = author.id
    authorName = author.name
    self.clientID = clientID
    self.text = text
    replyTo = reply?.id
    self.reply = reply
    self.createdAt = createdAt
    self.files = files
    revision = 0
  }
}

extension ChatMessage {
  static func find(_ id: Int64, in connection: Connection) throws -> ChatMessage? {
    guard let found = try connection.first(select + "WHERE m.id = ?", id, map: ChatMessage.init) else {
      return nil
    }
    var messages = [found]
    try complete(&messages, in: connection)
    return messages.first
  }

  /// Adds reactions and files with two statements for any number of messages.
  static func complete(_ messages: inout [ChatMessage], in connection: Connection) throws {
    guard !messages.isEmpty else { return }
    let ids = messages.map(\.id)
    let files = try ChatFiles.files(of: ids, in: connection)
    let reactions = try reactions(of: ids, in: connection)
    guard !files.isEmpty || !reactions.isEmpty else { return }
    for index in messages.indices {
      messages[index].files = files[messages[index].id] ?? []
      messages[index].reactions = reactions[messages[index].id] ?? []
    }
  }

  /// By message id; emoji in the order of their first use.
  static func reactions(of messages: [Int64], in connection: Connection) throws -> [Int64: [Reaction]] {
    var found: [Int64: [Reaction]] = [:]
    try connection.forEach(
      """
      SELECT r.message_id, r.emoji, r.user_id FROM json_each(?) AS m
      JOIN chat_reactions AS r ON r.message_id = m.value ORDER BY r.message_id, r.created_at, r.user_id
      """, "[" + messages.map(String.init).joined(separator: ",") + "]"
    ) { row in
      let (message, user) = (row.int64(0), row.int64(2))
      // Normalized again, for rows written before variants were unified.
      let emoji = Emoji.one(row.text(1)) ?? row.text(1)
      if let place = found[message]?.firstIndex(where: { $0.emoji == emoji }) {
        if found[message]?[place].users.contains(user) != true { found[message]?[place].users.append(user) }
      } else {
        found[message, default: []].append(Reaction(emoji: emoji, users: [user]))
      }
    }
    return found
  }
}
