import HTTP
import Store

/// What the search finds of the forum: what is published, in the categories that a person may read.
enum ForumSearch {
  static func sources(_ settings: SystemSettings) -> [SearchSource] { [topics(settings), posts(settings)] }

  static func topics(_ settings: SystemSettings) -> SearchSource {
    SearchSource(
      kind: ForumTopic.resource, label: Sentence(fr: "Sujets du forum", en: "Forum topics"),
      table: "forum_topics",
      rowSQL: """
        SELECT title, description || char(10) || (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(tags))
        FROM forum_topics WHERE id = ? AND status = 'published' AND deleted_at IS NULL
        """,
      scope: { account, _ in
        ForumCategory.isOne("forum_topics.category_id", ForumCategory.readable(by: account))
      },
      isOn: { settings.isOn(.forum) },
      link: { "/forum/topics/\($0)" })
  }

  private static func posts(_ settings: SystemSettings) -> SearchSource {
    SearchSource(
      kind: ForumPost.resource, label: Sentence(fr: "Messages du forum", en: "Forum posts"),
      table: "forum_posts",
      rowSQL: """
        SELECT (SELECT title FROM forum_topics WHERE id = forum_posts.topic_id), content FROM forum_posts
        WHERE id = ? AND status = 'published' AND deleted_at IS NULL
        """,
      scope: { account, _ in
        let category = ForumCategory.isOne("t.category_id", ForumCategory.readable(by: account))
        return (
          """
          EXISTS (SELECT 1 FROM forum_topics AS t WHERE t.id = forum_posts.topic_id AND t.status = 'published'
            AND t.deleted_at IS NULL AND \(category.sql))
          """, category.arguments
        )
      },
      isOn: { settings.isOn(.forum) },
      link: { "/forum/posts/\($0)" }, isTitleSearched: false)
  }
}
