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

  /// The beginning of the post that it answers.
  struct Quote: Sendable {
    let id: Int64
    let authorName: String
    let text: String
  }

  private static let quotedLength = 300

  /// The first argument is the id of the reading account, once.
  static let select = """
    SELECT p.number, p.id, p.topic_id, t.title AS topic_title, p.author_id,
      coalesce(nullif(u.name, ''), u.username, p.author_name) AS author_name, p.content, p.html, p.is_first, p.status,
      p.reason, p.edited_at, p.like_count, p.love_count, p.laugh_count, p.angry_count, m.kind AS my_reaction,
      q.id AS quoted_id, coalesce(nullif(qu.name, ''), qu.username, q.author_name) AS quoted_name,
      substr(q.content, 1, \(quotedLength)) AS quoted_text, t.solution_id = p.id AS is_solution, p.deleted_at,
      coalesce(nullif(d.name, ''), d.username, '') AS deleter_name, p.created_at, p.updated_at
    FROM forum_posts AS p LEFT JOIN forum_topics AS t ON t.id = p.topic_id
    LEFT JOIN users AS u ON u.id = p.author_id
    LEFT JOIN forum_reactions AS m ON m.post_id = p.id AND m.user_id = ?1
    LEFT JOIN forum_posts AS q ON q.id = p.quoted_id AND q.deleted_at IS NULL AND q.status = 'published'
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
  }

  /// A post with its topic. Throws 404 if it does not exist or the account may not read it.
  static func find(_ id: Int64, for account: Account, in connection: Connection) throws -> (
    post: ForumPost, topic: ForumTopic
  ) {
    guard let post = try connection.first(oneSQL, account.id, id, map: ForumPost.init) else {
      throw Failure.notFound
    }
    let topic = try ForumTopic.find(post.topicID, for: account, in: connection)
    guard post.isReadable(by: account, in: topic) else { throw Failure.notFound }
    return (post, topic)
  }

  var tag: String { "\"\(updatedAt)\"" }
  var isLive: Bool { status == .published && deletedAt == nil }
  var subject: Audit.Subject { Audit.Subject(type: Self.resource, id: id, name: topicTitle) }
}

/// Permissions. Who asks may read the topic.
extension ForumPost {
  func isReadable(by account: Account, in topic: ForumTopic) -> Bool {
    if topic.isModerated(by: account) || authorID == account.id { return true }
    if deletedAt != nil { return false }
    // The first post shares the state of its topic.
    return status == .published || isFirst
      || status == .pending && account.has(right: Permission.validatePosts.rawValue)
  }

  /// Whether the text of a deleted post may still be read.
  func isShown(to account: Account, in topic: ForumTopic) -> Bool {
    deletedAt == nil || topic.isModerated(by: account)
  }

  func isEditable(by account: Account, in topic: ForumTopic) -> Bool {
    guard deletedAt == nil, topic.deletedAt == nil else { return false }
    if topic.isModerated(by: account) { return true }
    return authorID == account.id && !topic.isLocked && !(isFirst && topic.isSealed(for: account))
  }

  /// Whether a reply that was approved waits again when the account edits it.
  func waitsAfterEdit(by account: Account, in topic: ForumTopic) -> Bool {
    topic.approvals.replies && !isFirst && status == .published
      && !topic.category.isDecided(by: account, .validatePosts)
  }

  func isDecided(by account: Account, in topic: ForumTopic) -> Bool {
    status == .pending && deletedAt == nil && !isFirst
      && topic.category.isDecided(by: account, .validatePosts)
  }

  static let verbs = ["edit", "delete", "react", "report", "history", "decide", "restore", "solve", "quote"]

  func may(_ account: Account, in topic: ForumTopic) -> [String] {
    let isOwn = authorID == account.id
    let isOfModerator = topic.isModerated(by: account)
    let allowed: [String: Bool] = [
      "edit": isEditable(by: account, in: topic), "delete": isEditable(by: account, in: topic) && !isFirst,
      "react": isLive && topic.isLive && !isOwn,
      // Moderators act themselves.
      "report": isLive && topic.isLive && !isOwn && !isOfModerator,
      "history": editedAt != nil && (isOwn && deletedAt == nil || isOfModerator),
      "decide": isDecided(by: account, in: topic), "restore": deletedAt != nil && isOfModerator,
      "solve": isLive && topic.isLive && !isFirst && (isOfModerator || topic.authorID == account.id),
      "quote": isLive && topic.takesReplies(of: account),
    ]
    return Self.verbs.filter { allowed[$0] == true }
  }
}
