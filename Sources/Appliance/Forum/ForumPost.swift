import HTTP
import Store

/// A post of the forum, as one person sees it.
struct ForumPost: Sendable {
  static let resource = "forum-posts"

  /// Its place among all that is published; posts of a topic are in this order.
  let number: Int64
  let id: Int64
  let topicID: Int64
  let topicTitle: String
  let authorID: Int64?
  let authorName: String
  let content: String
  let html: String
  let isFirst: Bool
  let status: ForumStatus
  let reason: String
  let editedAt: Int64?
  let reactions: ForumReaction.Counts
  let myReaction: String?
  let quote: Quote?
  let isSolution: Bool
  let deletedAt: Int64?
  let deleterName: String
  let createdAt: Int64
  let updatedAt: Int64
  /// Whether people were told of it when it was published.
  let isTold: Bool
  /// Read apart from the row (`withFiles`).
  var files: [UploadedFile] = []

  /// The beginning of the post that it answers.
  struct Quote: Sendable {
    let id: Int64
    let authorName: String
    let text: String
  }

  private static let quotedLength = 300

  /// The first argument is the id of the reading account, once. A quoted post of another topic is shown to those who
  /// may read that topic, too: where both are in one category.
  static let select = """
    SELECT p.number, p.id, p.topic_id, t.title AS topic_title, p.author_id,
      coalesce(nullif(u.name, ''), u.username, p.author_name) AS author_name, p.content, p.html, p.is_first, p.status,
      p.reason, p.edited_at, p.like_count, p.love_count, p.laugh_count, p.angry_count, m.kind AS my_reaction,
      q.id AS quoted_id, coalesce(nullif(qu.name, ''), qu.username, q.author_name) AS quoted_name,
      substr(q.content, 1, \(quotedLength)) AS quoted_text, t.solution_id = p.id AS is_solution, p.deleted_at,
      coalesce(nullif(d.name, ''), d.username, '') AS deleter_name, p.created_at, p.updated_at,
      p.is_told
    FROM forum_posts AS p LEFT JOIN forum_topics AS t ON t.id = p.topic_id
    LEFT JOIN users AS u ON u.id = p.author_id
    LEFT JOIN forum_reactions AS m ON m.post_id = p.id AND m.user_id = ?1
    LEFT JOIN forum_posts AS q ON q.id = p.quoted_id AND q.deleted_at IS NULL AND q.status = 'published'
      AND (q.topic_id = p.topic_id OR EXISTS (SELECT 1 FROM forum_topics AS qt WHERE qt.id = q.topic_id
        AND qt.category_id = t.category_id AND qt.status = 'published' AND qt.deleted_at IS NULL))
    LEFT JOIN users AS qu ON qu.id = q.author_id LEFT JOIN users AS d ON d.id = p.deleted_by
    """
  static let oneSQL = "\(select) WHERE p.id = ?"

  init(_ row: Row) {
    number = row.int64("number")
    id = row.int64("id")
    topicID = row.int64("topic_id")
    topicTitle = row.text("topic_title")
    authorID = row.optionalInt64("author_id")
    authorName = row.text("author_name")
    content = row.text("content")
    html = row.text("html")
    isFirst = row.bool("is_first")
    status = ForumStatus(rawValue: row.text("status")) ?? .pending
    reason = row.text("reason")
    editedAt = row.optionalInt64("edited_at")
    reactions = ForumReaction.Counts(
      like: row.int64("like_count"), love: row.int64("love_count"), laugh: row.int64("laugh_count"),
      angry: row.int64("angry_count"))
    myReaction = row.optionalText("my_reaction")
    quote = row.optionalInt64("quoted_id").map {
      Quote(id: $0, authorName: row.text("quoted_name"), text: row.text("quoted_text"))
    }
    isSolution = row.bool("is_solution")
    deletedAt = row.optionalInt64("deleted_at")
    deleterName = row.text("deleter_name")
    createdAt = row.int64("created_at")
    updatedAt = row.int64("updated_at")
    isTold = row.bool("is_told")
  }

  /// A post with its topic. Throws 404 if it does not exist or the account may not read it.
  static func find(_ id: Int64, for account: Account, in connection: Connection) throws -> (
    post: ForumPost, topic: ForumTopic
  ) {
    guard let found = try seen(id, by: account, in: connection) else { throw Failure.notFound }
    return found
  }

  /// Nil if it does not exist or the account may not read it.
  static func seen(_ id: Int64, by account: Account, in connection: Connection) throws -> (
    post: ForumPost, topic: ForumTopic
  )? {
    guard let post = try one(id, for: account, in: connection),
      let topic = try ForumTopic.seen(post.topicID, by: account, in: connection),
      post.isReadable(by: account, in: topic)
    else { return nil }
    return (post, topic)
  }

  /// A post with its files, whoever may read it.
  static func one(_ id: Int64, for account: Account, in connection: Connection) throws -> ForumPost? {
    let found = try connection.first(oneSQL, account.id, id, map: ForumPost.init)
    return try found.flatMap { try withFiles([$0], in: connection).first }
  }

  static func withFiles(_ posts: [ForumPost], in connection: Connection) throws -> [ForumPost] {
    let files = try AttachedFiles.of(resource, posts.map(\.id), in: connection)
    return posts.map { post in
      var post = post
      post.files = files[post.id] ?? []
      return post
    }
  }

  static func withFiles(_ page: ListPage<ForumPost>, in connection: Connection) throws -> ListPage<ForumPost>
  {
    ListPage(rows: try withFiles(page.rows, in: connection), next: page.next)
  }

  /// Who may read the files of a post: those who may read its text.
  static let fileReaders: [String: ResourceFiles.Reader] = [
    resource: { row, account, _, connection in
      guard let account, let found = try seen(row, by: account, in: connection) else { return false }
      return found.post.isShown(to: account, in: found.topic)
    }
  ]

  var tag: String { "\"\(updatedAt)\"" }
  var isLive: Bool { status == .published && deletedAt == nil }
  var subject: Audit.Subject { Audit.Subject(type: Self.resource, id: id, name: topicTitle) }
}
