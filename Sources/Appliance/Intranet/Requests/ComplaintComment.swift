import HTTP
import Store

/// A comment on a request. Internal ones are visible only to those who handle it.
struct ComplaintComment: Sendable {
  static let resource = "complaint-comments"

  let id: Int64
  let authorID: Int64?
  let authorName: String
  let text: String
  let isInternal: Bool
  let createdAt: Int64
  var files: [UploadedFile] = []

  static let textColumn = Column("text", .text(1...5_000, lines: true), fr: "Commentaire", en: "Comment")

  /// Newest first. Arguments: request, whether to include internal ones, cursor, limit.
  static let listSQL = """
    SELECT k.id, k.author_id, coalesce(nullif(u.name, ''), u.username, k.author_name) AS author_name, k.text,
      k.is_internal, k.created_at
    FROM complaint_comments AS k LEFT JOIN users AS u ON u.id = k.author_id
    WHERE k.complaint_id = ? AND k.is_internal <= ? AND k.id < ? ORDER BY k.id DESC LIMIT ?
    """

  init(_ row: Row) {
    id = row.int64("id")
    authorID = row.optionalInt64("author_id")
    authorName = row.text("author_name")
    text = row.text("text")
    isInternal = row.bool("is_internal")
    createdAt = row.int64("created_at")
  }

  static func complete(_ comments: [ComplaintComment], in connection: Connection) throws -> [ComplaintComment]
  {
    let files = try AttachedFiles.of(resource, comments.map(\.id), in: connection)
    return comments.map { comment in
      var comment = comment
      comment.files = files[comment.id] ?? []
      return comment
    }
  }

  static let schema = Schema.object([
    ("id", .string, required: true), ("authorId", .optional(.string), required: true),
    ("authorName", .string, required: true), ("text", .string, required: true),
    ("isInternal", .boolean, required: true), ("files", AttachedFiles.answerSchema, required: true),
    ("createdAt", .time, required: true), ("updatedAt", .time, required: true),
  ])

  /// A comment without an author's name is by the anonymous submitter.
  func write(to json: inout JSONWriter, in language: Language) {
    json.object { json in
      json.id("id", id)
      json.field("authorId", authorID.map { String($0) })
      json.field("authorName", authorName.isEmpty ? Complaint.anonymous(language) : authorName)
      json.field("text", text)
      json.field("isInternal", isInternal)
      AttachedFiles.write(files, to: &json)
      json.time("createdAt", createdAt)
      json.time("updatedAt", createdAt)
    }
  }
}

/// An entry in the history of a request.
struct ComplaintEvent: Sendable {
  let id: Int64
  let actorID: Int64?
  let actorName: String
  let field: String
  let old: String
  let new: String
  let createdAt: Int64

  static let fields = [
    "submitted", "title", "description", "category", "priority", "status", "assignedToId", "files", "overdue",
  ]

  static let listSQL = """
    SELECT h.id, h.actor_id, coalesce(nullif(u.name, ''), u.username, h.actor_name) AS actor_name, h.field,
      h.old_value, h.new_value, h.created_at
    FROM complaint_history AS h LEFT JOIN users AS u ON u.id = h.actor_id
    WHERE h.complaint_id = ? AND h.id < ? ORDER BY h.id DESC LIMIT ?
    """

  init(_ row: Row) {
    id = row.int64("id")
    actorID = row.optionalInt64("actor_id")
    actorName = row.text("actor_name")
    field = row.text("field")
    old = row.text("old_value")
    new = row.text("new_value")
    createdAt = row.int64("created_at")
  }

  /// A person's edits of one field within this time are one row, in milliseconds.
  static let sitting: Int64 = 10 * 60_000
  /// The number of rows of a request from which on a change is written into the newest row of its field.
  static let most = 500
  private static let edited: Set = ["title", "description", "category", "priority", "files"]

  static let newestSQL = """
    SELECT id, actor_id, old_value, created_at FROM complaint_history WHERE complaint_id = ? AND field = ?
    ORDER BY id DESC LIMIT 1
    """
  static let fullSQL = """
    SELECT count(*) FROM (SELECT 1 FROM complaint_history WHERE complaint_id = ? LIMIT \(most))
    """

  /// Records a change. A nil actor stands for the server or an anonymous submitter. So that the rows of a
  /// request are bounded, a change may be merged into the newest row of its field, which keeps its old value.
  static func note(
    _ field: String, from old: String = "", to new: String = "", of complaint: Int64, by actor: Account?,
    at time: Int64? = nil, in tx: Transaction
  ) throws {
    if try isMerged(field, new, of: complaint, by: actor, at: time ?? tx.now, in: tx) { return }
    try tx.execute(
      """
      INSERT INTO complaint_history (complaint_id, actor_id, actor_name, field, old_value, new_value, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, complaint, actor?.id, actor?.name ?? "", field, old, new, time ?? tx.now)
  }

  private static func isMerged(
    _ field: String, _ new: String, of complaint: Int64, by actor: Account?, at time: Int64,
    in tx: Transaction
  ) throws -> Bool {
    let newest = try tx.first(newestSQL, complaint, field) { row in
      (id: row.int64(0), actor: row.optionalInt64(1), old: row.text(2), at: row.int64(3))
    }
    guard let newest else { return false }
    if let actor, actor.id == newest.actor, edited.contains(field), newest.at > time - sitting {
      if newest.old == new, !new.isEmpty {
        try tx.execute("DELETE FROM complaint_history WHERE id = ?", newest.id)
      } else {
        try tx.execute("UPDATE complaint_history SET new_value = ? WHERE id = ?", new, newest.id)
      }
      return true
    }
    guard try tx.scalar(fullSQL, complaint) ?? 0 >= Int64(most) else { return false }
    try tx.execute(
      """
      UPDATE complaint_history SET actor_id = ?, actor_name = ?, new_value = ?, created_at = ? WHERE id = ?
      """, actor?.id, actor?.name ?? "", new, time, newest.id)
    return true
  }

  static let schema = Schema.object([
    ("id", .string, required: true), ("actorId", .optional(.string), required: true),
    ("actorName", .described("\"\": the box itself, or who stays anonymous", .string), required: true),
    ("field", .enumeration(fields), required: true), ("from", .string, required: true),
    ("to", .string, required: true), ("createdAt", .time, required: true),
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.field("actorId", actorID.map { String($0) })
      json.field("actorName", actorName)
      json.field("field", field)
      json.field("from", old)
      json.field("to", new)
      json.time("createdAt", createdAt)
    }
  }
}
