import HTTP
import Store

/// An anonymous submitter follows the request by a secret code, not by their account.
extension ComplaintsFeature {
  private static let commentSchema = Schema.object([
    ("id", .string, required: true), ("authorName", .string, required: true),
    ("text", .string, required: true),
    ("createdAt", .time, required: true),
  ])
  private static let trackedSchema = Schema.object([
    ("title", .string, required: true), ("description", .string, required: true),
    ("category", .string, required: true), ("priority", .string, required: true),
    ("status", ComplaintStatus.schema, required: true), ("dueAt", .time, required: true),
    ("createdAt", .time, required: true), ("comments", .array(commentSchema), required: true),
  ])

  var trackingRoutes: [Route] {
    let path = Self.path + "/track"
    let code = ("code", Schema.string, required: true)
    let text = ("text", ComplaintComment.textColumn.bodySchema, required: true)
    return [
      .post(
        path, .signedIn, "Follow an anonymous request by its code", request: .object([code]),
        response: Self.trackedSchema, track),
      .post(
        path + "/comments", .signedIn, "Comment on an anonymous request by its code",
        request: .object([code, text]), response: Self.trackedSchema, commentByCode),
    ]
  }

  private func track(_ request: Request) async throws -> Response {
    let hash = try Self.hash(try request.json())
    let (complaint, comments) = try await database.read { try Self.tracked(hash, in: $0) }
    return Self.answer(complaint, comments, in: request.language)
  }

  private func commentByCode(_ request: Request) async throws -> Response {
    let body = try request.json()
    let hash = try Self.hash(body)
    let text = try Self.text(of: body)
    try limitAnonymous(try request.account())
    let (complaint, comments) = try await database.write { [self] tx in
      let (complaint, _) = try Self.tracked(hash, in: tx)
      _ = try Self.insert(text, isInternal: false, on: complaint.id, by: nil, in: tx)
      try notify(
        .requestCommented, [complaint.assigneeID].compactMap { $0 }, of: complaint, by: nil,
        isAnonymous: true, in: tx)
      tell("comment", complaint, in: tx)
      return try Self.tracked(hash, in: tx)
    }
    return Self.answer(complaint, comments, in: request.language)
  }

  private static func hash(_ body: JSONValue) throws(Failure) -> [UInt8] {
    let code = body["code"]?.string?.trimmed() ?? ""
    guard let hash = Token.hash(code, for: .complaint) else { throw unknownCode }
    return hash
  }

  private static func tracked(_ hash: [UInt8], in connection: Connection) throws -> (
    Complaint, [ComplaintComment]
  ) {
    guard let id = try connection.scalar("SELECT id FROM complaints WHERE code_hash = ?", hash) else {
      throw unknownCode
    }
    let comments = try connection.page(
      ComplaintComment.listSQL, [id, false, Int64.max], limit: 500, map: ComplaintComment.init)
    return (try row(id, in: connection), comments.rows)
  }

  private static func answer(
    _ complaint: Complaint, _ comments: [ComplaintComment], in language: Language
  ) -> Response {
    .json { json in
      json.object { json in
        json.field("title", complaint.title)
        json.field("description", complaint.description)
        json.field("category", complaint.category)
        json.field("priority", complaint.priority)
        json.field("status", complaint.status.rawValue)
        json.time("dueAt", complaint.dueAt)
        json.time("createdAt", complaint.createdAt)
        json.array("comments") { json in
          for comment in comments {
            json.object { json in
              json.id("id", comment.id)
              json.field(
                "authorName", comment.authorName.isEmpty ? Complaint.anonymous(language) : comment.authorName)
              json.field("text", comment.text)
              json.time("createdAt", comment.createdAt)
            }
          }
        }
      }
    }
  }

  private static let unknownCode = Failure.invalid([
    FieldError(
      "code", "UNKNOWN_CODE",
      Sentence(fr: "Ce code ne correspond à aucune demande.", en: "This code belongs to no request."))
  ])
}
