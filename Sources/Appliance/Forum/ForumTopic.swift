import HTTP
import Store

/// A topic of the forum, as one person sees it.
struct ForumTopic: Sendable {
  static let resource = "forum-topics"

  let id: Int64
  let category: ForumCategory
  let authorID: Int64?
  let authorName: String
  let title: String
  let description: String
  let isSticky: Bool
  let isPinned: Bool
  let isLocked: Bool
  let isAnnouncement: Bool
  /// A JSON array.
  let tags: String
  let status: ForumStatus
  /// Why it was rejected.
  let reason: String
  let views: Int64
  let posts: Int64
  let replies: Int64
  let solutionID: Int64?
  let deletedAt: Int64?
  /// Whether its posts were moved to another topic, to which its address leads.
  let isMerged: Bool
  let createdAt: Int64
  let updatedAt: Int64
  let last: LastPost?
  let isFollowed: Bool
  let activity: Int64
  /// Up to which number the person has read.
  let mark: Int64
  /// The number of the first post that the person has not read.
  let firstUnread: Int64?
  /// At most `mostUnread`.
  let unread: Int64
  /// Whether the settings ask for approval of topics, and of replies.
  let approvals: (topics: Bool, replies: Bool)

  static let mostUnread = 100

  struct LastPost: Sendable {
    let at: Int64
    let isFirst: Bool
    let authorName: String
  }

  private static let markSQL = "max(coalesce(r.number, 0), coalesce(b.number, 0))"
  private static let unreadSQL = """
    FROM forum_posts AS p WHERE p.topic_id = t.id AND p.status = 'published' AND p.deleted_at IS NULL
      AND p.number > \(markSQL) AND \(ForumMerge.isMissedSQL)
    """

  private static func isSet(_ setting: Column) -> String {
    "EXISTS (SELECT 1 FROM system_settings WHERE name = '\(setting.name)' AND value = 'true')"
  }

  /// The first argument is the id of the reading account, once.
  static let select = """
    SELECT t.activity, t.id, t.author_id, coalesce(nullif(u.name, ''), u.username, t.author_name) AS author_name,
      t.title, t.description, t.is_sticky, t.is_pinned, t.is_locked, t.is_announcement, t.tags, t.status, t.reason,
      t.view_count, t.post_count, t.reply_count, t.solution_id, t.deleted_at,
      t.merged_into IS NOT NULL AS is_merged, t.created_at, t.updated_at,
      \(ForumCategory.columns), l.created_at AS last_at, l.is_first AS last_is_first,
      coalesce(nullif(lu.name, ''), lu.username, l.author_name, '') AS last_name, f.is_on AS is_followed,
      \(markSQL) AS mark, (SELECT min(p.number) \(unreadSQL)) AS first_unread,
      (SELECT count(*) FROM (SELECT 1 \(unreadSQL) LIMIT \(mostUnread))) AS unread,
      \(isSet(SystemSettings.topicApproval)) AS approves_topics,
      \(isSet(SystemSettings.postApproval)) AS approves_replies
    FROM forum_topics AS t LEFT JOIN forum_categories AS c ON c.id = t.category_id
    LEFT JOIN users AS u ON u.id = t.author_id
    LEFT JOIN forum_posts AS l ON l.id = t.last_post_id LEFT JOIN users AS lu ON lu.id = l.author_id
    LEFT JOIN forum_reads AS r ON r.user_id = ?1 AND r.topic_id = t.id
    LEFT JOIN forum_readers AS b ON b.user_id = ?1
    LEFT JOIN forum_topic_follows AS f ON f.topic_id = t.id AND f.user_id = ?1
    """
  static let oneSQL = "\(select) WHERE t.id = ?"

  init(_ row: Row) {
    activity = row.int64("activity")
    id = row.int64("id")
    authorID = row.optionalInt64("author_id")
    authorName = row.text("author_name")
    title = row.text("title")
    description = row.text("description")
    isSticky = row.bool("is_sticky")
    isPinned = row.bool("is_pinned")
    isLocked = row.bool("is_locked")
    isAnnouncement = row.bool("is_announcement")
    tags = row.text("tags")
    status = ForumStatus(rawValue: row.text("status")) ?? .pending
    reason = row.text("reason")
    views = row.int64("view_count")
    posts = row.int64("post_count")
    replies = row.int64("reply_count")
    solutionID = row.optionalInt64("solution_id")
    deletedAt = row.optionalInt64("deleted_at")
    isMerged = row.bool("is_merged")
    createdAt = row.int64("created_at")
    updatedAt = row.int64("updated_at")
    category = ForumCategory(row)
    last = row.optionalInt64("last_at").map {
      LastPost(at: $0, isFirst: row.bool("last_is_first"), authorName: row.text("last_name"))
    }
    isFollowed = row.bool("is_followed")
    mark = row.int64("mark")
    firstUnread = row.optionalInt64("first_unread")
    unread = row.int64("unread")
    approvals = (row.bool("approves_topics"), row.bool("approves_replies"))
  }

  /// Nil if it does not exist or the account may not read it.
  static func seen(_ id: Int64, by account: Account, in connection: Connection) throws -> ForumTopic? {
    let found = try connection.first(oneSQL, account.id, id, map: ForumTopic.init)
    return found.flatMap { $0.isReadable(by: account) ? $0 : nil }
  }

  /// Throws 404 if it does not exist or the account may not read it.
  static func find(_ id: Int64, for account: Account, in connection: Connection) throws -> ForumTopic {
    guard let found = try seen(id, by: account, in: connection) else { throw Failure.notFound }
    return found
  }

  /// The topic that the address of a topic leads to: itself, or the one that it was merged into.
  static func place(of id: Int64, in connection: Connection) throws -> Int64 {
    try connection.scalar("SELECT merged_into FROM forum_topics WHERE id = ? AND merged_into IS NOT NULL", id)
      ?? id
  }

  /// The entity tag that `If-Match` is compared with.
  var tag: String { "\"\(updatedAt)\"" }
  var isLive: Bool { status == .published && deletedAt == nil }
  var subject: Audit.Subject { Audit.Subject(type: Self.resource, id: id, name: title) }
}
