import HTTP
import Store

/// Comments on a request.
extension ComplaintsFeature {
  var commentRoutes: [Route] {
    let path = Self.path + "/:id/comments"
    let body = Schema.object([
      ("text", ComplaintComment.textColumn.bodySchema, required: true),
      (
        "isInternal", .described("only for those who handle the request", .boolean), required: false
      ),
      ("files", AttachedFiles.bodySchema, required: false),
    ])
    return [
      .get(
        path, .signedIn, "List the comments of a request", response: .array(ComplaintComment.schema),
        listComments
      ).reading(QueryParameter.paging),
      .post(
        path, .signedIn, "Comment on a request", request: body, response: ComplaintComment.schema, comment),
    ]
  }

  private func listComments(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let paging = try Paging(request)
    let found = try await database.read { connection in
      let complaint = try Complaint.find(id, for: account, in: connection)
      let page = try connection.page(
        ComplaintComment.listSQL, [id, complaint.isHandled(by: account), paging.before], limit: paging.limit,
        map: ComplaintComment.init)
      return ListPage(rows: try ComplaintComment.complete(page.rows, in: connection), next: page.next)
    }
    return .page(found) { comment, json in comment.write(to: &json, in: request.language) }
  }

  private func comment(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let body = try request.json()
    let text = try Self.text(of: body)
    let isInternal = try Self.isInternal(body)
    let files: [String]
    do throws(FieldError) { files = try AttachedFiles.addresses(in: body) ?? [] } catch {
      throw Failure.invalid([error])
    }
    let comment = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let complaint = try Complaint.find(id, for: account, in: tx)
      guard !isInternal || complaint.isHandled(by: account) else { throw Failure.forbidden }
      if complaint.isAnonymous, !isInternal, !files.isEmpty { throw Self.unreachableFiles }
      try quotas.checkBytes(text.utf8.count + Quotas.bytesOfMessage, for: account.id, in: tx)
      let comment = try Self.insert(text, isInternal: isInternal, on: id, by: account, in: tx)
      try AttachedFiles.tie(files, to: ComplaintComment.resource, comment, by: account, in: tx)
      let concerned =
        isInternal
        ? [try complaint.handlingAssignee(in: tx)] : [complaint.assigneeID, complaint.submitterID]
      let readers = concerned.compactMap { $0 }
      try notify(.requestCommented, readers, of: complaint, by: account, in: tx)
      tell("comment", complaint, to: readers, in: tx)
      return try Self.comment(comment, of: id, in: tx)
    }
    return .json(201) { comment.write(to: &$0, in: request.language) }
  }

  static func text(of body: JSONValue) throws(Failure) -> String {
    do throws(FieldError) {
      guard let json = body["text"], case .text(let text) = try ComplaintComment.textColumn.value(of: json)
      else {
        throw ComplaintComment.textColumn.required
      }
      return text
    } catch {
      throw .invalid([error])
    }
  }

  private static func isInternal(_ body: JSONValue) throws(Failure) -> Bool {
    guard let value = body["isInternal"], !value.isNull else { return false }
    guard let flag = value.bool else {
      throw .invalid([
        FieldError("isInternal", "NOT_A_FLAG", Sentence(fr: "Vrai ou faux.", en: "True or false."))
      ])
    }
    return flag
  }

  /// Inserts a comment and returns its id. A nil author stands for the anonymous submitter; its time is rounded.
  static func insert(
    _ text: String, isInternal: Bool, on complaint: Int64, by author: Account?, in tx: Transaction
  ) throws -> Int64 {
    try tx.claimSpace()
    try tx.execute(
      """
      INSERT INTO complaint_comments (complaint_id, author_id, author_name, text, is_internal, created_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """, complaint, author?.id, author.map { $0.name.isEmpty ? $0.username : $0.name } ?? "", text,
      isInternal, author == nil ? tx.now - tx.now % hour : tx.now)
    return tx.lastInsertedID
  }

  private static func comment(_ id: Int64, of complaint: Int64, in connection: Connection) throws
    -> ComplaintComment
  {
    let found = try connection.first(
      ComplaintComment.listSQL, complaint, true, id + 1, 1, map: ComplaintComment.init)
    guard let found, let comment = try ComplaintComment.complete([found], in: connection).first else {
      throw Failure.notFound
    }
    return comment
  }

  private static let unreachableFiles = Failure.invalid([
    FieldError(
      "files", "ANONYMOUS_SUBMITTER",
      Sentence(
        fr: "L’auteur anonyme ne pourrait pas ouvrir ce fichier. Joignez-le à un commentaire interne.",
        en: "The anonymous submitter could not open this file. Attach it to an internal comment."))
  ])
}
