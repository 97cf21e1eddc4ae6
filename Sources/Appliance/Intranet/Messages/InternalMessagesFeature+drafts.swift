import HTTP
import Store

/// Listing, saving and deleting drafts.
extension InternalMessagesFeature {
  var drafts: [Route] {
    let path = Self.path + "/drafts"
    let one = path + "/:id"
    let (body, draft) = (MessageDraft.bodySchema, MessageDraft.schema)
    return [
      .get(path, .signedIn, "List your drafts", response: .array(draft), listDrafts)
        .reading(QueryParameter.paging),
      .get(one, .signedIn, "Get a draft", response: draft, getDraft),
      .post(path, .signedIn, "Keep a draft", request: body, response: draft, createDraft),
      .patch(one, .signedIn, "Edit a draft", request: body, response: draft, changeDraft),
      .put(one, .signedIn, "Edit a draft", request: body, response: draft, changeDraft),
      .delete(one, .signedIn, "Delete a draft", response: .done, deleteDraft),
    ]
  }

  private func listDrafts(_ request: Request) async throws -> Response {
    let person = try request.account().id
    let paging = try Paging(request)
    let found = try await database.read { connection in
      let page = try connection.page(
        MessageDraft.listSQL, [person, paging.before], limit: paging.limit, map: MessageDraft.init)
      return ListPage(rows: try MessageDraft.complete(page.rows, in: connection), next: page.next)
    }
    return .page(found) { draft, json in draft.write(to: &json) }
  }

  private func getDraft(_ request: Request) async throws -> Response {
    let (person, id) = (try request.account().id, try request.id())
    let draft = try await database.read { try MessageDraft.find(id, of: person, in: $0) }
    return .json { draft.write(to: &$0) }
  }

  private func createDraft(_ request: Request) async throws -> Response {
    let draft = try await keep(request) { account, tx in
      let count = try tx.scalar("SELECT count(*) FROM message_drafts WHERE user_id = ?", account.id)
      guard count ?? 0 < MessageDraft.most else { throw Self.tooManyDrafts }
      return MessageDraft(at: tx.now)
    }
    return .json(201) { draft.write(to: &$0) }
  }

  private func changeDraft(_ request: Request) async throws -> Response {
    let id = try request.id()
    let draft = try await keep(request) { account, tx in
      try MessageDraft.find(id, of: account.id, in: tx)
    }
    return .json { draft.write(to: &$0) }
  }

  private func keep(
    _ request: Request, _ find: @escaping @Sendable (Account, Transaction) throws -> MessageDraft
  ) async throws -> MessageDraft {
    let account = try request.account()
    let body = try request.json()
    let files: [String]?
    do throws(FieldError) { files = try AttachedFiles.addresses(in: body) } catch {
      throw Failure.invalid([error])
    }
    return try await database.write { [self] tx in
      let old = try find(account, tx)
      var draft = old
      try draft.take(body)
      let growth = draft.content.utf8.count - old.content.utf8.count
      if growth > 0 || old.id == 0 {
        try tx.claimSpace()
        try quotas.checkBytes(growth + Quotas.bytesOfMessage, for: account.id, in: tx)
      }
      let id = try Self.write(draft, of: account.id, in: tx)
      if let files {
        let sources = [draft.forwardOf, draft.replyTo].compactMap { $0 }.filter { message in
          (try? InternalMessage.isReadable(message, by: account.id, in: tx)) == true
        }
        try AttachedFiles.tie(
          files, to: MessageDraft.resource, id, by: account,
          from: sources.map { (InternalMessage.resource, $0) }, in: tx)
      }
      tell([account.id], of: nil, in: tx)
      return try MessageDraft.find(id, of: account.id, in: tx)
    }
  }

  private static func write(_ draft: MessageDraft, of person: Int64, in tx: Transaction) throws -> Int64 {
    let recipients = Notifications.list(draft.recipients)
    guard draft.id > 0 else {
      try tx.execute(
        """
        INSERT INTO message_drafts (user_id, recipients, subject, content, reply_to, forward_of, created_at,
          updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """, person, recipients, draft.subject, draft.content, draft.replyTo, draft.forwardOf, tx.now, tx.now)
      return tx.lastInsertedID
    }
    try tx.execute(
      """
      UPDATE message_drafts SET recipients = ?, subject = ?, content = ?, reply_to = ?, forward_of = ?,
        updated_at = ? WHERE id = ?
      """, recipients, draft.subject, draft.content, draft.replyTo, draft.forwardOf, tx.now, draft.id)
    return draft.id
  }

  private func deleteDraft(_ request: Request) async throws -> Response {
    let (person, id) = (try request.account().id, try request.id())
    try await database.write { [self] tx in
      guard try tx.execute("DELETE FROM message_drafts WHERE id = ? AND user_id = ?", id, person) > 0 else {
        throw Failure.notFound
      }
      tell([person], of: nil, in: tx)
    }
    return .done(Sentence(fr: "Brouillon supprimé.", en: "Draft deleted."), for: request)
  }

  private static let tooManyDrafts = Failure(
    409, "TOO_MANY_DRAFTS",
    Sentence(
      fr: "\(MessageDraft.most) brouillons maximum. Supprimez-en un d’abord.",
      en: "\(MessageDraft.most) drafts maximum. Delete one first."))
}
