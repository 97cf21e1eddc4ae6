import HTTP
import Store

/// The categories of the forum. Moderators see all of them, others the visible ones that are for them.
enum ForumCategories {
  static let name = Column("name", .text(1...100), fr: "Nom", en: "Name")
  static let sortOrder = Column(
    "sortOrder", .number(0...1_000_000), fr: "Position", en: "Position", initial: 0.value)

  static let resource = Resource(
    "forum-categories", table: "forum_categories",
    title: Sentence(fr: "Catégories du forum", en: "Forum categories"),
    noun: Sentence(fr: "une catégorie", en: "a category"),
    columns: [
      name,
      Column(
        "description", .text(0...1000, lines: true), fr: "Description", en: "Description", initial: "".value),
      Column("icon", .text(0...16), fr: "Icône", en: "Icon", initial: "💬".value),
      Column("color", .color, fr: "Couleur", en: "Color", initial: "#3B82F6".value),
      Column("isVisible", .flag, fr: "Visible", en: "Visible", initial: true.value),
      sortOrder,
      Column(
        "moderatorIds", .references(to: "users"), fr: "Modérateurs", en: "Moderators", initial: "[]".value),
      Column("permissions", .audience, fr: "Pour", en: "For", initial: "[]".value),
      .computed(
        "topicCount", .number(0...(.max)), fr: "Sujets", en: "Topics",
        sql: "(SELECT topics FROM forum_category_counts WHERE category_id = forum_categories.id)"),
      .computed(
        "postCount", .number(0...(.max)), fr: "Messages", en: "Posts",
        sql: "(SELECT posts FROM forum_category_counts WHERE category_id = forum_categories.id)"),
      .computed(
        "lastTopicId", .reference(to: "forum_topics"), fr: "Dernier sujet", en: "Last topic",
        sql: last("t.id")),
      .computed(
        "lastTopicTitle", .text(0...200), fr: "Dernier sujet", en: "Last topic", sql: last("t.title")),
      .computed("lastPostAt", .time, fr: "Dernier message", en: "Last post", sql: last("p.created_at")),
      .personal("isFollowed", .flag, fr: "Suivie", en: "Followed", sql: followed),
      .personal("hasUnread", .flag, fr: "Non lus", en: "Unread", sql: unread),
    ]
  )
  .served(at: "forum/categories")
  .allowing(.list, .get, to: .signedIn)
  .allowing(.create, .change, .delete, to: .right("admin"))
  .scoped { account, _ in ForumCategory.readable(by: account) }
  .before { change, tx in
    guard change.new == nil, try tx.scalar(ForumCategories.liveSQL, change.id) != nil else { return }
    throw ForumCategories.notEmpty
  }
  .ordered(by: sortOrder)
  .belonging(to: .forum)
  .publishing("FORUM_UPDATE")

  private static func last(_ value: String) -> String {
    """
    (SELECT \(value) FROM forum_topics AS t LEFT JOIN forum_posts AS p ON p.id = t.last_post_id
     WHERE t.category_id = forum_categories.id AND t.status = 'published' AND t.deleted_at IS NULL
     ORDER BY t.activity DESC LIMIT 1)
    """
  }

  private static let followed = """
    EXISTS (SELECT 1 FROM forum_category_follows WHERE category_id = forum_categories.id AND user_id = ?)
    """
  private static let unread = """
    EXISTS (SELECT 1 FROM users AS me CROSS JOIN forum_topics AS t
      LEFT JOIN forum_reads AS r ON r.user_id = me.id AND r.topic_id = t.id
      WHERE me.id = ? AND t.category_id = forum_categories.id
        AND t.activity > coalesce((SELECT number FROM forum_readers WHERE user_id = me.id), 0)
        AND t.activity > coalesce(r.number, 0) AND t.status = 'published' AND t.deleted_at IS NULL)
    """

  /// Topics that were deleted or rejected go with their category.
  static let liveSQL = """
    SELECT 1 FROM forum_topics WHERE category_id = ? AND deleted_at IS NULL AND status <> 'rejected' LIMIT 1
    """

  private static let notEmpty = Failure(
    409, "CATEGORY_NOT_EMPTY",
    Sentence(
      fr: "Cette catégorie contient des sujets. Déplacez-les ou supprimez-les d’abord.",
      en: "This category has topics. Move or delete them first."))
}
