import HTTP
import Store

/// Something that waits for a moderator: a topic or a post to approve, or a report.
struct ForumWaiting: Sendable {
  enum Kind: String, Sendable, CaseIterable { case topics, posts, reports }

  let id: Int64
  let topicID: Int64
  let title: String
  let categoryName: String
  let authorName: String
  let html: String
  let reason: String
  let reporterName: String
  let createdAt: Int64
  /// The post, or the first one of the topic; nil for none.
  let postID: Int64?
  /// Whether the post was deleted.
  let isDeleted: Bool
  /// The entity tag of what is decided about, without its quotes; empty for a report.
  let version: String

  /// The first column is the cursor.
  init(_ row: Row) {
    id = row.int64(1)
    topicID = row.int64(2)
    title = row.text(3)
    categoryName = row.text(4)
    authorName = row.text(5)
    html = row.text(6)
    reason = row.text(7)
    reporterName = row.text(8)
    createdAt = row.int64(9)
    postID = row.optionalInt64(10)
    isDeleted = row.bool(11)
    version = row.text(12)
  }

  static func page(
    of kind: Kind, for account: Account, _ paging: Paging, in connection: Connection
  ) throws -> ListPage<ForumWaiting> {
    let statement = statement(kind, for: account)
    return try connection.page(
      statement.sql, [paging.before.value] + statement.arguments, limit: paging.limit, map: ForumWaiting.init)
  }

  static let schema = Schema.members([
    "kind": .words(Kind.self), "id": .id, "topicId": .id, "title": .string, "categoryName": .string,
    "authorName": .string, "html": .described("the text of the post", .string),
    "files": AttachedFiles.answerSchema, "reason": .described("of a report", .string),
    "reporterName": .string, "isDeleted": .described("of a post that was reported", .boolean),
    "version": .described("for `If-Match`, in quotes: only what was seen is approved", .string),
    "createdAt": .time,
  ])

  func write(to json: inout JSONWriter, of kind: Kind, files: [UploadedFile], _ language: Language) {
    json.object { json in
      json.field("kind", kind.rawValue)
      json.id("id", id)
      json.id("topicId", topicID)
      json.field("title", title)
      json.field("categoryName", categoryName)
      json.field("authorName", authorName.isEmpty ? ForumTopic.gone(language) : authorName)
      json.field("html", html)
      AttachedFiles.write(files, to: &json)
      json.field("reason", reason)
      json.field("reporterName", reporterName)
      json.field("isDeleted", isDeleted)
      json.field("version", version)
      json.time("createdAt", createdAt)
    }
  }
}

/// Statements. Arguments: the cursor, those of the condition, the limit.
extension ForumWaiting {
  static func statement(_ kind: Kind, for account: Account) -> ForumCategory.Condition {
    let decided =
      switch kind {
      case .topics: ForumCategory.decided(by: account, .validateTopics)
      case .posts: ForumCategory.decided(by: account, .validatePosts)
      case .reports: ForumCategory.moderated(by: account)
      }
    let condition = ForumCategory.isOne("t.category_id", decided)
    return (sql(kind, condition.sql), condition.arguments)
  }

  private static let author = "coalesce(nullif(u.name, ''), u.username, o.author_name)"
  private static let joins =
    "LEFT JOIN forum_categories AS c ON c.id = t.category_id LEFT JOIN users AS u ON u.id = o.author_id"

  private static func sql(_ kind: Kind, _ condition: String) -> String {
    switch kind {
    case .topics:
      """
      SELECT o.activity, o.id, o.id, o.title, c.name, \(author), coalesce(p.html, ''), '', '', o.created_at,
        p.id, 0, o.updated_at || '-' || coalesce(p.updated_at, 0)
      FROM forum_topics AS o INDEXED BY forum_topics_pending LEFT JOIN forum_topics AS t ON t.id = o.id \(joins)
      LEFT JOIN forum_posts AS p ON p.topic_id = o.id AND p.is_first = 1
      WHERE o.activity < ? AND o.status = 'pending' AND o.deleted_at IS NULL AND \(condition)
      ORDER BY o.activity DESC LIMIT ?
      """
    case .posts:
      """
      SELECT o.number, o.id, t.id, t.title, c.name, \(author), o.html, '', '', o.created_at,
        o.id, 0, CAST(o.updated_at AS TEXT)
      FROM forum_posts AS o INDEXED BY forum_posts_pending LEFT JOIN forum_topics AS t ON t.id = o.topic_id \(joins)
      WHERE o.number < ? AND o.status = 'pending' AND o.deleted_at IS NULL AND o.is_first = 0
        AND t.deleted_at IS NULL AND \(condition)
      ORDER BY o.number DESC LIMIT ?
      """
    case .reports:
      """
      SELECT w.id, w.id, t.id, t.title, c.name, \(author), o.html, w.reason,
        coalesce(nullif(v.name, ''), v.username, w.reporter_name), w.created_at, o.id, o.deleted_at IS NOT NULL, ''
      FROM forum_reports AS w INDEXED BY forum_reports_waiting LEFT JOIN forum_posts AS o ON o.id = w.post_id
      LEFT JOIN forum_topics AS t ON t.id = o.topic_id \(joins) LEFT JOIN users AS v ON v.id = w.reporter_id
      WHERE w.id < ? AND w.closed_at IS NULL AND \(condition) ORDER BY w.id DESC LIMIT ?
      """
    }
  }
}
