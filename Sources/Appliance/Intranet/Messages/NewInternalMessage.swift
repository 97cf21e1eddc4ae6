import HTTP
import Store

/// A new message, validated.
struct NewInternalMessage: Sendable {
  let recipients: MessageRecipients
  let subject: String
  let content: String
  /// The messages that it replies to or forwards.
  let replyTo: Int64?
  let forwardOf: Int64?
  /// The draft that it was written as, deleted on sending.
  let draft: Int64?
  let files: [String]

  static let subjectColumn = Column("subject", .text(1...200), fr: "Objet", en: "Subject")
  static let contentColumn = Column("content", .text(1...20_000, lines: true), fr: "Message", en: "Message")

  static let schema = Schema.object([
    ("recipientId", .described("the only or first recipient", .reference), required: false),
    ("recipientIds", .array(.reference), required: false),
    ("subject", subjectColumn.bodySchema, required: true),
    ("content", contentColumn.bodySchema, required: true),
    ("replyToId", .optional(.reference), required: false),
    (
      "forwardOfId", .described("a message whose files are passed on", .optional(.reference)), required: false
    ),
    ("draftId", .described("the draft that is sent, and gone then", .optional(.reference)), required: false),
    ("files", AttachedFiles.bodySchema, required: false),
  ])

  /// Throws 400 for invalid fields.
  init(_ body: JSONValue) throws(Failure) {
    var errors: [FieldError] = []
    func read<T>(_ value: () throws(FieldError) -> T) -> T? {
      do throws(FieldError) { return try value() } catch {
        errors.append(error)
        return nil
      }
    }
    let recipients = read { () throws(FieldError) in
      let recipients = try MessageRecipients(body)
      if recipients.ids.isEmpty { throw recipients.required }
      return recipients
    }
    let subject = read { () throws(FieldError) in try Self.text(Self.subjectColumn, of: body) }
    let content = read { () throws(FieldError) in try Self.text(Self.contentColumn, of: body) }
    let files = read { () throws(FieldError) in try AttachedFiles.addresses(in: body) ?? [] }
    replyTo = try Reference("replyToId", of: body).id
    forwardOf = try Reference("forwardOfId", of: body).id
    draft = try Reference("draftId", of: body).id
    guard errors.isEmpty, let recipients, let subject, let content, let files else { throw .invalid(errors) }
    (self.recipients, self.subject, self.content, self.files) = (recipients, subject, content, files)
  }

  private static func text(_ column: Column, of body: JSONValue) throws(FieldError) -> String {
    guard let json = body[column.name] else { throw column.required }
    guard case .text(let text) = try column.value(of: json) else { throw column.required }
    return text
  }

  /// Inserts the message, its recipients and everyone's copies. Returns its id.
  func insert(by sender: Account, quotas: Quotas, in tx: Transaction) throws -> Int64 {
    let names = try recipients.names(in: tx)
    try tx.claimSpace()
    let sources = try sources(sender, in: tx)
    try quotas.checkBytes(content.utf8.count + Quotas.bytesOfMessage, for: sender.id, in: tx)
    let thread = try self.thread(for: sender, in: tx)
    try tx.execute(
      """
      INSERT INTO messages (sender_id, sender_name, subject, content, thread_id, reply_to, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, sender.id, sender.name.isEmpty ? sender.username : sender.name, subject, content, thread ?? 0,
      replyTo, tx.now)
    let id = tx.lastInsertedID
    for (place, person) in recipients.ids.enumerated() {
      try tx.execute(
        "INSERT INTO message_recipients (message_id, position, user_id, name) VALUES (?, ?, ?, ?)", id, place,
        person, names[person] ?? "")
      try Self.insertCopy(of: id, for: person, .inbox, readAt: nil, in: tx)
    }
    try Self.insertCopy(of: id, for: sender.id, .sent, readAt: tx.now, in: tx)
    try AttachedFiles.tie(
      files, to: InternalMessage.resource, id, by: sender, from: sources, in: tx)
    if let draft,
      try tx.execute("DELETE FROM message_drafts WHERE id = ? AND user_id = ?", draft, sender.id) == 0
    {
      throw Self.sentAlready
    }
    return id
  }

  private static let sentAlready = Failure(
    409, "DRAFT_GONE",
    Sentence(
      fr: "Ce brouillon a déjà été envoyé ou supprimé.", en: "This draft has already been sent or deleted."))

  /// The thread of a reply. Throws 400 if the sender has no copy of the message they reply to.
  private func thread(for sender: Account, in tx: Transaction) throws -> Int64? {
    guard let replyTo else { return nil }
    guard try InternalMessage.isReadable(replyTo, by: sender.id, in: tx) else {
      throw Failure.invalid([
        FieldError(
          "replyToId", "UNKNOWN_REFERENCE",
          Sentence(fr: "Cet élément n’existe pas.", en: "There is no such item."))
      ])
    }
    return try tx.scalar("SELECT thread_id FROM messages WHERE id = ?", replyTo)
  }

  /// Rows whose files may be attached, besides the sender's own uploads.
  private func sources(_ sender: Account, in tx: Transaction) throws -> [(resource: String, row: Int64)] {
    var sources: [(resource: String, row: Int64)] = []
    for message in [forwardOf, replyTo] {
      guard let message, try InternalMessage.isReadable(message, by: sender.id, in: tx) else { continue }
      sources.append((InternalMessage.resource, message))
    }
    if let draft, try MessageDraft.isOwn(draft, of: sender.id, in: tx) {
      sources.append((MessageDraft.resource, draft))
    }
    return sources
  }

  private static func insertCopy(
    of message: Int64, for person: Int64, _ folder: MessageFolder, readAt: Int64?, in tx: Transaction
  ) throws {
    try tx.execute(
      "INSERT INTO message_copies (user_id, folder, message_id, read_at, moved_at) VALUES (?, ?, ?, ?, ?)",
      person, folder.rawValue, message, readAt, tx.now)
  }
}
