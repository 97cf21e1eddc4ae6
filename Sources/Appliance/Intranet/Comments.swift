import HTTP
import Store

/// Comments on a row of a resource. Everyone who may read the row may read them and add one.
struct Comments: Sendable {
  let resource: Resource
  /// The right to delete other people's comments.
  let right: String
  let services: IntranetServices
  /// Selects three columns of the row `?`: whether comments are open, its author and its title.
  let openSQL: String

  private static let text = Column("text", .text(1...2_000, lines: true), fr: "Commentaire", en: "Comment")

  /// A row's number of comments.
  static func count(of resource: String) -> Column {
    .computed(
      "commentCount", .number(0...(.max)), fr: "Commentaires", en: "Comments",
      sql:
        "(SELECT count(*) FROM comments AS k WHERE k.resource = '\(resource)' AND k.row_id = \(resource).id)")
  }

  static let schema = Schema.object([
    ("id", .string, required: true), ("text", .string, required: true),
    ("authorId", .optional(.string), required: true), ("authorName", .string, required: true),
    ("createdAt", .time, required: true),
  ])

  private struct Comment: Sendable {
    let id: Int64
    let text: String
    let author: Int64?
    let authorName: String
    let createdAt: Int64

    init(_ row: Row) {
      id = row.int64("id")
      text = row.text("text")
      author = row.optionalInt64("author_id")
      authorName = row.text("author_name")
      createdAt = row.int64("created_at")
    }

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.id("id", id)
        json.field("text", text)
        json.field("authorId", author.map { String($0) })
        json.field("authorName", authorName)
        json.time("createdAt", createdAt)
      }
    }
  }

  private static let selection =
    "SELECT id, text, author_id, created_at, \(Announcements.personName("comments.author_id")) AS author_name"
    + " FROM comments"
  static let listSQL = """
    \(selection) WHERE resource = ? AND row_id = ? AND id < ? ORDER BY id DESC LIMIT ?
    """

  var routes: [Route] {
    let path = resource.path + "/:id/comments"
    return [
      .get(path, .signedIn, "List the comments on \(resource.noun(.en))", response: .array(Self.schema), list)
        .reading(QueryParameter.paging),
      .post(
        path, .signedIn, "Comment on \(resource.noun(.en))",
        request: .object([("text", .text(1...2_000), required: true)]), response: Self.schema, add),
      .delete(
        path + "/:comment", .signedIn, "Delete a comment of yours, or any for those who manage them",
        response: .done,
        delete),
    ]
  }

  private func list(_ request: Request) async throws -> Response {
    let (id, paging, account) = (try request.id(), try Paging(request), try request.account())
    let page = try await services.database.read { connection in
      try checkIsVisible(id, to: account, in: connection)
      return try connection.page(
        Self.listSQL, [resource.name, id, paging.before], limit: paging.limit, map: Comment.init)
    }
    return .page(page) { comment, json in comment.write(to: &json) }
  }

  private func add(_ request: Request) async throws -> Response {
    let (id, account) = (try request.id(), try request.account())
    guard let json = try request.json()["text"] else { throw Failure.invalid([Self.text.required]) }
    let value: Value
    do throws(FieldError) { value = try Self.text.value(of: json) } catch { throw Failure.invalid([error]) }
    guard case .text(let text) = value else { throw Failure.invalid([Self.text.required]) }
    let made = try await services.database.write { tx in
      try checkIsVisible(id, to: account, in: tx)
      let row = try tx.first(openSQL, id) { ($0.bool(0), $0.optionalInt64(1), $0.text(2)) }
      guard let (isOpen, author, title) = row, isOpen else { throw Self.closed }
      try tx.claimSpace()
      try services.quotas.checkBytes(text.utf8.count + Quotas.bytesOfMessage, for: account.id, in: tx)
      try tx.execute(
        "INSERT INTO comments (resource, row_id, author_id, text, created_at) VALUES (?, ?, ?, ?, ?)",
        resource.name, id, account.id, text, tx.now)
      let made = try tx.first(Self.selection + " WHERE id = ?", tx.lastInsertedID, map: Comment.init)
      if let author {
        try services.notifications.notify(
          [author],
          of: Notice(
            kind: .comment, subject: "\(resource.name):\(id):comments", link: "/\(resource.name)/\(id)",
            actor: account.id, details: ["name": title]), in: tx)
      }
      try publish(id, in: tx)
      return made
    }
    guard let made else { throw Failure.notFound }
    return .json(201) { made.write(to: &$0) }
  }

  private func delete(_ request: Request) async throws -> Response {
    let (id, comment) = (try request.id(), try request.id("comment"))
    let account = try request.account()
    try await services.database.write { tx in
      try checkIsVisible(id, to: account, in: tx)
      let author = try tx.first(
        "SELECT author_id FROM comments WHERE id = ? AND resource = ? AND row_id = ?", comment, resource.name,
        id
      ) { $0.optionalInt64(0) }
      guard let author else { throw Failure.notFound }
      guard author == account.id || account.has(right: right) else { throw Failure.forbidden }
      try tx.execute("DELETE FROM comments WHERE id = ?", comment)
      try publish(id, in: tx)
    }
    return .done(Sentence(fr: "Commentaire supprimé.", en: "Comment deleted."), for: request)
  }

  private func checkIsVisible(_ id: Int64, to account: Account, in connection: Connection) throws {
    guard try resource.isVisible(id, to: account, at: services.clock.now(), in: connection) else {
      throw Failure.notFound
    }
  }

  private func publish(_ id: Int64, in tx: Transaction) throws {
    let audience = try resource.audience(of: id, services.hub, at: tx.now, in: tx)
    resource.tell("comment", id, to: audience, services.hub, in: tx)
  }

  private static let closed = Failure(
    409, "COMMENTS_CLOSED",
    Sentence(fr: "Les commentaires sont fermés.", en: "Comments are closed."))
}
