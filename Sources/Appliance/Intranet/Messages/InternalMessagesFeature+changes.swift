import HTTP
import Store

/// Sending, marking, moving and deleting.
extension InternalMessagesFeature {
  static func subject(_ id: Int64) -> String { "internal-message:\(id)" }

  private static let copySchema = Schema.object([
    ("isRead", .boolean, required: false), ("folder", MessageFolder.schema, required: false),
    ("labels", Column.Kind.tags.limitedSchema, required: false),
  ])
  private static let labelsColumn = Column(
    "labels", .tags, fr: "Libellés", en: "Labels", initial: "[]".value)

  var changes: [Route] {
    let one = Self.path + "/:id"
    let flag = Schema.object([("isRead", .described("true unless given", .boolean), required: false)])
    let message = InternalMessage.schema
    return [
      .post(
        Self.path, .signedIn, "Send a message", request: NewInternalMessage.schema, response: message, send
      ).checkingKinds(),
      .patch(
        one + "/read", .signedIn, "Mark a message as read", request: flag, response: message, markRead),
      .put(one + "/read", .signedIn, "Mark a message as read", request: flag, response: message, markRead),
      .post(Self.path + "/read-all", .signedIn, "Mark your inbox as read", response: .done, readAll),
      .patch(
        one, .signedIn, "Mark, move or label your copy of a message", request: Self.copySchema,
        response: message, change),
      .put(
        one, .signedIn, "Mark, move or label your copy of a message", request: Self.copySchema,
        response: message, change),
      .delete(one, .signedIn, "Delete your copies of a message for good", response: .done, delete),
    ]
  }

  private func send(_ request: Request) async throws -> Response {
    let sender = try request.account()
    let new = try NewInternalMessage(try request.json())
    let message = try await database.write { [self] tx in
      let id = try new.insert(by: sender, quotas: quotas, in: tx)
      let notice = Notice(
        kind: .internalMessage, subject: Self.subject(id), link: "/messages/\(id)", actor: sender.id,
        details: ["name": new.subject])
      try notifications.notify(new.recipients.ids, of: notice, in: tx)
      let frame = Frames.encode("NEW_MESSAGE") { json in
        json.object { json in
          json.id("id", id)
          json.id("senderId", sender.id)
        }
      }
      let people = new.recipients.ids
      tx.afterCommit { hub.send(Frame(text: frame), to: people) }
      tell([sender.id], of: id, in: tx)
      return try InternalMessage.find(id, of: sender.id, in: tx, preferring: .sent)
    }
    var response = Response.json(201) { message.write(to: &$0, for: sender.id) }
    response.add("Location", "\(Self.path)/item/\(message.id)")
    return response
  }

  private func markRead(_ request: Request) async throws -> Response {
    let body = request.body.isEmpty ? .object([:]) : try request.json()
    return try await apply(request, isRead: try Self.flag(body) ?? true, folder: nil, labels: nil)
  }

  private func change(_ request: Request) async throws -> Response {
    let body = try request.json()
    let folder: MessageFolder?
    var labels: Value?
    do throws(FieldError) {
      folder = try MessageFolder(body)
      if let json = body["labels"] { labels = try Self.labelsColumn.value(of: json) }
    } catch {
      throw Failure.invalid([error])
    }
    return try await apply(request, isRead: try Self.flag(body), folder: folder, labels: labels)
  }

  private static func flag(_ body: JSONValue) throws(Failure) -> Bool? {
    guard let value = body["isRead"], !value.isNull else { return nil }
    guard let flag = value.bool else {
      throw .invalid([
        FieldError("isRead", "NOT_A_FLAG", Sentence(fr: "Vrai ou faux.", en: "True or false."))
      ])
    }
    return flag
  }

  /// Changes the account's own copy and tells its other open pages. Throws 404 without a copy, 403 when an
  /// account that is not a recipient sets `isRead`.
  private func apply(
    _ request: Request, isRead: Bool?, folder: MessageFolder?, labels: Value?
  ) async throws -> Response {
    let (person, id) = (try request.account().id, try request.id())
    let message = try await database.write { [self] tx in
      let old = try InternalMessage.find(id, of: person, in: tx)
      if let isRead { try mark(old, isRead, by: person, in: tx) }
      if let labels {
        try tx.execute(
          "UPDATE message_copies SET labels = ? WHERE message_id = ? AND user_id = ?", labels, id, person)
      }
      if let folder { try move(old, to: folder, for: person, in: tx) }
      tell([person], of: id, in: tx)
      return try InternalMessage.find(id, of: person, in: tx, preferring: folder ?? old.folder)
    }
    return .json { message.write(to: &$0, for: person) }
  }

  private func mark(
    _ message: InternalMessage, _ isRead: Bool, by person: Int64, in tx: Transaction
  ) throws {
    guard message.recipients.contains(where: { $0.id == person }) else { throw Failure.forbidden }
    let time = isRead ? message.readAt ?? tx.now : nil
    guard time != message.readAt else { return }
    try tx.execute(
      "UPDATE message_copies SET read_at = ? WHERE message_id = ? AND user_id = ? AND folder <> 'sent'", time,
      message.id, person)
    try tx.execute(
      "UPDATE message_recipients SET read_at = ? WHERE message_id = ? AND user_id = ?", time, message.id,
      person)
    if isRead { try notifications.seen(Self.subject(message.id), by: person, in: tx) }
    if let sender = message.senderID, sender != person { tell([sender], of: message.id, in: tx) }
  }

  private func move(
    _ message: InternalMessage, to folder: MessageFolder, for person: Int64, in tx: Transaction
  ) throws {
    let isPossible =
      switch folder {
      case .inbox: message.recipients.contains { $0.id == person }
      case .sent: message.senderID == person
      case .archive, .trash: true
      }
    guard isPossible else {
      throw Failure.invalid([
        FieldError(
          "folder", "NOT_POSSIBLE",
          Sentence(
            fr: "Ce message ne peut pas être dans ce dossier.", en: "This message cannot be in that folder."))
      ])
    }
    // A copy that is already in that folder is replaced, so that one remains.
    try tx.execute(
      """
      UPDATE OR REPLACE message_copies SET folder = ?, moved_at = ?
      WHERE user_id = ? AND folder = ? AND message_id = ?
      """, folder.rawValue, tx.now, person, message.folder.rawValue, message.id)
    if folder == .trash { try notifications.seen(Self.subject(message.id), by: person, in: tx) }
  }

  private func readAll(_ request: Request) async throws -> Response {
    let person = try request.account().id
    try await database.write { [self] tx in
      let unread = try tx.query(
        """
        UPDATE message_copies SET read_at = ? WHERE user_id = ? AND folder = 'inbox' AND read_at IS NULL
        RETURNING message_id
        """, tx.now, person
      ) { $0.int64(0) }
      for id in unread {
        try tx.execute(
          "UPDATE message_recipients SET read_at = ? WHERE message_id = ? AND user_id = ?", tx.now, id, person
        )
        try notifications.seen(Self.subject(id), by: person, in: tx)
        let sender = try tx.scalar("SELECT sender_id FROM messages WHERE id = ?", id)
        if let sender, sender != person { tell([sender], of: id, in: tx) }
      }
      tell([person], of: nil, in: tx)
    }
    return .done(
      Sentence(fr: "Tous les messages sont marqués comme lus.", en: "All messages are marked as read."),
      for: request)
  }

  private func delete(_ request: Request) async throws -> Response {
    let (person, id) = (try request.account().id, try request.id())
    try await database.write { [self] tx in
      guard
        try tx.execute("DELETE FROM message_copies WHERE message_id = ? AND user_id = ?", id, person) > 0
      else { throw Failure.notFound }
      try notifications.seen(Self.subject(id), by: person, in: tx)
      tell([person], of: id, in: tx)
    }
    return .done(Sentence(fr: "Message supprimé.", en: "Message deleted."), for: request)
  }

  /// Tells people's open pages to reload their folders.
  func tell(_ people: [Int64], of message: Int64?, in tx: Transaction) {
    let frame = Frames.encode("MESSAGES_CHANGED") { json in
      json.object { json in json.field("id", message.map { String($0) }) }
    }
    tx.afterCommit { hub.send(Frame(text: frame), to: people) }
  }
}
