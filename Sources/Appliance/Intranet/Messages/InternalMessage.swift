import HTTP
import Store

/// A message of the internal mail, seen through one account's copy of it.
struct InternalMessage: Sendable {
  struct Recipient: Sendable {
    let id: Int64?
    let name: String
    let readAt: Int64?
  }

  let id: Int64
  let senderID: Int64?
  let senderName: String
  let subject: String
  let content: String
  let thread: Int64
  let replyTo: Int64?
  let createdAt: Int64
  let folder: MessageFolder
  let readAt: Int64?
  let labels: [String]
  var recipients: [Recipient] = []
  var files: [UploadedFile] = []

  /// Selects copies with their messages. The condition to append starts with `c.user_id = ?`.
  static let select = """
    SELECT m.id, m.sender_id, coalesce(nullif(u.name, ''), u.username, m.sender_name) AS sender_name, m.subject,
      m.content, m.thread_id, m.reply_to, m.created_at, c.folder, c.read_at, c.labels
    FROM message_copies AS c CROSS JOIN messages AS m ON m.id = c.message_id
    LEFT JOIN users AS u ON u.id = m.sender_id
    """

  init(_ row: Row) {
    id = row.int64("id")
    senderID = row.optionalInt64("sender_id")
    senderName = row.text("sender_name")
    subject = row.text("subject")
    content = row.text("content")
    thread = row.int64("thread_id")
    replyTo = row.optionalInt64("reply_to")
    createdAt = row.int64("created_at")
    folder = MessageFolder(rawValue: row.text("folder")) ?? .inbox
    readAt = row.optionalInt64("read_at")
    labels = (JSONValue(parsing: row.text("labels"))?.array ?? []).compactMap(\.string)
  }

  /// A received copy is read when its owner has read it; a sent one, in any folder, when all recipients have.
  private func isRead(for reader: Int64) -> Bool {
    let isReceived = folder != .sent && recipients.contains { $0.id == reader }
    if isReceived || senderID != reader { return readAt != nil }
    return !recipients.isEmpty && recipients.allSatisfy { $0.readAt != nil }
  }

  static let schema = Schema.object([
    ("id", .string, required: true), ("senderId", .optional(.string), required: true),
    ("senderName", .string, required: true), ("recipientId", .optional(.string), required: true),
    ("recipientName", .string, required: true),
    ("recipients", .array(MessageDraft.personSchema), required: true),
    ("subject", .string, required: true), ("content", .string, required: true),
    (
      "isRead", .described("by its reader; of what one has sent: by all recipients", .boolean), required: true
    ),
    ("readAt", .optional(.time), required: true), ("folder", MessageFolder.schema, required: true),
    ("labels", .array(.string), required: true), ("threadId", .string, required: true),
    ("replyToId", .optional(.string), required: true), ("files", AttachedFiles.answerSchema, required: true),
    ("createdAt", .time, required: true), ("updatedAt", .time, required: true),
  ])

  /// Only the sender sees when the recipients have read it.
  func write(to json: inout JSONWriter, for reader: Int64) {
    let mine = recipients.first { $0.id == reader && folder != .sent } ?? recipients.first
    json.object { json in
      json.id("id", id)
      json.field("senderId", senderID.map { String($0) })
      json.field("senderName", senderName)
      json.field("recipientId", mine?.id.map { String($0) })
      json.field("recipientName", mine?.name ?? "")
      json.array("recipients") { json in
        for recipient in recipients {
          json.object { json in
            json.field("id", recipient.id.map { String($0) })
            json.field("name", recipient.name)
            json.time("readAt", senderID == reader ? recipient.readAt : nil)
          }
        }
      }
      json.field("subject", subject)
      json.field("content", content)
      json.field("isRead", isRead(for: reader))
      json.time("readAt", readAt)
      json.field("folder", folder.rawValue)
      json.field("labels", .array(labels.map(JSONValue.string)))
      json.id("threadId", thread)
      json.field("replyToId", replyTo.map { String($0) })
      AttachedFiles.write(files, to: &json)
      json.time("createdAt", createdAt)
      json.time("updatedAt", createdAt)
    }
  }
}

/// Reading from the database.
extension InternalMessage {
  static let resource = "messages"

  static let recipientsSQL = """
    SELECT r.message_id, r.user_id, coalesce(nullif(u.name, ''), u.username, r.name) AS name, r.read_at
    FROM json_each(?) AS i JOIN message_recipients AS r ON r.message_id = i.value
    LEFT JOIN users AS u ON u.id = r.user_id ORDER BY r.message_id, r.position
    """
  /// An account's copy, preferably from the given folder; the one in the trash comes last.
  static let oneSQL =
    "\(select) WHERE c.message_id = ? AND c.user_id = ? ORDER BY c.folder <> ?, c.folder LIMIT 1"
  static let threadSQL = """
    \(select) WHERE m.thread_id = ? AND m.id < ? AND c.user_id = ? AND c.folder <> 'trash' ORDER BY m.id DESC LIMIT ?
    """

  /// Adds the recipients and files.
  static func complete(_ messages: [InternalMessage], in connection: Connection) throws -> [InternalMessage] {
    let ids = messages.map(\.id)
    var recipients: [Int64: [Recipient]] = [:]
    try connection.forEach(recipientsSQL, Notifications.list(ids)) { row in
      recipients[row.int64("message_id"), default: []].append(
        Recipient(
          id: row.optionalInt64("user_id"), name: row.text("name"), readAt: row.optionalInt64("read_at")))
    }
    let files = try AttachedFiles.of(resource, ids, in: connection)
    return messages.map { message in
      var message = message
      message.recipients = recipients[message.id] ?? []
      message.files = files[message.id] ?? []
      return message
    }
  }

  /// Throws 404 if the account has no copy.
  static func find(
    _ id: Int64, of person: Int64, in connection: Connection, preferring folder: MessageFolder = .inbox
  ) throws -> InternalMessage {
    let found = try connection.first(oneSQL, id, person, folder.rawValue, map: InternalMessage.init)
    guard let found, let message = try complete([found], in: connection).first else { throw Failure.notFound }
    return message
  }

  /// Whether an account has a copy.
  static func isReadable(_ id: Int64, by person: Int64, in connection: Connection) throws -> Bool {
    try connection.scalar("SELECT 1 FROM message_copies WHERE message_id = ? AND user_id = ?", id, person)
      != nil
  }
}
