import HTTP
import Store

/// An unfinished message; any of its fields may be empty.
struct MessageDraft: Sendable {
  static let resource = "message-drafts"
  static let most = 200

  let id: Int64
  var recipients: [Int64]
  var subject: String
  var content: String
  var replyTo: Int64?
  var forwardOf: Int64?
  let createdAt: Int64
  let updatedAt: Int64
  var names: [Int64: String] = [:]
  var files: [UploadedFile] = []

  private static let subjectColumn = Column(
    "subject", .text(0...200), fr: "Objet", en: "Subject", initial: "".value)
  private static let contentColumn = Column(
    "content", .text(0...20_000, lines: true), fr: "Message", en: "Message", initial: "".value)

  static let select = """
    SELECT id, recipients, subject, content, reply_to, forward_of, created_at, updated_at FROM message_drafts
    """
  static let listSQL = "\(select) WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?"

  init(_ row: Row) {
    id = row.int64("id")
    recipients = (JSONValue(parsing: row.text("recipients"))?.array ?? []).compactMap(\.int64)
    subject = row.text("subject")
    content = row.text("content")
    replyTo = row.optionalInt64("reply_to")
    forwardOf = row.optionalInt64("forward_of")
    createdAt = row.int64("created_at")
    updatedAt = row.int64("updated_at")
  }

  /// An empty draft.
  init(at now: Int64) {
    (id, recipients, subject, content, createdAt, updatedAt) = (0, [], "", "", now, now)
  }

  static func isOwn(_ id: Int64, of person: Int64, in connection: Connection) throws -> Bool {
    try connection.scalar("SELECT 1 FROM message_drafts WHERE id = ? AND user_id = ?", id, person) != nil
  }

  /// Throws 404 if the account has no such draft.
  static func find(_ id: Int64, of person: Int64, in connection: Connection) throws -> MessageDraft {
    let found = try connection.first(
      "\(select) WHERE id = ? AND user_id = ?", id, person, map: MessageDraft.init)
    guard let found, let draft = try complete([found], in: connection).first else { throw Failure.notFound }
    return draft
  }

  /// Adds the recipients' names and the files.
  static func complete(_ drafts: [MessageDraft], in connection: Connection) throws -> [MessageDraft] {
    let people = Set(drafts.flatMap(\.recipients))
    let names = try connection.query(
      """
      SELECT id, coalesce(nullif(name, ''), username) FROM users
      WHERE id IN (SELECT value FROM json_each(?)) AND is_approved = 1
      """, Notifications.list(people)
    ) { ($0.int64(0), $0.text(1)) }
    let byID = Dictionary(names) { first, _ in first }
    let files = try AttachedFiles.of(resource, drafts.map(\.id), in: connection)
    return drafts.map { draft in
      var draft = draft
      draft.names = byID
      draft.files = files[draft.id] ?? []
      return draft
    }
  }

  /// Applies the fields in a request body; missing ones stay unchanged. Throws 400.
  mutating func take(_ body: JSONValue) throws(Failure) {
    do throws(FieldError) {
      if MessageRecipients.isNamed(in: body) { recipients = try MessageRecipients(body).ids }
      if let json = body["subject"], case .text(let text) = try Self.subjectColumn.value(of: json) {
        subject = text
      }
      if let json = body["content"], case .text(let text) = try Self.contentColumn.value(of: json) {
        content = text
      }
    } catch {
      throw .invalid([error])
    }
    replyTo = try Self.reference("replyToId", body, replyTo)
    forwardOf = try Self.reference("forwardOfId", body, forwardOf)
  }

  private static func reference(_ field: String, _ body: JSONValue, _ old: Int64?) throws(Failure) -> Int64? {
    switch try Reference(field, of: body) {
    case .missing: old
    case .none: nil
    case .id(let id): id
    }
  }
}

extension MessageDraft {
  static let personSchema = Schema.object([
    ("id", .optional(.string), required: true), ("name", .string, required: true),
    ("readAt", .optional(.time), required: true),
  ])

  static let schema = Schema.object([
    ("id", .string, required: true), ("recipientIds", .array(.string), required: true),
    ("recipients", .array(personSchema), required: true), ("subject", .string, required: true),
    ("content", .string, required: true), ("replyToId", .optional(.string), required: true),
    ("forwardOfId", .optional(.string), required: true),
    ("files", AttachedFiles.answerSchema, required: true),
    ("createdAt", .time, required: true), ("updatedAt", .time, required: true),
  ])

  static let bodySchema = Schema.object([
    ("recipientId", .reference, required: false), ("recipientIds", .array(.reference), required: false),
    ("subject", subjectColumn.bodySchema, required: false),
    ("content", contentColumn.bodySchema, required: false),
    ("replyToId", .optional(.reference), required: false),
    ("forwardOfId", .optional(.reference), required: false),
    ("files", AttachedFiles.bodySchema, required: false),
  ])

  func write(to json: inout JSONWriter) {
    let known = recipients.filter { names[$0] != nil }
    json.object { json in
      json.id("id", id)
      json.field("recipientIds", .array(known.map { .string(String($0)) }))
      json.array("recipients") { json in
        for person in known {
          json.object { json in
            json.id("id", person)
            json.field("name", names[person] ?? "")
            json.time("readAt", nil)
          }
        }
      }
      json.field("subject", subject)
      json.field("content", content)
      json.field("replyToId", replyTo.map { String($0) })
      json.field("forwardOfId", forwardOf.map { String($0) })
      AttachedFiles.write(files, to: &json)
      json.time("createdAt", createdAt)
      json.time("updatedAt", updatedAt)
    }
  }
}
